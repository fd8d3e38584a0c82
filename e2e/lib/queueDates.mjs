/**
 * A date, as the easternmost of the markets has it, where it comes first.
 *
 * @param {number} days before today
 * @returns {string} such as 2026-11-21
 */
export function daysAgo(days) {
	const time = new Date(Date.now() - days * 86_400_000);
	return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(time);
}
