/** Differences below this are the coarseness of the Date header and the way of the answer. */
const TOLERATED_MS = 5_000;

/**
 * Follows the API's clock by the `Date` header of its answers, so that a wrong clock on this
 * computer moves no boundary.
 */
export class ServerClock {
	private difference = 0;

	/** Takes note of a `Date` header. It names a full second, so the true time is up to 1 s later. */
	observe(header: unknown, received = Date.now()): void {
		const date = typeof header === 'string' ? Date.parse(header) : Number.NaN;
		if (Number.isNaN(date)) return;
		const difference = date - received;
		this.difference = Math.abs(difference) > TOLERATED_MS ? difference : 0;
	}

	/** The API's time, never later than it truly is, at a moment of this computer's clock. */
	at(localTime: number): number {
		return localTime + this.difference;
	}
}
