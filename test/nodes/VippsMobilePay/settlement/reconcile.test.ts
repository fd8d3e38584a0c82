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
import { merchantKeys } from '../../../support/vipps';

const ledgerId = '700001';
const ledger = byId(ledgerId);

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

const on = async (date: string) => await setClock(simulator, `${date}T10:00:00Z`);
const capture = async (body: IDataObject) =>
	await move(simulator, 'capture', { ledgerId, ...body });
const refund = async (body: IDataObject) => await move(simulator, 'refund', { ledgerId, ...body });
const other = async (body: IDataObject) => await move(simulator, 'movement', { ledgerId, ...body });

/** A ledger of a Vippsnummer, whose first date is 2026-06-01, a Monday. */
async function open(terms: IDataObject = {}, first = '2026-06-01'): Promise<void> {
	await simulator.reset({ data: 'empty', now: `${first}T10:00:00Z` });
	await addLedger(simulator, { ledgerId, ...terms });
}

async function reconciled(
	fromDate: string,
	toDate: string,
	parameters: IDataObject = {},
): Promise<IDataObject[]> {
	const { json, error } = await settle(simulator, 'reconcile', {
		ledgerId: ledger,
		fromDate,
		toDate,
		...parameters,
	});
	expect(error).toBeUndefined();
	return json;
}

const pick = (items: IDataObject[], ...names: string[]) =>
	items.map((item) => names.map((name) => item[name]));

describe('fees', () => {
	it('join their capture by PSP reference: several, and one on the next date', async () => {
		await open();
		await capture({
			amount: 10_000,
			pspReference: '1',
			fee: 100,
			furtherFees: [20, 3],
			lateFee: true,
		});
		await capture({ amount: 500, pspReference: '2', fee: 9 });
		await on('2026-06-03');
		const names = ['type', 'pspReference', 'amount', 'fee', 'net'];
		expect(pick(await reconciled('2026-06-01', '2026-06-01'), ...names)).toEqual([
			['capture', '1', 10_000, -123, 9877],
			['capture', '2', 500, -9, 491],
		]);
		// The next date does not have the late fee again.
		expect(await reconciled('2026-06-02', '2026-06-02')).toEqual([]);
	});

	it('that may still come are said, as long as the next date is open', async () => {
		await open();
		await capture({ amount: 10_000, pspReference: '1', fee: 100, lateFee: true });
		// Just after midnight in Oslo; the fee has not come yet.
		await setClock(simulator, '2026-06-01T22:00:30Z');
		const fault = { path: '/fees/dates/2026-06-02', status: 200 };
		const body = { items: [], hasMore: false, tryLater: true };
		await simulator.control.post('/faults', { ...fault, body });
		const [early] = await reconciled('2026-06-01', '2026-06-01');
		expect(early).toMatchObject({
			fee: 0,
			status: 'matched',
			reason: 'A fee may still come on the next date, which is open',
		});
		await on('2026-06-03');
		const [late] = await reconciled('2026-06-01', '2026-06-01');
		expect(late).toMatchObject({ fee: -100, reason: '' });
	});

	it('whose capture is nowhere near, and other fees, stand alone', async () => {
		await open();
		await capture({ amount: 10_000, pspReference: '1', fee: 0 });
		await on('2026-06-04');
		const row = { ledgerDate: '2026-06-04', currency: 'NOK', entryType: 'capture-fee' };
		await addEntries(simulator, ledgerId, 'fees', [
			{ ...row, pspReference: '1', amount: -50 },
			{ ...row, pspReference: 'old-style', amount: -60 },
		]);
		await other({ entryType: 'service-fee', amount: -9900 });
		await other({ entryType: 'credit-note', topic: 'fees', amount: 30, pspReference: '9' });
		await on('2026-06-05');
		const names = ['type', 'pspReference', 'amount', 'fee', 'status', 'reason'];
		const far = 'A fee for a capture that is not in the period';
		expect(pick(await reconciled('2026-06-04', '2026-06-04'), ...names)).toEqual([
			['capture-fee', '1', 0, -50, 'noSaleExpected', far],
			['capture-fee', 'old-style', 0, -60, 'noSaleExpected', far],
			[
				'service-fee',
				expect.any(String),
				0,
				-9900,
				'noSaleExpected',
				'A fees entry of the type service-fee, which belongs to no capture',
			],
			['credit-note', '9', 0, 30, 'noSaleExpected', expect.stringContaining('credit-note')],
		]);
		// In one period with its capture, the fee is found whatever its date.
		const whole = await reconciled('2026-06-01', '2026-06-04');
		expect(whole[0]).toMatchObject({ type: 'capture', pspReference: '1', fee: -50 });
		expect(whole).toHaveLength(4);
	});
});

describe('sales', () => {
	it('are found by PSP reference, with all that they tell', async () => {
		await open();
		const articles = [{ name: 'Mug', quantity: 2, unitPriceGross: 12_500, vatRate: 2500 }];
		await capture({ articles, pspReference: '1' });
		await refund({ amount: 5000, pspReference: '2' });
		await on('2026-06-03');
		const rows = await reconciled('2026-06-01', '2026-06-01');
		expect(pick(rows, 'type', 'status', 'reason')).toEqual([
			['capture', 'matched', ''],
			['refund', 'matched', ''],
		]);
		expect(rows[0].sale).toMatchObject({
			pspReference: '1',
			amounts: { gross: 25_000, vat: 5000 },
			lines: [expect.objectContaining({ name: 'Mug', vatRate: 2500 })],
		});
	});

	it.each(['positive', 'negative'])('of returns are found with %s amounts', async (refundSign) => {
		await simulator.reset({
			data: 'empty',
			now: '2026-06-01T10:00:00Z',
			options: { refundSign },
		});
		await addLedger(simulator, { ledgerId });
		await refund({ amount: 5000 });
		await on('2026-06-03');
		expect(
			pick(await reconciled('2026-06-01', '2026-06-01'), 'amount', 'status', 'reason'),
		).toEqual([[-5000, 'matched', '']]);
	});

	const sale = (more: IDataObject) => ({
		entryType: 'capture',
		time: '2026-06-01T08:00:00Z',
		currency: 'NOK',
		paymentType: 'CARD',
		lines: [],
		...more,
	});
	const addSales = async (entries: IDataObject[]) =>
		await simulator.control.post('/sales', { ledgerId, entries });
	const row = { ledgerDate: '2026-06-01', entryType: 'capture', currency: 'NOK' };

	it('are found by reference when need be: that of the same amount, and none of another movement', async () => {
		await open();
		await addEntries(simulator, ledgerId, 'funds', [
			{ ...row, pspReference: '1', reference: 'till-1', amount: 300 },
			{ ...row, pspReference: '2', reference: 'till-1', amount: 200 },
			{ ...row, pspReference: '3', reference: 'till-1', amount: 100 },
		]);
		await addSales([
			sale({ pspReference: '2', reference: 'till-1', amounts: { gross: 200 } }),
			sale({ pspReference: null, reference: 'till-1', amounts: { gross: 100 } }),
			sale({ pspReference: null, reference: 'till-1', amounts: { gross: 300 } }),
		]);
		await on('2026-06-03');
		const rows = await reconciled('2026-06-01', '2026-06-01');
		const gross = (item: IDataObject) =>
			(item.sale as { amounts: { gross: number } }).amounts.gross;
		expect(rows.map((item) => [item.pspReference, gross(item), item.status, item.reason])).toEqual([
			['1', 300, 'matchedByReference', 'Found by the reference only'],
			['2', 200, 'matched', ''],
			['3', 100, 'matchedByReference', 'Found by the reference only'],
		]);
	});

	it('of another amount are matched, and the difference is said', async () => {
		await open();
		await addEntries(simulator, ledgerId, 'funds', [
			{ ...row, pspReference: '1', reference: 'a', amount: 300 },
			{ ...row, pspReference: '2', reference: 'b', amount: 200 },
		]);
		await addSales([
			sale({ pspReference: '1', reference: 'a', amounts: { gross: 305 } }),
			sale({ pspReference: null, reference: 'b', amounts: { gross: 250 } }),
		]);
		await on('2026-06-03');
		expect(pick(await reconciled('2026-06-01', '2026-06-01'), 'status', 'reason')).toEqual([
			['matched', 'The sale says 3.05, the ledger 3.00'],
			['matchedByReference', 'Found by the reference only. The sale says 2.50, the ledger 2.00'],
		]);
	});

	it('paid in cash, or not settled yet, are items without money', async () => {
		await open();
		await move(simulator, 'sale', {
			ledgerId,
			amount: 900,
			paymentType: 'CASH',
			reference: 'till-1',
		});
		await addSales([sale({ pspReference: '77', reference: 'later', amounts: { gross: 100 } })]);
		await on('2026-06-03');
		const rows = await reconciled('2026-06-01', '2026-06-01');
		const names = ['type', 'pspReference', 'reference', 'amount', 'net', 'status', 'reason'];
		expect(pick(rows, ...names)).toEqual([
			['sale', null, 'till-1', 0, 0, 'unmatched', 'Paid in cash, so there is no ledger entry'],
			[
				'sale',
				'77',
				'later',
				0,
				0,
				'unmatched',
				'The ledger has no entry for this sale: it may be settled later or elsewhere',
			],
		]);
		expect(rows[0].sale).toMatchObject({ paymentType: 'CASH', amounts: { gross: 900 } });
	});

	it('paid in cash are no sale of a capture with the same reference', async () => {
		await open();
		await addEntries(simulator, ledgerId, 'funds', [
			{ ...row, pspReference: '1', reference: 'till-1', amount: 900 },
		]);
		const cash = { amount: 900, paymentType: 'CASH', reference: 'till-1' };
		await move(simulator, 'sale', { ledgerId, ...cash });
		await on('2026-06-03');
		expect(pick(await reconciled('2026-06-01', '2026-06-01'), 'type', 'status')).toEqual([
			['capture', 'unmatched'],
			['sale', 'unmatched'],
		]);
	});

	it('that are missing are said, and can be asked for alone', async () => {
		await open();
		await capture({ amount: 100, pspReference: '1' });
		await addEntries(simulator, ledgerId, 'funds', [
			{ ...row, pspReference: '2', reference: 'x', amount: 300 },
		]);
		await on('2026-06-03');
		const rows = await reconciled('2026-06-01', '2026-06-01', { show: 'unmatched' });
		expect(pick(rows, 'pspReference', 'status', 'sale', 'reason')).toEqual([
			['2', 'unmatched', null, 'The Sales API has no sale with this PSP reference or reference'],
		]);
	});

	it('with ePayment are not expected', async () => {
		await open({ settlesForRecipientHandles: ['api:123456'] });
		await capture({ amount: 100 });
		await on('2026-06-02');
		expect(pick(await reconciled('2026-06-01', '2026-06-01'), 'status', 'reason')).toEqual([
			['noSaleExpected', 'Payments by ePayment and Recurring have no entry in the Sales API'],
		]);
	});

	it('before their history are not expected, and in its first weeks not all of them', async () => {
		await open({ frequency: 'never' }, '2026-03-08');
		await capture({ amount: 100 });
		await on('2026-03-10');
		await capture({ amount: 200 });
		await on('2026-03-11');
		const rows = await reconciled('2026-03-08', '2026-03-10');
		expect(pick(rows, 'amount', 'status', 'reason')).toEqual([
			[100, 'noSaleExpected', 'The history of the Sales API begins on 2026-03-09'],
			[
				200,
				'unmatched',
				'The Sales API has no sale with this PSP reference or reference. Some kinds of sales are there only from 2026-04-22 on',
			],
		]);
		const asked = (await apiPaths(simulator)).filter((path) => path.startsWith('/sales/'));
		expect(asked.map((path) => path.slice(-10)).sort()).toEqual([
			'2026-03-09',
			'2026-03-10',
			'2026-03-11',
		]);
	});

	it('cannot be read with merchant keys, which is in every row', async () => {
		await open({ settlesForRecipientHandles: ['api:123456'] });
		await capture({ amount: 10_000, fee: 175 });
		await on('2026-06-03');
		const { json, executionHints, error } = await settle(
			simulator,
			'reconcile',
			{
				ledgerId: ledger,
				fromDate: '2026-06-01',
				toDate: '2026-06-01',
				authentication: 'merchantApi',
			},
			{ credentials: await merchantKeys(simulator) },
		);
		expect(error).toBeUndefined();
		expect(json).toEqual([
			expect.objectContaining({
				amount: 10_000,
				fee: -175,
				payoutNumber: '2000101',
				sale: null,
				status: 'noSaleExpected',
				reason: 'Sales cannot be read with these keys',
			}),
		]);
		expect(executionHints).toEqual([
			{
				message: expect.stringContaining('Merchant keys cannot read sales'),
				location: 'outputPane',
			},
		]);
		expect((await apiPaths(simulator)).some((path) => path.startsWith('/sales/'))).toBe(false);
	});
});

describe('other movements', () => {
	it('are rows of their own type, with what the API calls it', async () => {
		await open({ frequency: 'never' });
		await capture({ amount: 10_000, fee: 100, pspReference: '1' });
		await other({ entryType: 'retained-disputed-capture' });
		await other({ entryType: 'never-heard-of', amount: 5, pspReference: '3' });
		await on('2026-06-02');
		const names = ['type', 'pspReference', 'amount', 'fee', 'status'];
		expect(pick(await reconciled('2026-06-01', '2026-06-01'), ...names)).toEqual([
			['capture', '1', 10_000, -100, 'matched'],
			// The dispute has the reference of the capture; the fee stays with the capture.
			['retained-disputed-capture', '1', -10_000, 0, 'noSaleExpected'],
			['never-heard-of', '3', 5, 0, 'noSaleExpected'],
		]);
	});

	it('do not have retained fees and payouts among them, which settle the ledger', async () => {
		await open();
		await capture({ amount: 10_000, fee: 100 });
		await on('2026-06-02');
		await other({ entryType: 'payout-aborted' });
		await on('2026-06-03');
		expect(pick(await reconciled('2026-06-01', '2026-06-02'), 'type')).toEqual([['capture']]);
	});
});

describe('the payout', () => {
	it('is the next one, also weeks after the period, and null as long as there is none', async () => {
		await open({ frequency: 'monthly' });
		await capture({ amount: 10_000, fee: 100 });
		await other({ entryType: 'service-fee', amount: -500 });
		await on('2026-06-20');
		const names = ['type', 'payoutNumber'];
		expect(pick(await reconciled('2026-06-01', '2026-06-01'), ...names)).toEqual([
			['capture', null],
			['service-fee', null],
		]);
		await on('2026-07-02');
		expect(pick(await reconciled('2026-06-01', '2026-06-01'), ...names)).toEqual([
			['capture', '2000101'],
			['service-fee', '2000101'],
		]);
	});

	it('of a fee that is invoiced is none', async () => {
		await open({ settlement: 'gross' });
		await capture({ amount: 10_000, fee: 100 });
		await other({ entryType: 'service-fee', amount: -500 });
		await on('2026-06-03');
		expect(pick(await reconciled('2026-06-01', '2026-06-01'), 'type', 'payoutNumber')).toEqual([
			['capture', '2000101'],
			['service-fee', null],
		]);
	});
});

it('takes the period and a date on each side of both topics and of sales', async () => {
	await open();
	for (const date of ['2026-06-01', '2026-06-02', '2026-06-03']) {
		await on(date);
		await capture({ amount: 10_000 });
	}
	await on('2026-06-05');
	await forgetRequests(simulator);
	await reconciled('2026-06-02', '2026-06-02');
	const paths = (await apiPaths(simulator)).filter((path) => path.includes('/dates/'));
	const dates = ['2026-06-01', '2026-06-02', '2026-06-03'];
	expect(paths.sort()).toEqual([
		...dates.map((date) => `/report/v2/ledgers/${ledgerId}/fees/dates/${date}`),
		...dates.map((date) => `/report/v2/ledgers/${ledgerId}/funds/dates/${date}`),
		...dates.map((date) => `/sales/report/v1/ledgers/${ledgerId}/dates/${date}`),
	]);
});

it('where a payout is waited for, only funds are read on', async () => {
	await open({ frequency: 'weekly' });
	await capture({ amount: 10_000 });
	await on('2026-06-09');
	await forgetRequests(simulator);
	await reconciled('2026-06-01', '2026-06-01');
	const paths = (await apiPaths(simulator)).filter((path) => path.includes('/dates/'));
	expect(paths.filter((path) => path.includes('/fees/'))).toHaveLength(3);
	expect(paths.filter((path) => path.includes('/sales/'))).toHaveLength(3);
	// From 2026-05-31 to 2026-06-09, which is today.
	expect(paths.filter((path) => path.includes('/funds/'))).toHaveLength(10);
});
