/** The clock of this computer may be behind that of the API by this, in milliseconds. */
const LEAST_AHEAD_MS = 3_600_000;

/**
 * Whether a delivery is of a time at which it can be a true one.
 *
 * @param date the header `x-ms-date`
 * @param now milliseconds since 1970
 * @param oldestMs how long ago it may be, in milliseconds
 */
export function isTimely(date: unknown, now: number, oldestMs: number): boolean {
	const time = typeof date === 'string' ? Date.parse(date) : Number.NaN;
	// No date makes either comparison true.
	return time >= now - oldestMs && time <= now + LEAST_AHEAD_MS;
}
