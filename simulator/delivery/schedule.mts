const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** After that, an event is given up. */
export const triedFor = 7 * day;

/** A registration whose endpoint has taken nothing for so long is deleted. */
export const unresponsiveFor = 14 * day;

/** @param attempt how many there have been, 1 or more @returns milliseconds until the next one */
export function pauseAfter(attempt: number): number {
	if (attempt <= 4) return 2 * second;
	if (attempt === 5) return minute;
	if (attempt === 6) return 2 * minute;
	return attempt < 29 ? hour : day;
}
