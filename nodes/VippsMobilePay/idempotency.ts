import type { IExecuteFunctions } from 'n8n-workflow';
import { idempotencyKey } from '../shared/payment/idempotencyKey';
import { refusal, show } from './parameters';

/** Own keys that a run has used, with the item that did. */
const ownKeysOfRun = new WeakMap<IExecuteFunctions, Map<string, number>>();

function assertOnlyHere(context: IExecuteFunctions, itemIndex: number, key: string): void {
	const used = ownKeysOfRun.get(context) ?? new Map<string, number>();
	ownKeysOfRun.set(context, used);
	const other = used.get(key) ?? itemIndex;
	if (other !== itemIndex) {
		throw refusal(
			context,
			itemIndex,
			`The option 'Idempotency Key' is the same as for item ${other}: ${show(key)}`,
			'With one key for several requests only the first would be carried out. Let an expression give each item its own key, or remove the option.',
		);
	}
	used.set(key, itemIndex);
}

/**
 * The user's own key from the options, if there is one.
 *
 * @param pattern what the API takes
 * @throws NodeOperationError when the API would not take it, or when another item has it too
 */
export function readOwnKey(
	context: IExecuteFunctions,
	itemIndex: number,
	pattern = /^[\x21-\x7e]{1,50}$/,
): string | undefined {
	const given = context.getNodeParameter('options.idempotencyKey', itemIndex, '') as unknown;
	const key = String(given ?? '').trim();
	if (key === '') return undefined;
	if (!pattern.test(key)) {
		throw refusal(
			context,
			itemIndex,
			`The option 'Idempotency Key' is not valid: ${show(key)}`,
			'Use 1 to 50 letters, digits and hyphens, or remove the option.',
		);
	}
	assertOnlyHere(context, itemIndex, key);
	return key;
}

/**
 * A key for what an item of this run of the node wants done: n8n's Retry On Fail asks for the
 * same again and gets the same key; another turn of a loop does not.
 *
 * @param intention what is sent where
 */
export const keyOfRun = (
	context: IExecuteFunctions,
	itemIndex: number,
	...intention: unknown[]
): string =>
	idempotencyKey(
		context.getExecutionId(),
		context.getNode().id,
		context.getWorkflowDataProxy(itemIndex).$runIndex,
		itemIndex,
		...intention,
	);
