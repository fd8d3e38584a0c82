const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 16_000;

/** Statuses that a later repetition of the same request may turn into success. */
export const isPassing = (status: number): boolean =>
	status === 423 || status === 429 || status >= 500;

/** Exponential pause with jitter, so that many workflows do not come back in step. */
export const pauseBefore = (attempt: number): number =>
	Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);

/**
 * Milliseconds to wait by a `Retry-After` header, which may hold seconds or a date.
 *
 * @param now the server's time, to which a date refers
 */
export function retryAfterMs(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const value = String(header).trim();
	const seconds = value === '' ? Number.NaN : Number(value);
	// Date.parse would make a date of a negative number.
	const ms = Number.isNaN(seconds) ? Math.max(0, Date.parse(value) - now) : seconds * 1000;
	return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}
