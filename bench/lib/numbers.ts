/** The middle one; of an even number the lower of the two. */
export function median(values: number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** The median of what each pair of neighbours in time gives, so that slow minutes cancel out. */
export const medianRatio = (ours: number[], theirs: number[]): number =>
	median(ours.map((value, round) => value / theirs[round]));
