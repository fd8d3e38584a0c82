import type { IDataObject, IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError, sleep } from 'n8n-workflow';
import { CREDENTIAL_TYPES, type Authentication } from '../shared/descriptions/authentication';
import { createClient, type ApiClient } from '../shared/transport/client';
import { Gate, type Limits } from '../shared/transport/gate';
import { Session } from '../shared/transport/session';
import type { Operation } from './operation';
import { readLimits, readMsnOption, refusal } from './parameters';
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
	{ resource, operation, authentication }: Choice,
	session: Session,
	itemIndex: number,
): Promise<ApiClient> {
	const credentialType = CREDENTIAL_TYPES[authentication];
	// What the API says of one payment, for example to come back later, holds for that one only.
	const shared = operation.readsMuch ? { keepsQuiet: true } : { gate: new Gate() };
	const common = { itemIndex, session, ...shared };
	const msn = readMsnOption(context, itemIndex);
	if (msn !== undefined) {
		const headers = { 'Merchant-Serial-Number': msn };
		return createClient(context, credentialType, { ...common, headers });
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
	return createClient(context, credentialType, common);
}

type Outcome = { results: object[] } | { error: unknown };

async function runItem(
	context: IExecuteFunctions,
	choice: Choice,
	session: Session,
	itemIndex: number,
): Promise<Outcome> {
	try {
		const client = await openClient(context, choice, session, itemIndex);
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
		const pairedItem = { item };
		return outcome.results.map((json) => ({ json: json as IDataObject, pairedItem }));
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

/**
 * Twice as many items as requests: while some wait for an answer, others get ready to ask, as it
 * takes n8n a while to work out their parameters. One by one stays one by one.
 */
const workersFor = ({ concurrency }: Limits): number => (concurrency === 1 ? 1 : 2 * concurrency);

/**
 * Works on all items, so many at a time, and gives what came of each in the order of the items.
 * Unless failures are to be passed on, none is begun behind the first that fails, and those behind
 * it that are under way send nothing more; so it ends as if they had come one after the other.
 */
async function runItems(context: IExecuteFunctions, choice: Choice): Promise<Outcome[]> {
	const { readsMuch, sideBySide = 1 } = choice.operation;
	const limits = readsMuch ? readLimits(context) : undefined;
	const session = new Session(context, CREDENTIAL_TYPES[choice.authentication], limits);
	const count = context.getInputData().length;
	const outcomes: Outcome[] = [];
	let begun = 0;
	let turn = Promise.resolve();

	const isMore = () => begun < count && !session.isStoppedFor(begun);

	// Items get ready one after the other, with time in between to send what others ask for:
	// n8n works parameters out at a stretch, and the requests of all would wait for that of all.
	async function takeTurn(): Promise<void> {
		const mine = turn;
		turn = mine.then(async () => await sleep(0));
		await mine;
	}

	async function workOn(): Promise<void> {
		while (isMore()) {
			if (limits) await takeTurn();
			if (!isMore()) return;
			const item = begun++;
			const outcome = await runItem(context, choice, session, item);
			outcomes[item] = outcome;
			if ('error' in outcome && !context.continueOnFail()) session.stopBehind(item);
		}
	}

	const workers = limits ? workersFor(limits) : sideBySide;
	await Promise.all(Array.from({ length: Math.min(workers, count) }, workOn));
	return outcomes;
}

/** Runs the chosen operation once for every input item. */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const choice = readChoice(context);
	const { emptyHint } = choice.operation;
	const output: INodeExecutionData[] = [];
	let nothingFound = false;

	for (const [item, outcome] of (await runItems(context, choice)).entries()) {
		for (const one of toItems(context, outcome, item)) output.push(one);
		nothingFound ||= 'results' in outcome && outcome.results.length === 0;
	}

	if (nothingFound && emptyHint) {
		context.addExecutionHints({ message: emptyHint, location: 'outputPane' });
	}
	return [output];
}
