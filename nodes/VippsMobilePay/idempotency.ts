import type { IExecuteFunctions, INode } from 'n8n-workflow';
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

/** n8n names so what it makes of a node for its AI agents. */
const isTool = ({ type }: INode): boolean => type.endsWith('Tool');

/**
 * A key for what an item of this run of the node wants done: n8n's Retry On Fail asks for the
 * same again and gets the same key; another turn of a loop does not.
 *
 * As the tool of an AI agent, everything within one execution that asks for the same is the same:
 * n8n counts each try of a tool as a run, and a model that has seen an error repeats its call.
 *
 * @param intention what is sent where
 */
export function keyOfRun(
	context: IExecuteFunctions,
	itemIndex: number,
	...intention: unknown[]
): string {
	const node = context.getNode();
	const turn = isTool(node) ? 'tool' : context.getWorkflowDataProxy(itemIndex).$runIndex;
	return idempotencyKey(context.getExecutionId(), node.id, turn, itemIndex, ...intention);
}
