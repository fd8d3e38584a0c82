import { parseFlatted } from './flatted.mjs';

const PAGE = 100;

/**
 * What n8n holds of a workflow's executions that a trigger began, oldest first, with the items that
 * each was handed: also of those that were killed before they had done anything.
 *
 * @param {import('./rest.mjs').Rest} rest
 * @param {string} workflowId
 * @param {string} node the trigger's name
 * @returns {Promise<Array<{ id: number, status: string, startedAt: number, items: object[] }>>} startedAt in milliseconds since 1970
 */
export async function triggered(rest, workflowId, node) {
	return await withItems(rest, await began(rest, workflowId, 'trigger'), node);
}

/**
 * What n8n holds of a workflow's executions that began in one way, oldest first.
 *
 * @param {import('./rest.mjs').Rest} rest
 * @param {string} workflowId
 * @param {'trigger' | 'webhook'} how by a poll, or by a request
 * @returns {Promise<Array<{ id: string, status: string }>>}
 */
export async function began(rest, workflowId, how) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const all = [];
	for (let cursor; cursor !== null; ) {
		const from = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
		const path = `/executions?filter=${filter}&limit=${PAGE}${from}`;
		const { results, nextCursor = null } = await rest.request('GET', path);
		all.push(...results);
		cursor = nextCursor;
	}
	return all.filter(({ mode }) => mode === how).sort((a, b) => a.id - b.id);
}

/** Reads the items that executions of `began` were handed. @param {string} node the trigger's name */
export async function withItems(rest, executions, node) {
	const details = [];
	// One by one: n8n has other things to do.
	for (const { id, status, startedAt, createdAt } of executions) {
		const { data } = await rest.request('GET', `/executions/${id}`);
		details.push({
			id: Number(id),
			status,
			startedAt: Date.parse(startedAt ?? createdAt),
			items: itemsIn(parseFlatted(data), node),
		});
	}
	return details;
}

/** Runs executions again that were cut off, as the button "Retry" does. */
export async function retry(rest, executions) {
	for (const { id } of executions) {
		const { status } = await rest.request('POST', `/executions/${id}/retry`, {});
		if (status !== 'success') throw new Error(`Execution ${id} ended with ${status} when retried`);
	}
}

/** What was written down when the execution began, or what the trigger gave when it had ended. */
export function itemsIn({ executionData, resultData }, node) {
	const waiting = executionData?.nodeExecutionStack?.find((one) => one.node.name === node);
	const ran = resultData?.runData?.[node]?.at(-1);
	return (waiting ?? ran)?.data?.main?.[0]?.map(({ json }) => json) ?? [];
}
