import { alignedTable } from './table.mjs';

/** The sum of a list of numbers. */
export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/**
 * Figures as a table for people: a column for each engine.
 *
 * @param {Array<{ engine: string }>} results of one or several runs of each engine
 * @param {Record<string, (results: object[]) => number>} figures by their names, each made from the results of an engine
 * @returns {string}
 */
export function engineTable(results, figures) {
	const engines = [...new Set(results.map(({ engine }) => engine))];
	const rows = [
		['', ...engines],
		...Object.entries(figures).map(([name, figure]) => [
			name,
			...engines.map((engine) => String(figure(results.filter((one) => one.engine === engine)))),
		]),
	];
	return alignedTable(rows);
}
