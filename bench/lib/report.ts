/** A ratio of two things that were measured side by side, with what was aimed at. */
export interface Ratio {
	what: string;
	ratio: number;
	/** The most that it may be. */
	target?: number;
	/** Shown when it is more: what stands in the way. */
	limit?: string;
}

/** What a section has to say: its figures as they were measured, and its ratios. */
export interface Report {
	title: string;
	columns: string[];
	rows: Array<Array<string | number>>;
	ratios: Ratio[];
	notes?: string[];
}

const cell = (value: string | number): string =>
	typeof value === 'string' ? value : value.toFixed(value < 10 && value % 1 !== 0 ? 2 : 0);

function aligned(lines: string[][]): string[] {
	const widths = lines[0].map((_, at) => Math.max(...lines.map((line) => line[at].length)));
	return lines.map((line) =>
		line
			.map((text, at) => (at === 0 ? text.padEnd(widths[at]) : text.padStart(widths[at])))
			.join('  ')
			.trimEnd(),
	);
}

export const figures = ({ title, columns, rows, notes = [] }: Report): string =>
	['', title, ...aligned([columns, ...rows.map((row) => row.map(cell))]), ...notes].join('\n');

function verdict({ ratio, target, limit }: Ratio): string {
	if (target === undefined) return '';
	if (ratio <= target) return 'met';
	return limit ? `not met: ${limit}` : 'not met';
}

/** All ratios of a run in one table. */
export function ratioTable(reports: Report[]): string {
	const ratios = reports.flatMap((report) => report.ratios);
	const lines = ratios.map(({ what, ratio, target }) => [
		what,
		ratio.toFixed(2),
		target === undefined ? '-' : target.toFixed(2),
	]);
	const table = aligned([['ratio', 'is', 'target'], ...lines]);
	return [
		'',
		...table.map((line, at) => (at === 0 ? line : `${line}  ${verdict(ratios[at - 1])}`)),
	].join('\n');
}
