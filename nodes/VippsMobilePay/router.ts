import type { IDataObject, IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { CREDENTIAL_TYPES, type Authentication } from '../shared/descriptions/authentication';
import { createClient, type ApiClient } from '../shared/transport/client';
import type { Operation } from './operation';
import { readMsnOption, refusal } from './parameters';
import { RESOURCES, type Resource } from './resources';

interface Choice {
	resource: Resource;
	operation: Operation;
	authentication: Authentication;
}

/** What the user chose, once for all items; refused here, where no request has been sent yet. */
function readChoice(context: IExecuteFunctions): Choice {
	const name = context.getNodeParameter('resource', 0);
	const operationName = context.getNodeParameter('operation', 0);
	const authentication = context.getNodeParameter('authentication', 0) as Authentication;
	const resource = RESOURCES[name];
	const operation = resource?.operations[operationName];
	if (!operation) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation "${operationName}" of the resource "${name}" does not exist`,
			{ description: 'Open the node and choose the resource and the operation from the lists.' },
		);
	}
	const { refused } = resource;
	if (refused?.authentication === authentication) {
		const { message, description } = refused;
		throw new NodeOperationError(context.getNode(), message, { description });
	}
	return { resource, operation, authentication };
}

/** The door to the API for one item, which may be for another sales unit than the credential's. */
async function openClient(
	context: IExecuteFunctions,
	{ resource, authentication }: Choice,
	itemIndex: number,
): Promise<ApiClient> {
	const credentialType = CREDENTIAL_TYPES[authentication];
	const msn = readMsnOption(context, itemIndex);
	if (msn !== undefined) {
		const headers = { 'Merchant-Serial-Number': msn };
		return createClient(context, credentialType, { itemIndex, headers });
	}
	if (resource.needsMsn) {
		const { merchantSerialNumber } = await context.getCredentials(credentialType, itemIndex);
		if (String(merchantSerialNumber ?? '').trim() === '') {
			throw refusal(
				context,
				itemIndex,
				'It is not said which sales unit this is for',
				"Enter the merchant serial number (MSN) in the credential or, for partners, in the option 'Merchant Serial Number' of this node.",
			);
		}
	}
	return createClient(context, credentialType, { itemIndex });
}

type Outcome = { results: object[] } | { error: unknown };

async function runItem(
	context: IExecuteFunctions,
	choice: Choice,
	itemIndex: number,
): Promise<Outcome> {
	try {
		const client = await openClient(context, choice, itemIndex);
		const { execute, simplify } = choice.operation;
		const results = await execute(context, client, itemIndex);
		const isSimple = simplify && context.getNodeParameter('simplify', itemIndex, true) !== false;
		return { results: isSimple ? results.map(simplify) : results };
	} catch (error) {
		return { error };
	}
}

function toItems(context: IExecuteFunctions, outcome: Outcome, item: number): INodeExecutionData[] {
	if ('results' in outcome) {
		return outcome.results.map((json) => ({ json: json as IDataObject, pairedItem: { item } }));
	}
	const { error } = outcome;
	if (context.continueOnFail()) {
		const { message, description } = error as NodeApiError;
		// n8n recognises these two names and sends such an item to an error output.
		return [{ json: { error: message, details: description ?? '' }, pairedItem: { item } }];
	}
	if (error instanceof NodeApiError) {
		throw new NodeApiError(context.getNode(), error as unknown as JsonObject);
	}
	throw new NodeOperationError(context.getNode(), error as Error, { itemIndex: item });
}

/** Runs the chosen operation once for every input item. */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const choice = readChoice(context);
	const { sideBySide = 1, emptyHint } = choice.operation;
	const count = context.getInputData().length;
	const output: INodeExecutionData[] = [];
	let nothingFound = false;

	for (let first = 0; first < count; first += sideBySide) {
		const items = Array.from({ length: Math.min(sideBySide, count - first) }, (_, i) => first + i);
		const outcomes = await Promise.all(
			items.map(async (item) => await runItem(context, choice, item)),
		);
		for (const [index, outcome] of outcomes.entries()) {
			output.push(...toItems(context, outcome, items[index]));
			nothingFound ||= 'results' in outcome && outcome.results.length === 0;
		}
	}

	if (nothingFound && emptyHint) {
		context.addExecutionHints({ message: emptyHint, location: 'outputPane' });
	}
	return [output];
}
