/** A Date header names the second in which the answer was made. */
const RESOLUTION_MS = 1_000;

/**
 * Follows the API's clock by the `Date` header of its answers, so that a wrong clock on this
 * computer moves no boundary. All times in milliseconds since 1970.
 */
export class ServerClock {
	private difference = 0;

	/**
	 * Takes note of the `Date` header of an answer to a request that was sent and answered at
	 * these moments of this computer's clock.
	 */
	observe(header: unknown, sent: number, received: number): void {
		const date = typeof header === 'string' ? Date.parse(header) : Number.NaN;
		if (Number.isNaN(date)) return;
		// The API's clock is ahead of this one by something between these two.
		const least = date - received;
		const most = date + RESOLUTION_MS - sent;
		this.difference = least > 0 || most < 0 ? least : 0;
	}

	/**
	 * The API's time at a moment of this computer's clock. It is this computer's where the two
	 * agree as far as can be told; otherwise rather earlier than it truly is than later.
	 */
	at(localTime: number): number {
		return localTime + this.difference;
	}
}
