import type { IDataObject } from 'n8n-workflow';
import { runWorkflow, startSimulator, type Simulator } from '../harness';
import { move } from '../support/settle';
import { addEntries, addLedger, setClock } from '../support/simulated';
import { accountingKeys } from '../support/vipps';
import { readExample, withFields } from './example';

const example = withFields(readExample('settlement-month-end-check.json'), 'Which Month', {
	month: '2026-06',
});
const ledgerId = '700001';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'empty' });
});

beforeEach(async () => {
	await simulator.reset({ data: 'empty', now: '2026-06-01T10:00:00Z' });
	await addLedger(simulator, { ledgerId });
	await move(simulator, 'capture', { ledgerId, amount: 10_000, pspReference: '1', fee: 100 });
});

async function run(workflow = example, startNode = 'Start') {
	await setClock(simulator, '2026-07-02T10:00:00Z');
	return await runWorkflow(workflow, { startNode, credentials: await accountingKeys(simulator) });
}

it('lets an ordinary month be closed', async () => {
	const { error, itemsOf, runData } = await run();
	expect(error).toBeUndefined();
	expect(itemsOf('The Month Can Be Closed')).toMatchObject([
		{ json: { ledgerId, month: '2026-06', currency: 'NOK', balanceAfter: 0, findings: [] } },
	]);
	expect(runData['For the Bookkeeper']).toBeUndefined();
});

it.each([
	['a correction', { entryType: 'correction', amount: -50 }, /corrections/],
	['an entry of a new kind', { entryType: 'gift-from-outer-space', amount: 50 }, /not known yet/],
])('shows %s to the bookkeeper', async (_, movement, about) => {
	await move(simulator, 'movement', { ledgerId, pspReference: '2', ...movement });
	const { error, itemsOf } = await run();
	expect(error).toBeUndefined();
	const [{ json }] = itemsOf('For the Bookkeeper', 0);
	expect((json as IDataObject).findings).toEqual([expect.stringMatching(about)]);
});

it('shows balances that do not follow from one another', async () => {
	const entry = {
		pspReference: '2',
		time: '2026-06-01T11:00:00Z',
		ledgerDate: '2026-06-01',
		entryType: 'capture',
		reference: 'order-2',
		currency: 'NOK',
		amount: 700,
		balanceBefore: 1,
		balanceAfter: 701,
	};
	await addEntries(simulator, ledgerId, 'funds', [entry]);
	const { error, itemsOf } = await run();
	expect(error).toBeUndefined();
	const [{ json }] = itemsOf('For the Bookkeeper');
	expect(json.findings).toContainEqual(expect.stringMatching(/balances do not follow/));
});

it('is the month before when the schedule starts it', async () => {
	const { itemsOf } = await run(readExample('settlement-month-end-check.json'), 'Every Month');
	const now = new Date();
	const before = new Date(now.getFullYear(), now.getMonth() - 1, 15).toISOString().slice(0, 7);
	expect(itemsOf('Which Month')).toMatchObject([{ json: { month: before } }]);
});
