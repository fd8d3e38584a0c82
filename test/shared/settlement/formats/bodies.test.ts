import fc from 'fast-check';
import { dinero } from '../../../../nodes/shared/settlement/formats/dinero';
import { eConomic } from '../../../../nodes/shared/settlement/formats/eConomic';
import { fiken } from '../../../../nodes/shared/settlement/formats/fiken';
import { fortnox } from '../../../../nodes/shared/settlement/formats/fortnox';
import { powerOffice } from '../../../../nodes/shared/settlement/formats/powerOffice';
import { tripletex } from '../../../../nodes/shared/settlement/formats/tripletex';
import { vismaEAccounting } from '../../../../nodes/shared/settlement/formats/vismaEAccounting';
import type { Voucher } from '../../../../nodes/shared/settlement/vouchers/voucher';
import { anyVouchers, toMinor, vouchersOf, withVat, WORKED_EXAMPLE } from './vouchers';

/** A body as the system would receive it. */
type Body = Record<string, never>;
type Row = Record<string, unknown>;

const received = (body: object): Body => JSON.parse(JSON.stringify(body)) as Body;

const [worked] = vouchersOf({ entries: WORKED_EXAMPLE });
const [sold] = withVat();

interface System {
	make: (voucher: Voucher) => object;
	rows: (body: Body) => Row[];
	/** Debit is positive, in minor units; `vat` is what the system itself adds to the amount. */
	signed: (row: Row) => number;
}

const sided = (row: Row, debit: string, credit: string): number =>
	toMinor(row[debit]) - toMinor(row[credit]);

const SYSTEMS: Record<string, System> = {
	tripletex: {
		make: tripletex,
		rows: ({ postings }) => postings,
		signed: ({ amountGross }) => toMinor(amountGross),
	},
	powerOffice: {
		make: powerOffice,
		rows: ({ ManualVoucherLines }) => ManualVoucherLines,
		signed: (row) => toMinor(row.CurrencyAmount) * ('DebitAccountId' in row ? 1 : -1),
	},
	vismaEAccounting: {
		make: vismaEAccounting,
		rows: ({ Rows }) => Rows,
		signed: (row) => sided(row, 'DebitAmount', 'CreditAmount'),
	},
	eConomic: {
		make: eConomic,
		rows: ({ entries }) => (entries as { financeVouchers: Row[] }).financeVouchers,
		signed: ({ amount }) => toMinor(amount),
	},
	dinero: { make: dinero, rows: ({ Lines }) => Lines, signed: ({ Amount }) => toMinor(Amount) },
	fortnox: {
		make: fortnox,
		rows: ({ Voucher: voucher }) => (voucher as { VoucherRows: Row[] }).VoucherRows,
		signed: (row) => sided(row, 'Debit', 'Credit'),
	},
};

describe.each(Object.entries(SYSTEMS))('%s', (_, { make, rows, signed }) => {
	it('balances, to the øre, with the same turnover, however large the amounts', () => {
		fc.assert(
			fc.property(anyVouchers, (vouchers) => {
				for (const voucher of vouchers) {
					const amounts = rows(received(make(voucher))).map(signed);
					expect(amounts.reduce((sum, one) => sum + one, 0)).toBe(0);
					const debit = amounts.filter((one) => one > 0).reduce((sum, one) => sum + one, 0);
					expect(debit).toBe(voucher.totalDebit);
					expect(amounts).not.toContain(0);
				}
			}),
			{ numRuns: 100 },
		);
	});

	it('has one amount an account of the worked example, and the payout on the bank', () => {
		const amounts = rows(received(make(worked))).map((row) => [JSON.stringify(row), signed(row)]);
		const of = (account: number) =>
			amounts
				.filter(([text]) => new RegExp(`\\b${account}\\b`).test(String(text)))
				.reduce((sum, [, one]) => sum + Number(one), 0);
		expect({ bank: of(1920), clearing: of(1570), sales: of(3000), fee: of(7770) }).toEqual({
			bank: 28_800,
			clearing: 0,
			sales: -30_000,
			fee: 1_200,
		});
	});
});

it('never gives a negative number where a system has sides', () => {
	fc.assert(
		fc.property(anyVouchers, (vouchers) => {
			for (const voucher of vouchers) {
				for (const make of [powerOffice, vismaEAccounting, fortnox, fiken]) {
					expect(JSON.stringify(make(voucher)).match(/mount":-|"(Debit|Credit)":-/)).toBeNull();
				}
			}
		}),
		{ numRuns: 100 },
	);
});

it('keeps to the lengths that systems have', () => {
	fc.assert(
		fc.property(anyVouchers, (vouchers) => {
			for (const voucher of vouchers) {
				const visma = vismaEAccounting(voucher) as { Rows: Array<{ TransactionText: string }> };
				for (const { TransactionText } of visma.Rows) {
					expect([...TransactionText].length).toBeLessThanOrEqual(60);
				}
				const { Voucher: sent } = fortnox(voucher) as {
					Voucher: { Description: string; VoucherRows: Array<{ TransactionInformation: string }> };
				};
				expect([...sent.Description].length).toBeLessThanOrEqual(200);
				for (const { TransactionInformation } of sent.VoucherRows) {
					expect([...TransactionInformation].length).toBeLessThanOrEqual(100);
				}
			}
		}),
		{ numRuns: 100 },
	);
});

describe('fiken', () => {
	/** Fiken adds the VAT to debit lines, and finds it in credit lines. */
	const RATES: Record<number, number> = { 3: 2_500, 31: 1_500, 33: 1_200, 5: 0 };

	it('balances once Fiken has added the VAT of what was returned', () => {
		const { journalEntries } = received(fiken(sold)) as unknown as {
			journalEntries: Array<{ lines: Array<Record<string, number & string>> }>;
		};
		const sum = journalEntries[0].lines.reduce((total, line) => {
			const rate = RATES[line.debitVatCode ?? 5];
			const gross = line.amount + (line.amount * rate) / 10_000;
			return total + (line.debitAccount ? gross : -line.amount);
		}, 0);
		expect(sum).toBe(0);
	});

	it('is in whole øre, with VAT codes on sales only', () => {
		expect(received(fiken(sold))).toEqual({
			description: 'Vipps MobilePay 12345, 2022-10-01 (12345-2022-10-01)',
			journalEntries: [
				{
					description: 'Vipps MobilePay 12345, 2022-10-01 (12345-2022-10-01)',
					date: '2022-10-01',
					lines: [
						{ amount: 20_000, debitAccount: '1570' },
						{ amount: 12_500, creditAccount: '3000', creditVatCode: 3 },
						{ amount: 7_500, creditAccount: '3000', creditVatCode: 31 },
						{ amount: 5_000, creditAccount: '1570' },
						{ amount: 4_000, debitAccount: '3000', debitVatCode: 3 },
					],
				},
			],
		});
	});

	it('keeps sub-accounts as they are', () => {
		const [voucher] = vouchersOf({ entries: WORKED_EXAMPLE, accounts: { bank: '1920:10001' } });
		expect(JSON.stringify(fiken(voucher))).toContain('"debitAccount":"1920:10001"');
	});
});

it('Tripletex gets gross amounts with VAT types, accounts by id, rows from 1', () => {
	const [voucher] = withVat({
		preset: 'none',
		accounts: { clearing: '501', sales: '502' },
		vat: [
			{ rate: 2_500, code: '3' },
			{ rate: 1_500, code: '31' },
		],
	});
	expect(received(tripletex(voucher))).toEqual({
		date: '2022-10-01',
		description: 'Vipps MobilePay 12345, 2022-10-01',
		externalVoucherNumber: '12345-2022-10-01',
		postings: [
			{
				row: 1,
				date: '2022-10-01',
				description: 'Sales',
				account: { id: 501 },
				amountGross: 200,
				amountGrossCurrency: 200,
			},
			{
				row: 2,
				date: '2022-10-01',
				description: 'Sales, VAT 25 %',
				account: { id: 502 },
				amountGross: -125,
				amountGrossCurrency: -125,
				vatType: { id: 3 },
			},
			{
				row: 3,
				date: '2022-10-01',
				description: 'Sales, VAT 15 %',
				account: { id: 502 },
				amountGross: -75,
				amountGrossCurrency: -75,
				vatType: { id: 31 },
			},
			{
				row: 4,
				date: '2022-10-01',
				description: 'Refund',
				account: { id: 501 },
				amountGross: -50,
				amountGrossCurrency: -50,
			},
			{
				row: 5,
				date: '2022-10-01',
				description: 'Refund, VAT 25 %',
				account: { id: 502 },
				amountGross: 50,
				amountGrossCurrency: 50,
				vatType: { id: 3 },
			},
		],
	});
});

it('PowerOffice Go gets one side a line', () => {
	const [voucher] = withVat({
		preset: 'none',
		accounts: { clearing: '501', sales: '502' },
		vat: [
			{ rate: 2_500, code: '7' },
			{ rate: 1_500, code: '8' },
		],
	});
	const { ManualVoucherLines, ...head } = received(powerOffice(voucher)) as unknown as {
		ManualVoucherLines: Row[];
	};
	expect(head).toEqual({
		VoucherDate: '2022-10-01',
		CurrencyCode: 'NOK',
		Description: 'Vipps MobilePay 12345, 2022-10-01',
		Comment: '12345-2022-10-01\nNo account is given for the role vat',
	});
	expect(ManualVoucherLines.slice(0, 2)).toEqual([
		{ PostingDate: '2022-10-01', Description: 'Sales', DebitAccountId: 501, CurrencyAmount: 200 },
		{
			PostingDate: '2022-10-01',
			Description: 'Sales, VAT 25 %',
			CreditAccountId: 502,
			CreditVatId: 7,
			CurrencyAmount: 125,
		},
	]);
});

it('e-conomic and Dinero get gross amounts with VAT codes', () => {
	const [voucher] = withVat({
		preset: 'denmark',
		currency: 'DKK',
		vat: [{ rate: 1_500, code: 'X' }],
	});
	const { accountingYear, entries } = received(eConomic(voucher)) as unknown as {
		accountingYear: object;
		entries: { financeVouchers: Row[] };
	};
	expect(accountingYear).toEqual({ year: '2022' });
	expect(entries.financeVouchers[1]).toEqual({
		date: '2022-10-01',
		text: 'Vipps MobilePay 12345, 2022-10-01: Sales, VAT 25 %',
		account: { accountNumber: 1010 },
		amount: -125,
		currency: { code: 'DKK' },
		vatAccount: { vatCode: 'U25' },
	});
	const { Lines, ...head } = received(dinero(voucher)) as unknown as { Lines: Row[] };
	expect(head).toEqual({ VoucherDate: '2022-10-01', ExternalReference: '12345-2022-10-01' });
	expect(
		Lines.map(({ AccountNumber, AccountVatCode, Amount }) => [
			AccountNumber,
			AccountVatCode,
			Amount,
		]),
	).toEqual([
		[5820, 'none', 200],
		[1010, 'U25', -125],
		[1010, 'X', -75],
		[5820, 'none', -50],
		[1010, 'U25', 50],
	]);
});

it('VAT without a code stays on its own line', () => {
	const [voucher] = withVat({ preset: 'finland', currency: 'EUR' });
	const lines = (received(eConomic(voucher)) as unknown as { entries: { financeVouchers: Row[] } })
		.entries.financeVouchers;
	expect(lines.map(({ amount }) => amount)).toEqual([200, -100, -25, -65.22, -9.78, -50, 40, 10]);
	expect(JSON.stringify(lines)).not.toContain('vatAccount');
});

it('Visma eAccounting and Fortnox get both sides, VAT on its own account', () => {
	const { Rows, ...head } = received(vismaEAccounting(sold)) as unknown as { Rows: Row[] };
	expect(head).toEqual({
		VoucherDate: '2022-10-01',
		VoucherText: 'Vipps MobilePay 12345, 2022-10-01 (12345-2022-10-01)',
	});
	expect(Rows.slice(1, 3)).toEqual([
		{ AccountNumber: 3000, DebitAmount: 0, CreditAmount: 100, TransactionText: 'Sales, VAT 25 %' },
		{ AccountNumber: 2700, DebitAmount: 0, CreditAmount: 25, TransactionText: 'VAT 25 %' },
	]);
	const { Voucher: sent } = received(fortnox(sold)) as unknown as { Voucher: Row };
	expect(sent).toMatchObject({
		Description: 'Vipps MobilePay 12345, 2022-10-01',
		Comments: '12345-2022-10-01',
		VoucherSeries: 'A',
		TransactionDate: '2022-10-01',
	});
	expect((sent.VoucherRows as Row[])[2]).toEqual({
		Account: 2700,
		Debit: 0,
		Credit: 25,
		TransactionInformation: 'VAT 25 %',
	});
});

it('an account that is no number goes out as it is, to be refused', () => {
	const [voucher] = vouchersOf({ entries: WORKED_EXAMPLE, preset: 'none' });
	expect(JSON.stringify(fortnox(voucher))).toContain('"Account":""');
});
