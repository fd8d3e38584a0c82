/**
 * Rows as a table for people: the first column to the left, the others to the right.
 *
 * @param {string[][]} rows
 * @returns {string}
 */
export function alignedTable(rows) {
	const columns = Math.max(...rows.map((row) => row.length));
	const widths = Array.from({ length: columns }, (_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	return rows
		.map(([name, ...cells]) =>
			[name.padEnd(widths[0]), ...cells.map((cell, at) => cell.padStart(widths[at + 1]))].join(
				'  ',
			),
		)
		.join('\n');
}
