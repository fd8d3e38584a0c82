/** The most that n8n gives at once. */
const PAGE = 250;

/**
 * The entries that the example workflow has stored in n8n's Data Table.
 *
 * @param {import('./rest.mjs').Rest} rest
 * @param {string} name the table's
 * @returns {Promise<object[]>} as the API gave them
 */
export async function storedEntries(rest, name) {
	const { id: projectId } = await rest.request('GET', '/projects/personal');
	const tables = `/projects/${projectId}/data-tables`;
	const { data } = await rest.request('GET', tables);
	const table = data.find((one) => one.name === name);
	if (!table) throw new Error(`There is no data table ${name}`);
	const rows = [];
	for (;;) {
		const path = `${tables}/${table.id}/rows?take=${PAGE}&skip=${rows.length}&sortBy=id:asc`;
		const page = await rest.request('GET', path);
		rows.push(...page.data);
		if (page.data.length < PAGE) break;
	}
	return rows.map(({ entry }) => JSON.parse(entry));
}
