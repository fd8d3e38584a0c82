import { runWorkflow, startSimulator, type Simulator } from '../harness';
import { move } from '../support/settle';
import { addEntries, addLedger, setClock } from '../support/simulated';
import { accountingKeys } from '../support/vipps';
import { readExample, withFields } from './example';

const DAY = '2026-06-01';
const example = withFields(readExample('settlement-unmatched-alert.json'), 'Which Days', {
	fromDate: DAY,
	toDate: DAY,
});
const ledgerId = '700001';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'empty' });
});

beforeEach(async () => {
	await simulator.reset({ data: 'empty', now: `${DAY}T10:00:00Z` });
	await addLedger(simulator, { ledgerId });
	await move(simulator, 'capture', { ledgerId, amount: 10_000, pspReference: '1', fee: 100 });
});

async function run() {
	await setClock(simulator, '2026-06-03T10:00:00Z');
	return await runWorkflow(example, {
		startNode: 'Start',
		credentials: await accountingKeys(simulator),
	});
}

it('says nothing when everything has its counterpart', async () => {
	const { error, runData } = await run();
	expect(error).toBeUndefined();
	expect(runData['Send the Alert']).toBeUndefined();
});

it('sends one message about money without a sale and a sale without money', async () => {
	const capture = {
		pspReference: '2',
		time: `${DAY}T11:00:00Z`,
		ledgerDate: DAY,
		entryType: 'capture',
		reference: 'order-2',
		currency: 'NOK',
		amount: 5,
	};
	await addEntries(simulator, ledgerId, 'funds', [capture]);
	await move(simulator, 'sale', {
		ledgerId,
		amount: 123_456,
		reference: 'till-1',
		pspReference: '3',
		paymentType: 'CASH',
	});
	const { error, itemsOf } = await run();
	expect(error).toBeUndefined();
	const messages = itemsOf('Send the Alert').map(({ json }) => json);
	expect(messages).toHaveLength(1);
	const [{ subject, text, count }] = messages;
	expect(count).toBe(2);
	expect(subject).toBe('Vipps MobilePay: 2 to look at');
	expect(text).toContain(`${DAY}, ledger 700001: capture of 0.05 NOK, reference order-2 (2):`);
	expect(text).toContain('1234.56 NOK, reference till-1 (none): Paid in cash');
});
