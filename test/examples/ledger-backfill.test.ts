import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { createPoller, runWorkflow, startSimulator, type Simulator } from '../harness';
import { forgetTables, rowsOf } from '../harness/n8n-nodes/dataTable';
import { truthOf } from '../support/truth';
import { accountingKeys, TRIGGER } from '../support/vipps';
import { readExample, withFields } from './example';

const TABLE = 'vipps_mobilepay_entries';
const PERIOD = { fromDate: '2026-05-01', toDate: '2026-05-31' };
const example = withFields(readExample('ledger-backfill.json'), 'Which Dates', PERIOD);

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'demo' });
});

beforeEach(() => forgetTables());

async function backfill(): Promise<void> {
	const credentials = await accountingKeys(simulator);
	const { error } = await runWorkflow(example, { credentials });
	expect(error).toBeUndefined();
}

const keys = () => rowsOf(TABLE).map(({ dedupeKey }) => dedupeKey);

/** The entries of the period, as the simulator knows them. */
async function ofThePeriod(): Promise<IDataObject[]> {
	const { entries } = await truthOf(simulator);
	return entries.filter(
		({ ledgerDate }) =>
			String(ledgerDate) >= PERIOD.fromDate && String(ledgerDate) <= PERIOD.toDate,
	);
}

it('stores every entry of the period once, and nothing more in a second run', async () => {
	await backfill();
	const expected = await ofThePeriod();
	expect(expected.length).toBeGreaterThan(5);
	const identity = ({ ledgerId, topic, entryType, pspReference, amount }: IDataObject) =>
		JSON.stringify([ledgerId, topic, entryType, pspReference, amount]);
	expect(rowsOf(TABLE).map(identity).sort()).toEqual(expected.map(identity).sort());
	const first = keys();
	expect(new Set(first).size).toBe(first.length);

	await backfill();
	expect(keys()).toEqual(first);
});

it('meets the trigger without doubles', async () => {
	const trigger = readExample('store-entries.json');
	const [node] = trigger.nodes.filter(({ type }) => type === TRIGGER);
	const credentials = await accountingKeys(simulator);
	const poller = await createPoller({
		type: TRIGGER,
		typeVersion: node.typeVersion,
		name: node.name,
		parameters: node.parameters as INodeParameters,
		credentials,
	});
	await poller.poll();
	const startItems = poller.delivered.map((json) => ({ json }));
	const { error } = await runWorkflow(trigger, { startNode: node.name, startItems, credentials });
	expect(error).toBeUndefined();
	const stored = keys();
	expect(stored.length).toBeGreaterThan((await ofThePeriod()).length);

	await backfill();
	expect(keys()).toEqual(stored);
});
