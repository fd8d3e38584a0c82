/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs in Jest, never in n8n */

interface Timer {
	at: number;
	fire: () => void;
}

const realSetImmediate = setImmediate;

/** Lets everything run that waits for no timer. */
const settle = async (): Promise<void> =>
	await new Promise((resolve) => realSetImmediate(() => resolve()));

/**
 * A clock for this process on which pauses cost nothing: timers fire in their order as soon as
 * nothing else is left to do, and the time is then that of the timer.
 */
export class VirtualTime {
	private timers: Timer[] = [];

	constructor(public now: number) {}

	/** Makes this the time of `Date.now` and `setTimeout`, until `jest.restoreAllMocks()`. */
	install(): void {
		jest.spyOn(Date, 'now').mockImplementation(() => this.now);
		const after = (fire: () => void, ms = 0) => this.after(ms, fire);
		jest.spyOn(globalThis, 'setTimeout').mockImplementation(after as never);
	}

	after(ms: number, fire: () => void): void {
		const at = this.now + Math.max(0, ms);
		const place = this.timers.findIndex((timer) => timer.at > at);
		this.timers.splice(place < 0 ? this.timers.length : place, 0, { at, fire });
	}

	async sleep(ms: number): Promise<void> {
		await new Promise<void>((resolve) => this.after(ms, resolve));
	}

	/** Whatever was waiting for a timer waits for ever: the process is dead. */
	forgetTimers(): void {
		this.timers = [];
	}

	/**
	 * Lets time pass until `isDone`, or up to the moment `limit`.
	 *
	 * @returns whether it is done
	 */
	async until(isDone: () => boolean, limit = Infinity): Promise<boolean> {
		for (;;) {
			await settle();
			if (isDone()) return true;
			const [timer] = this.timers;
			if (!timer && limit === Infinity) throw new Error('Nothing is left that could happen');
			if (!timer || timer.at > limit) {
				this.now = Math.max(this.now, limit);
				return false;
			}
			this.timers.shift();
			this.now = Math.max(this.now, timer.at);
			timer.fire();
		}
	}
}
