import type { IDataObject, IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { CREDENTIAL_TYPES, type Authentication } from '../shared/descriptions/authentication';
import { createClient } from '../shared/transport/client';
import * as ledger from './actions/ledger';
import * as ledgerEntry from './actions/ledgerEntry';
import * as sale from './actions/sale';
import type { Operation } from './operation';

const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
	ledger: ledger.operations,
	ledgerEntry: ledgerEntry.operations,
	sale: sale.operations,
};

function chosenOperation(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const chosen = OPERATIONS[resource]?.[operation];
	if (!chosen) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation "${operation}" of the resource "${resource}" does not exist`,
			{ description: 'Open the node and choose the resource and the operation from the lists.' },
		);
	}
	return chosen;
}

/** The Sales API takes no other keys; said here, where no request has been sent yet. */
function assertKeysFit(context: IExecuteFunctions, authentication: Authentication): void {
	if (context.getNodeParameter('resource', 0) === 'sale' && authentication === 'merchantApi') {
		throw new NodeOperationError(context.getNode(), 'Sales can be read with accounting keys only', {
			description:
				"Choose a 'Vipps MobilePay Accounting API' credential. With merchant keys you can read the ledger entries instead.",
		});
	}
}

/** Runs the chosen operation once for every input item. */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(context);
	const authentication = context.getNodeParameter('authentication', 0) as Authentication;
	assertKeysFit(context, authentication);
	const output: INodeExecutionData[] = [];
	let nothingFound = false;

	for (let item = 0; item < context.getInputData().length; item++) {
		try {
			const client = createClient(context, CREDENTIAL_TYPES[authentication], { itemIndex: item });
			const results = await operation.execute(context, client, item);
			for (const json of results) {
				output.push({ json: json as IDataObject, pairedItem: { item } });
			}
			nothingFound ||= results.length === 0;
		} catch (error) {
			if (context.continueOnFail()) {
				const { message, description } = error as NodeApiError;
				// n8n recognises these two names and sends such an item to an error output.
				output.push({ json: { error: message, details: description ?? '' }, pairedItem: { item } });
				continue;
			}
			if (error instanceof NodeApiError) {
				throw new NodeApiError(context.getNode(), error as unknown as JsonObject);
			}
			throw new NodeOperationError(context.getNode(), error as Error, { itemIndex: item });
		}
	}

	if (nothingFound && operation.emptyHint) {
		context.addExecutionHints({ message: operation.emptyHint, location: 'outputPane' });
	}
	return [output];
}
