/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Random {
	private state: number;

	constructor(seed: number) {
		// Neighbouring seeds shall not begin alike.
		this.state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
	}

	/** From 0 up to, but not including, 1. */
	private next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number, both ends included. */
	int(min: number, max: number): number {
		return min + Math.floor(this.next() * (max - min + 1));
	}

	chance(share: number): boolean {
		return this.next() < share;
	}

	pick<T>(list: readonly T[]): T {
		return list[this.int(0, list.length - 1)];
	}

	/** Some of the list, at least `least`, in the order of the list. */
	some<T>(list: readonly T[], least = 1): T[] {
		const count = this.int(Math.min(least, list.length), list.length);
		const left = [...list];
		while (left.length > count) left.splice(this.int(0, left.length - 1), 1);
		return left;
	}

	/** One of the names, each as often as its weight says. */
	weighted<T extends string>(weights: Record<T, number>): T {
		const names = Object.keys(weights) as T[];
		let left = this.next() * names.reduce((sum, name) => sum + weights[name], 0);
		return names.find((name) => (left -= weights[name]) < 0) ?? names[0];
	}
}
