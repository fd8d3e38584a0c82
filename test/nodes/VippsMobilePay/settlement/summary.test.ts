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

const noonOf = (date: string) => `${date}T10:00:00Z`;

/** A ledger whose first date is 2026-06-01; in Oslo it is noon. */
async function open(terms: IDataObject = {}): Promise<void> {
	await simulator.reset({ data: 'empty', now: noonOf('2026-06-01') });
	await addLedger(simulator, { ledgerId, ...terms });
}

const on = async (date: string) => await setClock(simulator, noonOf(date));
const capture = async (body: IDataObject) =>
	await move(simulator, 'capture', { ledgerId, ...body });
const other = async (body: IDataObject) => await move(simulator, 'movement', { ledgerId, ...body });

const NO_FUNDS = {
	captures: 0,
	refunds: 0,
	feesRetained: 0,
	payouts: 0,
	payoutsAborted: 0,
	disputes: 0,
	corrections: 0,
	topUps: 0,
	creditNotes: 0,
	other: 0,
};
const NO_FEES = { charged: 0, retained: 0, invoiced: 0, creditNotes: 0, corrections: 0, other: 0 };

describe('the kinds of entries', () => {
	it('have a group each, and unknown ones are other', async () => {
		await open({ frequency: 'never' });
		await capture({ amount: 10_000, fee: 175, pspReference: '1' });
		await other({ entryType: 'retained-disputed-capture', amount: -4000 });
		await other({ entryType: 'returned-disputed-capture', amount: 1500 });
		await other({ entryType: 'correction', amount: -20 });
		await other({ entryType: 'top-up', amount: 300 });
		await other({ entryType: 'credit-note', amount: 7 });
		await other({ entryType: 'loyalty-adjustment', amount: -5 });
		await other({ entryType: 'service-fee', amount: -9900 });
		await other({ entryType: 'credit-note', topic: 'fees', amount: 40 });
		await other({ entryType: 'correction', topic: 'fees', amount: -2 });
		await other({ entryType: 'terminal-rent', topic: 'fees', amount: -3 });
		await on('2026-06-02');
		const { json, error } = await settle(simulator, 'getSummary', {
			ledgerId: ledger,
			fromDate: '2026-06-01',
			toDate: '2026-06-01',
		});
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{
				ledgerId,
				currency: 'NOK',
				fromDate: '2026-06-01',
				toDate: '2026-06-01',
				...NO_FUNDS,
				balanceBefore: 0,
				captures: 10_000,
				disputes: -2500,
				corrections: -20,
				topUps: 300,
				creditNotes: 7,
				other: -5,
				balanceAfter: 7782,
				entryCount: 12,
				fees: {
					...NO_FEES,
					balanceBefore: 0,
					charged: -10_075,
					creditNotes: 40,
					corrections: -2,
					other: -3,
					balanceAfter: -10_040,
				},
			},
		]);
	});

	it('of gross settlement are invoiced at the end of the month, and stay off the funds', async () => {
		await open({ settlement: 'gross' });
		await capture({ amount: 10_000, fee: 175 });
		await on('2026-07-01');
		const { json } = await settle(simulator, 'getSummary', {
			ledgerId: ledger,
			fromDate: '2026-06-01',
			toDate: '2026-06-30',
			options: { groupBy: 'period' },
		});
		expect(json).toEqual([
			expect.objectContaining({
				captures: 10_000,
				feesRetained: 0,
				payouts: -10_000,
				fees: { ...NO_FEES, balanceBefore: 0, charged: -175, invoiced: 175, balanceAfter: 0 },
			}),
		]);
	});
});

describe('dates', () => {
	it('follow from one another, also those without entries', async () => {
		await open({ frequency: 'weekly' });
		await capture({ amount: 10_000, fee: 0 });
		await on('2026-06-04');
		await capture({ amount: 500, fee: 0 });
		await on('2026-06-05');
		const { json } = await settle(simulator, 'getSummary', {
			ledgerId: ledger,
			fromDate: '2026-06-01',
			toDate: '2026-06-04',
		});
		expect(
			json.map((one) => [
				one.fromDate,
				one.balanceBefore,
				one.captures,
				one.balanceAfter,
				one.entryCount,
			]),
		).toEqual([
			['2026-06-01', 0, 10_000, 10_000, 1],
			['2026-06-02', 10_000, 0, 10_000, 0],
			['2026-06-03', 10_000, 0, 10_000, 0],
			['2026-06-04', 10_000, 500, 10_500, 1],
		]);
	});

	it('without any entry have no balance that is known', async () => {
		await open();
		await on('2026-06-05');
		const { json } = await settle(simulator, 'getSummary', {
			ledgerId: ledger,
			fromDate: '2026-06-02',
			toDate: '2026-06-03',
			options: { groupBy: 'period' },
		});
		expect(json).toEqual([
			{
				ledgerId,
				currency: 'NOK',
				fromDate: '2026-06-02',
				toDate: '2026-06-03',
				...NO_FUNDS,
				balanceBefore: null,
				balanceAfter: null,
				entryCount: 0,
				fees: { ...NO_FEES, balanceBefore: null, balanceAfter: null },
			},
		]);
	});

	it.each([
		['Norway', 'NO', '2026-06-01'],
		['Finland, an hour ahead', 'FI', '2026-06-02'],
	])('left empty are yesterday in %s', async (_country, market, yesterday) => {
		// 23:30 on the 2nd in Oslo, and half past midnight on the 3rd in Helsinki.
		await simulator.reset({ data: 'empty', now: '2026-06-02T21:30:00Z' });
		await addLedger(simulator, { ledgerId, market, openDate: '2026-06-01' });
		const { json, error } = await settle(simulator, 'getSummary', { ledgerId: ledger });
		expect(error).toBeUndefined();
		expect(json.map(({ fromDate, toDate }) => [fromDate, toDate])).toEqual([
			[yesterday, yesterday],
		]);
	});

	it.each(['getSummary', 'getPayouts', 'reconcile', 'createVouchers'] as const)(
		'that are open make %s refuse, and are named',
		async (operation) => {
			await open();
			await capture({ amount: 10_000 });
			await on('2026-06-02');
			await capture({ amount: 500 });
			const { error, items } = await settle(simulator, operation, {
				ledgerId: ledger,
				fromDate: '2026-06-01',
				toDate: '2026-06-03',
			});
			expect(items).toEqual([]);
			expect(error?.message).toContain('2026-06-02, 2026-06-03 are still open');
			expect(error?.message).toContain('[item 0]');
			expect(error?.description).toContain('no sum is partial');
			const closed = await settle(simulator, operation, {
				ledgerId: ledger,
				fromDate: '2026-06-01',
				toDate: '2026-06-01',
			});
			expect(closed.error).toBeUndefined();
			expect(closed.json.length).toBeGreaterThan(0);
		},
	);

	it('are read page by page', async () => {
		await simulator.reset({
			data: 'worked-example',
			options: { reportPageSize: 2, dateEnd: 'emptyPage' },
		});
		const { json } = await settle(simulator, 'getSummary', {
			ledgerId: byId('12345'),
			fromDate: '2022-10-01',
			toDate: '2022-10-01',
		});
		expect(json[0]).toMatchObject({ captures: 40_000, balanceAfter: 0, entryCount: 10 });
		expect((await apiPaths(simulator)).length).toBeGreaterThan(5);
	});
});

describe('balances that do not follow from one another', () => {
	const row = (pspReference: string, amount: number, balanceBefore: number) => ({
		pspReference,
		time: '2026-06-01T08:00:00.000000Z',
		ledgerDate: '2026-06-01',
		entryType: 'capture',
		reference: `order-${pspReference}`,
		currency: 'NOK',
		amount,
		recipientHandle: 'NO:700001',
		balanceBefore,
		balanceAfter: balanceBefore + amount,
	});
	const day = { ledgerId: ledger, fromDate: '2026-06-01', toDate: '2026-06-01' };

	beforeEach(async () => {
		await open({ frequency: 'never' });
		// Between the first and the last, 250.00 are missing.
		await addEntries(simulator, ledgerId, 'funds', [row('1', 10_000, 0), row('3', 500, 35_000)]);
		await on('2026-06-02');
	});

	it.each(['getSummary', 'createVouchers'] as const)(
		'make %s refuse and say where',
		async (operation) => {
			const { error, items } = await settle(simulator, operation, day);
			expect(items).toEqual([]);
			expect(error?.message).toContain('do not follow from one another');
			expect(error?.message).toContain(
				'funds 2026-06-01, capture 3: the balance before it is 350.00, but 100.00 was to be expected',
			);
			expect(error?.description).toContain('at 1 place');
		},
	);

	it('can be reported instead, with the sums of what is there', async () => {
		const { json, error } = await settle(simulator, 'getSummary', {
			...day,
			options: { balanceBreaks: 'report' },
		});
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ captures: 10_500, balanceBefore: 0, balanceAfter: 10_500 });
		expect(json[0].balanceBreaks).toEqual([
			{
				topic: 'funds',
				ledgerDate: '2026-06-01',
				pspReference: '3',
				expected: 10_000,
				found: 35_000,
				explanation: expect.stringContaining('the balance before it is 350.00'),
			},
		]);
	});

	it('are reported with the date that they are on', async () => {
		const { json } = await settle(simulator, 'getSummary', {
			...day,
			fromDate: '2026-05-31',
			options: { balanceBreaks: 'report' },
		});
		expect(json.map(({ balanceBreaks }) => (balanceBreaks as unknown[]).length)).toEqual([0, 1]);
	});
});

describe('what cannot be added up is refused', () => {
	const day = { ledgerId: ledger, fromDate: '2026-06-01', toDate: '2026-06-01' };
	const bare = { ledgerDate: '2026-06-01', entryType: 'capture', currency: 'NOK', amount: 1 };

	beforeEach(async () => await open({ frequency: 'never' }));

	it('two currencies', async () => {
		await addEntries(simulator, ledgerId, 'funds', [bare, { ...bare, currency: 'SEK' }]);
		await on('2026-06-02');
		const { error } = await settle(simulator, 'getSummary', day);
		expect(error?.message).toContain('NOK and SEK, which cannot be added up');
	});

	it.each([
		['none', undefined],
		['a text', '100'],
		['a fraction', 0.1],
	])('an amount that is %s', async (_what, amount) => {
		await addEntries(simulator, ledgerId, 'fees', [
			{ ...bare, pspReference: '77', amount } as IDataObject,
		]);
		await on('2026-06-02');
		const { error } = await settle(simulator, 'getSummary', day);
		expect(error?.message).toContain('fees entry 77 of 2026-06-01 has no whole amount');
	});

	it('entries without balances are counted on', async () => {
		const body = {
			items: [
				{ ...bare, amount: 500, balanceBefore: 100, balanceAfter: 600 },
				{ ...bare, amount: 20 },
				{ ...bare, amount: 3, balanceAfter: 623 },
			],
			hasMore: false,
			tryLater: false,
		};
		await simulator.control.post('/faults', { path: '/funds/dates/', status: 200, body });
		await on('2026-06-02');
		const { json, error } = await settle(simulator, 'getSummary', day);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ balanceBefore: 100, captures: 523, balanceAfter: 623 });
	});
});

it('takes one list of ledgers, and a request a date and topic', async () => {
	await open();
	await on('2026-06-05');
	await forgetRequests(simulator);
	await settle(simulator, 'getSummary', {
		ledgerId: ledger,
		fromDate: '2026-06-01',
		toDate: '2026-06-03',
	});
	expect((await apiPaths(simulator)).sort()).toEqual([
		...['fees', 'funds'].flatMap((topic) =>
			['01', '02', '03'].map(
				(day) => `/report/v2/ledgers/${ledgerId}/${topic}/dates/2026-06-${day}`,
			),
		),
		'/settlement/v1/ledgers',
	]);
});
