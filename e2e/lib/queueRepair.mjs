import { readExample } from './examples.mjs';
import { retry } from './killsExecutions.mjs';
import { storedEntries } from './killsStore.mjs';
import { eventually } from './polls.mjs';
import { daysAgo } from './queueDates.mjs';
import { FIRST_DATE } from './queueWork.mjs';

/** A Data Table is written row by row. */
const PATIENCE_S = 300;

/**
 * Does with executions that were cut off what docs/operations.md says: those that still have their
 * items are retried, and the example that stores what is missing runs once, as it would at night.
 *
 * @param {object} world see createQueueWorld
 * @param {{ executions: object[], table: string }} work executions: see handed
 * @returns {Promise<object>} figures, and the entries that are `stored` in the end
 */
export async function repair({ rest, credentials }, { executions, table }) {
	const cutOff = executions.filter(({ status, items }) => status !== 'success' && items.length > 0);
	const emptied = cutOff.filter((one) => one.emptied);
	const whole = cutOff.filter((one) => !one.emptied);
	await retry(rest, whole);
	const before = await storedEntries(rest, table);
	await runRepair(rest, credentials.accounting);
	const stored = await storedEntries(rest, table);
	return {
		cutOff: cutOff.length,
		emptied: emptied.length,
		thrownAway: emptied.flatMap(({ items }) => items).length,
		retried: whole.length,
		repaired: stored.length - before.length,
		stored,
	};
}

/** Unlike at night, today's date is read, too: the entries of the tests are of today. */
async function runRepair(rest, { id, name, type }) {
	const fields = { 'Which Dates': { fromDate: FIRST_DATE, toDate: daysAgo(0) } };
	const example = await readExample('repair-entries.json', fields);
	for (const node of example.nodes) if (node.credentials) node.credentials[type] = { id, name };
	const workflow = await rest.createWorkflow(example);
	const executionId = await rest.run(workflow.id, 'Start');
	const hasEnded = async () => {
		const { status, error } = await rest.execution(executionId);
		if (error) throw new Error(error);
		return status === 'success';
	};
	await eventually(hasEnded, 'The repair', PATIENCE_S);
}
