import { startSimulator, type Simulator } from '../../../harness';
import { byId, settle } from '../../../support/settle';
import { merchantKeys } from '../../../support/vipps';

/** The day that the documentation works through: ledger 12345, 2022-10-01. */
const day = { ledgerId: byId('12345'), fromDate: '2022-10-01', toDate: '2022-10-01' };

const nothing = { disputes: 0, corrections: 0, topUps: 0, creditNotes: 0, other: 0 };

const groups = {
	balanceBefore: 0,
	captures: 40000,
	refunds: -10000,
	feesRetained: -1200,
	payouts: -28800,
	payoutsAborted: 0,
	...nothing,
	balanceAfter: 0,
};

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'worked-example' })));

it('adds up to 28800 paid out, and nothing left', async () => {
	const { json, error } = await settle(simulator, 'getSummary', day);
	expect(error).toBeUndefined();
	expect(json).toEqual([
		{
			ledgerId: '12345',
			currency: 'NOK',
			fromDate: '2022-10-01',
			toDate: '2022-10-01',
			...groups,
			entryCount: 10,
			fees: {
				balanceBefore: 0,
				charged: -1200,
				retained: 1200,
				invoiced: 0,
				creditNotes: 0,
				corrections: 0,
				other: 0,
				balanceAfter: 0,
			},
		},
	]);
});

it('is the same in one item for the period', async () => {
	const byDate = await settle(simulator, 'getSummary', day);
	const { json } = await settle(simulator, 'getSummary', {
		...day,
		options: { groupBy: 'period' },
	});
	expect(json).toEqual(byDate.json);
});

it('is one payout with its number, and a warning about the text at a Norwegian bank', async () => {
	const { json, error } = await settle(simulator, 'getPayouts', day);
	expect(error).toBeUndefined();
	expect(json).toEqual([
		{
			ledgerId: '12345',
			currency: 'NOK',
			payoutNumber: '2000023',
			pspReference: '12345-2000023',
			bankReference: 'Vipps utbet. 2000023 Vippsnr 57860',
			scheduledDate: '2022-10-02',
			fromDate: '2022-10-01',
			toDate: '2022-10-01',
			amount: 28800,
			...groups,
			captureCount: 3,
			refundCount: 1,
			settlement: 'net',
			abortedDate: null,
			review: [
				'In Norway the text at the bank differs from the reference in the ledger (Vipps utbet. 2000023 Vippsnr 57860): match by amount, date and payout number 2000023',
			],
		},
	]);
});

it('is four movements with their fees, before the history of sales', async () => {
	const { json, error } = await settle(simulator, 'reconcile', day);
	expect(error).toBeUndefined();
	expect(
		json.map(({ type, pspReference, amount, fee, net }) => [type, pspReference, amount, fee, net]),
	).toEqual([
		['capture', '3343121302', 10000, -400, 9600],
		['capture', '3334234112', 10000, -400, 9600],
		['capture', '3259823497', 20000, -400, 19600],
		['refund', '1154320987', -10000, 0, -10000],
	]);
	expect(json[0]).toEqual({
		ledgerId: '12345',
		currency: 'NOK',
		ledgerDate: '2022-10-01',
		time: '2022-10-01T16:33:00.824993+0200',
		type: 'capture',
		pspReference: '3343121302',
		reference: 'purchase-12',
		amount: 10000,
		fee: -400,
		net: 9600,
		payoutNumber: '2000023',
		sale: null,
		status: 'noSaleExpected',
		reason: 'The history of the Sales API begins on 2026-03-09',
	});
	for (const { payoutNumber } of json) expect(payoutNumber).toBe('2000023');
});

/** Account, debit and credit of the lines. */
const rows = (lines: unknown) =>
	(lines as { role: string; account: string; debit: number; credit: number }[]).map(
		({ role, account, debit, credit }) => [role, account, debit, credit],
	);

it('is one balanced voucher by date, in Norwegian accounts, with nothing left on clearing', async () => {
	const { json, error } = await settle(simulator, 'createVouchers', day);
	expect(error).toBeUndefined();
	expect(json).toHaveLength(1);
	const [voucher] = json;
	expect(voucher).toMatchObject({
		voucherKey: '12345-2022-10-01',
		date: '2022-10-01',
		currency: 'NOK',
		ledgerId: '12345',
		groupBy: 'ledgerDate',
		totalDebit: voucher.totalCredit,
	});
	expect(rows(voucher.lines)).toEqual([
		['clearing', '1570', 40000, 0],
		['sales', '3000', 0, 40000],
		['clearing', '1570', 0, 10000],
		['sales', '3000', 10000, 0],
		['clearing', '1570', 0, 1200],
		['clearing', '1570', 0, 28800],
		['bank', '1920', 28800, 0],
		['receivable', '2400', 0, 1200],
		['fee', '7770', 1200, 0],
		['receivable', '2400', 1200, 0],
	]);
	expect(voucher.review).toEqual(
		['capture 3343121302', 'capture 3334234112', 'capture 3259823497', 'refund 1154320987'].map(
			(which) => `VAT not split: no sale with order lines was found for it (${which})`,
		),
	);
});

it('is the same voucher by payout, under the number of the payout', async () => {
	const byDate = await settle(simulator, 'createVouchers', day);
	const { json } = await settle(simulator, 'createVouchers', { ...day, groupBy: 'payout' });
	expect(json).toHaveLength(1);
	expect([json[0].voucherKey, json[0].date]).toEqual(['12345-payout-2000023', '2022-10-02']);
	expect(json[0].lines).toEqual(byDate.json[0].lines);
});

it('is six vouchers by transaction, each capture with its fee, the retained fees in one', async () => {
	const { json } = await settle(simulator, 'createVouchers', { ...day, groupBy: 'transaction' });
	expect(json.map(({ voucherKey, lines }) => [voucherKey, rows(lines).length])).toEqual([
		['12345-2022-10-01-capture-3343121302', 4],
		['12345-2022-10-01-capture-3334234112', 4],
		['12345-2022-10-01-capture-3259823497', 4],
		['12345-2022-10-01-refund-1154320987', 2],
		['12345-2022-10-01-fees-retained', 2],
		['12345-2022-10-01-payout-scheduled-12345-2000023', 2],
	]);
	expect(json[0].lines).toEqual([
		expect.objectContaining({ role: 'clearing', debit: 10000, reference: 'purchase-12' }),
		expect.objectContaining({ role: 'sales', credit: 10000, pspReference: '3343121302' }),
		expect.objectContaining({ role: 'receivable', credit: 400, pspReference: '3343121302' }),
		expect.objectContaining({ role: 'fee', debit: 400, vatCode: null, vatRate: null }),
	]);
});

it.each(['getSummary', 'getPayouts', 'createVouchers'] as const)(
	'%s gives the same with merchant keys',
	async (operation) => {
		const accounting = await settle(simulator, operation, day);
		const merchant = await settle(
			simulator,
			operation,
			{ ...day, authentication: 'merchantApi' },
			{ credentials: await merchantKeys(simulator) },
		);
		expect(merchant.error).toBeUndefined();
		expect(merchant.json).toEqual(accounting.json);
	},
);
