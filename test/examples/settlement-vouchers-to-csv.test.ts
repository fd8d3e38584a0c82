import { runWorkflow, startSimulator, type Simulator, type WorkflowFile } from '../harness';
import { accountingKeys } from '../support/vipps';
import { fileOf } from './binary';
import { readExample, withFields } from './example';

const example = readExample('settlement-vouchers-to-csv.json');

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'demo' });
});

const run = async (workflow: WorkflowFile = example, startNode = 'Start') =>
	await runWorkflow(workflow, { startNode, credentials: await accountingKeys(simulator) });

it('makes one file of the example month, which ends on the bank line', async () => {
	const { error, itemsOf } = await run();
	expect(error).toBeUndefined();
	const [item, ...more] = itemsOf('Send or Save the File');
	expect(more).toEqual([]);
	const { name, text } = fileOf(item);
	expect(name).toBe('vouchers-12345-2022-10.csv');
	expect(text.startsWith('\uFEFFvoucherKey;date;account;role;')).toBe(true);
	expect(text).toContain('12345-2022-10-01;01.10.2022;1920;bank;288,00;;NOK;');
});

it('has one header for several vouchers, and both sides of each', async () => {
	const fields = { ledgerId: '302321', month: '2026-05' };
	const { error, itemsOf } = await run(withFields(example, 'Which Vouchers', fields));
	expect(error).toBeUndefined();
	const rows = fileOf(itemsOf('CSV File')[0]).text.trimEnd().split('\r\n');
	expect(rows.filter((row) => row.includes('voucherKey'))).toHaveLength(1);
	const sums = new Map<string, number>();
	for (const row of rows.slice(1)) {
		const [key, , , , debit, credit] = row.split(';');
		const amount = Number(debit.replace(',', '')) - Number(credit.replace(',', ''));
		sums.set(key, (sums.get(key) ?? 0) + amount);
	}
	expect([...sums]).toEqual([
		['302321-2026-05-04', 0],
		['302321-2026-05-05', 0],
	]);
	expect(itemsOf('One File')).toMatchObject([
		{ json: { vouchers: 2, review: expect.arrayContaining([expect.stringContaining('VAT')]) } },
	]);
});

it('is the month before when the schedule starts it', async () => {
	const { itemsOf } = await run(example, 'Every Month');
	const now = new Date();
	const before = new Date(now.getFullYear(), now.getMonth() - 1, 15).toISOString().slice(0, 7);
	expect(itemsOf('Which Vouchers')).toMatchObject([{ json: { month: before } }]);
});
