import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { byId, move, settle } from '../../../support/settle';
import {
	addEntries,
	addLedger,
	apiPaths,
	forgetRequests,
	setClock,
} from '../../../support/simulated';

const ledgerId = '700001';
const ledger = byId(ledgerId);

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

const on = async (date: string) => await setClock(simulator, `${date}T10:00:00Z`);
const capture = async (body: IDataObject) =>
	await move(simulator, 'capture', { ledgerId, ...body });
const refund = async (body: IDataObject) => await move(simulator, 'refund', { ledgerId, ...body });

/** A ledger whose first date is 2026-06-01, a Monday. */
async function open(terms: IDataObject = {}): Promise<void> {
	await simulator.reset({ data: 'empty', now: '2026-06-01T10:00:00Z' });
	await addLedger(simulator, { ledgerId, ...terms });
}

async function payouts(fromDate: string, toDate: string): Promise<IDataObject[]> {
	const { json, error } = await settle(simulator, 'getPayouts', {
		ledgerId: ledger,
		fromDate,
		toDate,
	});
	expect(error).toBeUndefined();
	return json;
}

it('a weekly payout reaches before the period that was asked for', async () => {
	await open({ frequency: 'weekly' });
	await capture({ amount: 10_000, fee: 100 });
	await on('2026-06-04');
	await refund({ amount: 2500 });
	await on('2026-06-09');
	const [payout, ...others] = await payouts('2026-06-07', '2026-06-07');
	expect(others).toEqual([]);
	expect(payout).toMatchObject({
		payoutNumber: '2000101',
		scheduledDate: '2026-06-08',
		fromDate: '2026-06-01',
		toDate: '2026-06-07',
		amount: 7400,
		balanceBefore: 0,
		captures: 10_000,
		refunds: -2500,
		feesRetained: -100,
		payouts: -7400,
		balanceAfter: 0,
		captureCount: 1,
		refundCount: 1,
		settlement: 'net',
	});
});

it('of two weekly payouts each has its own dates, from the one after the payout before', async () => {
	await open({ frequency: 'weekly' });
	await capture({ amount: 10_000, fee: 0 });
	await on('2026-06-10');
	await capture({ amount: 500, fee: 0 });
	await on('2026-06-16');
	const dates = ['payoutNumber', 'fromDate', 'toDate', 'amount'];
	const rows = (items: IDataObject[]) => items.map((item) => dates.map((name) => item[name]));
	const both = [
		['2000101', '2026-06-01', '2026-06-07', 10_000],
		['2000102', '2026-06-08', '2026-06-14', 500],
	];
	expect(rows(await payouts('2026-06-01', '2026-06-15'))).toEqual(both);
	// Asked for alone, the second is the same.
	expect(rows(await payouts('2026-06-14', '2026-06-14'))).toEqual([both[1]]);
});

it('a monthly payout has the whole month', async () => {
	await open({ frequency: 'monthly' });
	for (const date of ['2026-06-01', '2026-06-15', '2026-06-30', '2026-07-10', '2026-07-31']) {
		await on(date);
		await capture({ amount: 1000, fee: 10 });
	}
	await on('2026-08-02');
	expect(await payouts('2026-07-31', '2026-07-31')).toEqual([
		expect.objectContaining({
			fromDate: '2026-07-01',
			toDate: '2026-07-31',
			amount: 1980,
			captureCount: 2,
		}),
	]);
});

it('money that came and went before, with nothing left, belongs to the payout all the same', async () => {
	await open({ frequency: 'weekly' });
	await capture({ amount: 700, fee: 0 });
	await refund({ amount: 700 });
	await on('2026-06-05');
	await capture({ amount: 1000, fee: 0 });
	await on('2026-06-09');
	expect(await payouts('2026-06-05', '2026-06-07')).toEqual([
		expect.objectContaining({
			fromDate: '2026-06-01',
			amount: 1000,
			captures: 1700,
			refunds: -700,
			captureCount: 2,
		}),
	]);
});

it('a negative balance is carried over and said', async () => {
	await open();
	await refund({ amount: 3000 });
	await on('2026-06-02');
	await capture({ amount: 10_000, fee: 0 });
	await on('2026-06-04');
	expect(await payouts('2026-06-01', '2026-06-01')).toEqual([]);
	// Without the negative balance: the payout would be of 100.00.
	const [payout] = await payouts('2026-06-02', '2026-06-02');
	expect(payout).toMatchObject({ fromDate: '2026-06-01', amount: 7000, balanceBefore: 0 });
});

it('a negative balance that is older than what can be read is said', async () => {
	await open({ openDate: '2026-01-05' });
	const old = {
		pspReference: '1',
		time: '2026-01-05T10:00:00.000000Z',
		ledgerDate: '2026-01-05',
		entryType: 'refund',
		currency: 'NOK',
		amount: -3000,
	};
	await addEntries(simulator, ledgerId, 'funds', [old]);
	await capture({ amount: 10_000, fee: 0 });
	await on('2026-06-03');
	const [payout] = await payouts('2026-06-01', '2026-06-01');
	expect(payout).toMatchObject({ fromDate: '2026-06-01', amount: 7000, balanceBefore: -3000 });
	expect(payout.review).toEqual(
		expect.arrayContaining([
			'The payout may pay out earlier dates, too, which were not read',
			'A negative balance of -30.00 NOK was carried over from before',
		]),
	);
});

it('a reserve stays behind and is said, and is no reason to doubt where the payout begins', async () => {
	await open({ reserve: 2000 });
	await capture({ amount: 10_000, fee: 0 });
	await on('2026-06-02');
	await capture({ amount: 500, fee: 0 });
	await on('2026-06-04');
	const [payout] = await payouts('2026-06-02', '2026-06-02');
	expect(payout).toMatchObject({ amount: 500, balanceBefore: 2000, balanceAfter: 2000 });
	expect(payout.review).toEqual([
		expect.stringContaining('In Norway'),
		'20.00 NOK stayed with Vipps MobilePay, for example as a reserve',
	]);
});

it('gross settlement is told from net', async () => {
	await open({ settlement: 'gross' });
	await capture({ amount: 10_000, fee: 100 });
	await on('2026-06-02');
	await capture({ amount: 10_000, fee: 0 });
	await on('2026-06-04');
	expect(
		(await payouts('2026-06-01', '2026-06-02')).map(({ amount, settlement }) => [
			amount,
			settlement,
		]),
	).toEqual([
		[10_000, 'gross'],
		[10_000, null],
	]);
});

describe('an aborted payout', () => {
	it('is told by the date on which it was taken back, also behind the period', async () => {
		await open();
		await capture({ amount: 10_000, fee: 0 });
		await on('2026-06-03');
		await move(simulator, 'movement', { ledgerId, entryType: 'payout-aborted' });
		await on('2026-06-05');
		const [payout] = await payouts('2026-06-01', '2026-06-01');
		expect(payout).toMatchObject({ amount: 10_000, abortedDate: '2026-06-03', payoutsAborted: 0 });
		expect(payout.review).toContain(
			'The payout was taken back on 2026-06-03: do not expect it at the bank',
		);
		// The money is in the next one.
		expect(await payouts('2026-06-03', '2026-06-03')).toEqual([
			expect.objectContaining({ amount: 10_000, payoutsAborted: 10_000, abortedDate: null }),
		]);
	});

	it('of two alike is the one that is named', async () => {
		await open();
		await capture({ amount: 10_000, fee: 0 });
		await on('2026-06-02');
		await capture({ amount: 10_000, fee: 0 });
		await on('2026-06-03');
		await move(simulator, 'movement', { ledgerId, entryType: 'payout-aborted' });
		await on('2026-06-05');
		const all = await payouts('2026-06-01', '2026-06-02');
		expect(all.map(({ payoutNumber, abortedDate }) => [payoutNumber, abortedDate])).toEqual([
			['2000101', null],
			['2000102', '2026-06-03'],
		]);
	});

	it('without a name is the first of its amount', async () => {
		await open();
		await capture({ amount: 10_000, fee: 0 });
		await on('2026-06-03');
		await move(simulator, 'movement', {
			ledgerId,
			entryType: 'payout-aborted',
			amount: 10_000,
			reference: 'a word',
		});
		const [payout] = await payouts('2026-06-01', '2026-06-02');
		expect(payout.abortedDate).toBe('2026-06-03');
	});
});

it.each([
	['DK', 'DK:90601', 'DKK', /^020009060100102062[0-9]{2}$/],
	['FI', 'FI:53420', 'EUR', /^020005342000102062[0-9]{2}$/],
])('in %s the text at the bank is that of the ledger', async (market, handle, currency, text) => {
	await open({ market, settlesForRecipientHandles: [handle] });
	await capture({ amount: 10_000, fee: 0 });
	await on('2026-06-03');
	const [payout] = await payouts('2026-06-01', '2026-06-01');
	expect(payout).toMatchObject({ currency, review: [] });
	expect(payout.bankReference).toMatch(text);
});

it('in Norway the ledger has no text, and review says what to match by', async () => {
	await open();
	await capture({ amount: 10_000, fee: 0 });
	await on('2026-06-03');
	const [payout] = await payouts('2026-06-01', '2026-06-01');
	expect(payout.bankReference).toBeNull();
	expect(payout.review).toEqual([
		'In Norway the text at the bank differs from the reference in the ledger: match by amount, date and payout number 2000101',
	]);
});

it('payouts of before 2026, under their old name, count', async () => {
	await simulator.reset({ data: 'documented' });
	const { json, error } = await settle(simulator, 'getPayouts', {
		ledgerId: byId('302321'),
		fromDate: '2023-09-27',
		toDate: '2023-09-27',
	});
	expect(error).toBeUndefined();
	expect(json).toEqual([
		expect.objectContaining({
			payoutNumber: '2000023',
			amount: 59_900,
			scheduledDate: '2023-09-28',
			settlement: null,
		}),
	]);
});

it('none at all brings the hint', async () => {
	await open();
	await on('2026-06-05');
	const { json, executionHints } = await settle(simulator, 'getPayouts', {
		ledgerId: ledger,
		fromDate: '2026-06-01',
		toDate: '2026-06-02',
	});
	expect(json).toEqual([]);
	expect(executionHints[0].message).toContain('No payout was scheduled on these dates');
});

describe('requests', () => {
	it('without a payout in the period are those of the period', async () => {
		await open({ frequency: 'weekly' });
		await capture({ amount: 10_000 });
		await on('2026-06-05');
		await forgetRequests(simulator);
		expect(await payouts('2026-06-01', '2026-06-02')).toEqual([]);
		expect(await apiPaths(simulator)).toHaveLength(5);
	});

	it('where payouts are daily are one more before the period, and a week of funds behind it', async () => {
		await open();
		for (const date of ['2026-06-01', '2026-06-02', '2026-06-03']) {
			await on(date);
			await capture({ amount: 10_000 });
		}
		await on('2026-06-04');
		await forgetRequests(simulator);
		expect(await payouts('2026-06-02', '2026-06-02')).toHaveLength(1);
		const paths = (await apiPaths(simulator)).filter((path) => path.includes('/dates/'));
		expect(paths.map((path) => path.split('/').slice(-3).join('/')).sort()).toEqual([
			'fees/dates/2026-06-02',
			'funds/dates/2026-06-01',
			'funds/dates/2026-06-02',
			'funds/dates/2026-06-03',
			'funds/dates/2026-06-04',
		]);
	});
});
