const minuteMs = 60_000;

/** Counts requests per minute. A minute begins with the first request of its key (assumption). */
export class RateLimit {
	readonly #minutes = new Map<string, { start: number; count: number }>();

	/**
	 * Counts one request, unless there have been too many.
	 * @param perMinute 0 means that there is no limit
	 * @param now milliseconds, by the simulator's clock
	 * @returns 0, or for a request too many how many milliseconds are left of the minute
	 */
	count(key: string, perMinute: number, now: number): number {
		if (perMinute === 0) return 0;
		const minute = this.#minutes.get(key);
		// The clock may have been set back.
		if (!minute || now >= minute.start + minuteMs || now < minute.start) {
			this.#minutes.set(key, { start: now, count: 1 });
			return 0;
		}
		if (minute.count >= perMinute) return minute.start + minuteMs - now;
		minute.count++;
		return 0;
	}
}
