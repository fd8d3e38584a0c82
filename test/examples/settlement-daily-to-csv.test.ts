import { runWorkflow, startSimulator, type Simulator } from '../harness';
import { disturb, truthOf } from '../support/simulated';
import { accountingKeys } from '../support/vipps';
import { fileOf } from './binary';
import { readExample, withFields } from './example';

const example = readExample('settlement-daily-to-csv.json');

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'demo' });
});

beforeEach(async () => await simulator.reset());

const run = async (workflow = example, startNode = 'Start') =>
	await runWorkflow(workflow, { startNode, credentials: await accountingKeys(simulator) });

it('makes one file with a row for each ledger', async () => {
	const { error, itemsOf } = await run();
	expect(error).toBeUndefined();
	const items = itemsOf('Send or Save the File');
	expect(items).toHaveLength(1);
	const { name, text } = fileOf(items[0]);
	expect(name).toBe('settlement-2022-10-01.csv');
	expect(text).toContain(
		'\uFEFFledgerId;date;currency;balanceBefore;captures;refunds;feesRetained;payouts;balanceAfter\r\n',
	);
	expect(text).toContain('12345;2022-10-01;NOK;0,00;400,00;-100,00;-12,00;-288,00;0,00\r\n');
	const { ledgers } = await truthOf(simulator);
	const rows = text.trimEnd().split('\r\n').slice(1);
	expect(rows.map((row) => row.split(';')[0]).sort()).toEqual(
		ledgers.map(({ ledgerId }) => ledgerId).sort(),
	);
});

it('has sums that go from one balance to the next, in every row', async () => {
	const { itemsOf } = await run(withFields(example, 'Which Day', { day: '2026-05-04' }));
	const { text } = fileOf(itemsOf('CSV File')[0]);
	const rows = text.trimEnd().split('\r\n').slice(1);
	expect(
		rows.some((row) => row.startsWith('302321;2026-05-04;NOK;') && !/;0,00;0,00$/.test(row)),
	).toBe(true);
	for (const row of rows) {
		const [before, ...amounts] = row
			.split(';')
			.slice(3)
			.map((text) => Number(text.replace(',', '')));
		const after = amounts.pop();
		expect(before + amounts.reduce((sum, amount) => sum + amount, 0)).toBe(after);
	}
});

it('is the day before when the schedule starts it', async () => {
	const { itemsOf } = await run(example, 'Every Morning');
	const now = new Date();
	const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1, 12);
	expect(itemsOf('Which Day')).toMatchObject([
		{ json: { day: before.toISOString().slice(0, 10) } },
	]);
});

it('stops while a date may still get entries', async () => {
	const body = { items: [], hasMore: false, tryLater: true };
	await disturb(simulator, { path: '/dates/2022-10-01', status: 200, body, times: 50 });
	const { error, runData } = await run();
	expect(error?.message).toContain('2022-10-01');
	expect(runData['CSV File']).toBeUndefined();
});
