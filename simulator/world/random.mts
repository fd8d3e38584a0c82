/** Seeded pseudo-random numbers (mulberry32): the same seed gives the same world, byte for byte. */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** A number from 0 up to, but not including, 1. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
	}

	/** A whole number, both ends included. */
	int(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(choices: readonly T[]): T {
		return choices[this.int(0, choices.length - 1)]!;
	}

	/** Characters of the alphabet that settlement references use (no I, L, O, U). */
	letters(length: number): string {
		let text = '';
		while (text.length < length) text += '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[this.int(0, 31)];
		return text;
	}
}
