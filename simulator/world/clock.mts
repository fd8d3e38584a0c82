/** The simulator's own clock (milliseconds since 1970). It runs or stands still; nothing else knows the time. */
export class Clock {
	#standsAt: number | null;
	/** While running: how far ahead of the machine's clock. */
	#ahead = 0;

	/**
	 * @param now where the clock stands still; without it, it runs in real time
	 * @param notBefore a running clock starts here at the earliest, so that a data set's past is past
	 */
	constructor(now?: number, notBefore = 0) {
		this.#standsAt = now ?? null;
		if (now === undefined) this.#ahead = Math.max(0, notBefore - Date.now());
	}

	get runs(): boolean {
		return this.#standsAt === null;
	}

	now(): number {
		return this.#standsAt ?? Date.now() + this.#ahead;
	}

	/** Sets the clock, backwards too, and makes it stand still there. */
	set(moment: number): void {
		this.#standsAt = moment;
	}

	/** Moves the clock on; it keeps running, or keeps standing still. */
	advance(seconds: number): void {
		if (this.#standsAt === null) this.#ahead += seconds * 1000;
		else this.#standsAt += seconds * 1000;
	}

	/** Lets the clock run: from the machine's time, or from where it is when that is later. */
	run(): void {
		this.#ahead = Math.max(0, this.now() - Date.now());
		this.#standsAt = null;
	}
}
