import type { IPollFunctions } from 'n8n-workflow';

/** States that polls are moving right now, and how many polls of each workflow and node that are. */
const statesInUse = new WeakSet<object>();
const pollsOf = new Map<string, number>();

/** n8n stores what a poll gave within this, or has failed to; polls are a minute apart. */
const STORED_WITHIN_MS = 30_000;

interface Given {
	/** The state that the poll began with, as text. */
	from: string;
	/** When it gave items to n8n, in milliseconds since 1970. */
	at: number;
}

/** The last poll of each node that gave something, by workflow and node. In memory only. */
const lastGiven = new Map<string, Given>();

/**
 * Runs a poll unless another one of the same node is at work, or has just given what this one
 * would give again; such a poll gives nothing and leaves the state alone.
 *
 * With durable cursors n8n makes up for polls that a crash has cut off, all at the same time
 * and along with the one that is due. Each gets a copy of the stored state, perhaps from before
 * another has stored its own, and n8n then stores what each of them gives.
 *
 * @param staticData the state of the node, which `poll` moves
 * @param poll gives the items, or null
 */
export async function inTurn<T>(
	context: IPollFunctions,
	staticData: object,
	poll: () => Promise<T | null>,
): Promise<T | null> {
	const node = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	// A first activation must poll: it tells from when on entries are new.
	const maySkip = context.getActivationMode() === 'update';
	const from = JSON.stringify(staticData);
	const last = lastGiven.get(node);
	const isGiven = last?.from === from && Date.now() - last.at < STORED_WITHIN_MS;
	const polls = () => pollsOf.get(node) ?? 0;
	if (statesInUse.has(staticData)) return null;
	if (maySkip && (polls() > 0 || isGiven)) return null;

	statesInUse.add(staticData);
	pollsOf.set(node, polls() + 1);
	try {
		const items = await poll();
		if (items !== null) lastGiven.set(node, { from, at: Date.now() });
		return items;
	} finally {
		statesInUse.delete(staticData);
		pollsOf.set(node, polls() - 1);
	}
}
