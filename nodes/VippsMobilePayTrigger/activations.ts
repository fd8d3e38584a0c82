import type { IPollFunctions } from 'n8n-workflow';
import type { TriggerState } from '../shared/trigger/state';

/** For each topic, or topic of a chosen ledger, the API's time of its first poll (ISO 8601). */
export type Starts = Record<string, string>;

/**
 * With durable cursors n8n drops the state of an activation's poll that handed nothing out, and
 * with it the moment from which entries are new. That moment is therefore also remembered here,
 * until a later poll has saved it. Otherwise what comes into being between the activation and
 * the first scheduled poll would be taken for old.
 */
const remembered = new Map<string, Starts>();

/** The moments of this activation so far; what is added to them is remembered. */
export function startsOf(context: IPollFunctions, { startedAt }: TriggerState): Starts {
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const isSaved = startedAt !== undefined;
	if (isSaved || context.getActivationMode() === 'activate') remembered.delete(key);
	const starts = { ...startedAt, ...remembered.get(key) };
	if (!isSaved) remembered.set(key, starts);
	return starts;
}
