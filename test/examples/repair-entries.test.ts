import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { createPoller, runWorkflow, startSimulator, type Simulator } from '../harness';
import { forgetTables, rowsOf } from '../harness/n8n-nodes/dataTable';
import { truthOf } from '../support/truth';
import { accountingKeys, TRIGGER } from '../support/vipps';
import { readExample, withFields } from './example';

const TABLE = 'vipps_mobilepay_entries';
const PERIOD = { fromDate: '2026-05-01', toDate: '2026-05-31' };
const example = withFields(readExample('repair-entries.json'), 'Which Dates', PERIOD);

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'demo' });
});

beforeEach(() => forgetTables());

async function repair(): Promise<void> {
	const credentials = await accountingKeys(simulator);
	const { error } = await runWorkflow(example, { startNode: 'Start', credentials });
	expect(error).toBeUndefined();
}

const entriesOf = () => rowsOf(TABLE).map(({ entry }) => JSON.parse(String(entry)) as IDataObject);

/** One text for the same entry, whoever read it. */
const identity = (entry: IDataObject) => JSON.stringify(Object.entries(entry).sort());

it('stores what the trigger would have stored of the period, sales as well, and nothing twice', async () => {
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
	const ofThePeriod = poller.delivered.filter(({ ledgerId }) => ledgerId !== '12345');
	const { sales } = await truthOf(simulator);
	expect(ofThePeriod.filter(({ topic }) => topic === 'sales')).toHaveLength(sales.length);
	expect(ofThePeriod.length).toBeGreaterThan(sales.length);

	await repair();
	expect(entriesOf().map(identity).sort()).toEqual(ofThePeriod.map(identity).sort());

	const startItems = poller.delivered.map((json) => ({ json }));
	const { error } = await runWorkflow(trigger, { startNode: node.name, startItems, credentials });
	expect(error).toBeUndefined();
	expect(rowsOf(TABLE)).toHaveLength(poller.delivered.length);
	await repair();
	expect(entriesOf().map(identity).sort()).toEqual(poller.delivered.map(identity).sort());
});

it('reads the last three dates every night, and none that is not over', () => {
	const [{ parameters }] = readExample('repair-entries.json').nodes.filter(
		({ name }) => name === 'Which Dates',
	);
	const text = JSON.stringify(parameters);
	expect(text).toContain('$now.minus({ days: 3 })');
	expect(text).toContain('$now.minus({ days: 1 })');
});
