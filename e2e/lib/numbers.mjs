/**
 * The value that so many of a hundred do not exceed.
 *
 * @param {number[]} values
 * @param {number} percent
 * @returns {number} NaN when there are none
 */
export function percentile(values, percent) {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

export const median = (values) => percentile(values, 50);
