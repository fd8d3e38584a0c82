import type { IPollFunctions } from 'n8n-workflow';
import type { TriggerState } from '../shared/trigger/state';

/** For each topic, or topic of a chosen ledger, the API's time of its first poll (ISO 8601). */
type Starts = Record<string, string>;

/**
 * With durable cursors n8n drops the state of an activation's poll that handed nothing out, and
 * with it the moment from which entries are new. That moment is therefore also remembered here,
 * until a later poll has saved it. Otherwise what comes into being between the activation and
 * the first scheduled poll would be taken for old.
 */
const remembered = new Map<string, Starts>();

export interface StartTimes {
	/** The start of a scope: the known one, or else `now`, which is remembered. */
	of(scope: string, now: () => string): string;
	/** All that are known, to be saved. */
	all(): Starts;
}

/** The starts that are saved, and those that are only remembered. */
export function startTimes(context: IPollFunctions, { startedAt }: TriggerState): StartTimes {
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const isNew = startedAt === undefined && context.getActivationMode() === 'activate';
	const saved = startedAt ?? {};
	const unsaved = Object.fromEntries(
		Object.entries((!isNew && remembered.get(key)) || {}).filter(([scope]) => !(scope in saved)),
	);
	remembered.set(key, unsaved);
	return {
		of: (scope, now) => saved[scope] ?? (unsaved[scope] ??= now()),
		all: () => ({ ...saved, ...unsaved }),
	};
}
