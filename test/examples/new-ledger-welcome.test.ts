import type { INodeParameters } from 'n8n-workflow';
import { createPoller, runWorkflow, startSimulator, type Simulator } from '../harness';
import { addLedger } from '../support/simulated';
import { accountingKeys, TRIGGER } from '../support/vipps';
import { readExample } from './example';

const example = readExample('new-ledger-welcome.json');

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'demo' });
});

it('welcomes each ledger that is new, and none that was there', async () => {
	const [node] = example.nodes.filter(({ type }) => type === TRIGGER);
	const credentials = await accountingKeys(simulator);
	const poller = await createPoller({
		type: TRIGGER,
		typeVersion: node.typeVersion,
		name: node.name,
		parameters: node.parameters as INodeParameters,
		credentials,
	});
	await poller.poll();
	expect(poller.delivered).toEqual([]);

	await addLedger(simulator, { ledgerId: '700001', name: 'Example Bakery', market: 'DK' });
	await poller.poll();
	await poller.poll();
	expect(poller.delivered).toHaveLength(1);

	const startItems = poller.delivered.map((json) => ({ json }));
	const { error, itemsOf } = await runWorkflow(example, {
		startNode: node.name,
		startItems,
		credentials,
	});
	expect(error).toBeUndefined();
	const [{ json }] = itemsOf('Send the Welcome');
	expect(json).toMatchObject({ ledgerId: '700001', subject: 'Access to ledger 700001 is there' });
	expect(json.text).toContain('Hello Example Bakery,');
	expect(json.text).toMatch(/your ledger 700001 \(DK:\d+, DKK\)/);
});

it('says something sensible about a ledger of which little is known', async () => {
	const { error, itemsOf } = await runWorkflow(example, {
		startItems: [{ json: { ledgerId: '1', currency: 'EUR', topic: 'ledger' } }],
		credentials: await accountingKeys(simulator),
	});
	expect(error).toBeUndefined();
	expect(itemsOf('Send the Welcome')[0].json.text).toMatch(/^Hello there,/);
});
