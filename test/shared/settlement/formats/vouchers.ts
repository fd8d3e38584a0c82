import fc from 'fast-check';
import type { Entry } from '../../../../nodes/shared/ledger/feed';
import type { Book, MoneyEntry } from '../../../../nodes/shared/settlement/entry';
import {
	chartOf,
	type PresetName,
	type VatTerms,
} from '../../../../nodes/shared/settlement/vouchers/chart';
import { createVouchers } from '../../../../nodes/shared/settlement/vouchers/createVouchers';
import type {
	GroupBy,
	Voucher,
	VoucherLine,
} from '../../../../nodes/shared/settlement/vouchers/voucher';

const DATE = '2022-10-01';

const entry = (
	topic: MoneyEntry['topic'],
	type: string,
	amount: number,
	more: Partial<MoneyEntry> = {},
): MoneyEntry => ({
	topic,
	date: DATE,
	type,
	amount,
	currency: 'NOK',
	time: `${DATE}T12:00:00Z`,
	pspReference: '',
	reference: '',
	...more,
});

export interface Making {
	entries: MoneyEntry[];
	sales?: Map<MoneyEntry, Entry>;
	groupBy?: GroupBy;
	preset?: PresetName;
	currency?: string;
	accounts?: Record<string, string>;
	vat?: VatTerms[];
	ledgerId?: string;
}

/** Vouchers with separate VAT lines, as the operation makes them. */
export function vouchersOf(making: Making): Voucher[] {
	const { entries, sales, groupBy = 'ledgerDate', preset = 'norway', currency = 'NOK' } = making;
	const book: Book = {
		ledgerId: making.ledgerId ?? '12345',
		currency,
		dates: [DATE],
		funds: entries.filter(({ topic }) => topic === 'funds'),
		fees: entries.filter(({ topic }) => topic === 'fees'),
	};
	return createVouchers(book, {
		chart: chartOf(preset, making.accounts ?? {}, making.vat ?? []),
		vatLines: 'separate',
		groupBy,
		saleOf: (one) => sales?.get(one),
		payouts: [],
	});
}

const capture = (pspReference: string, reference: string, amount: number) => [
	entry('funds', 'capture', amount, { pspReference, reference }),
	entry('fees', 'capture-fee', -400, { pspReference, reference }),
];

/** The day that the documentation of the Report API works through. */
export const WORKED_EXAMPLE: MoneyEntry[] = [
	...capture('3343121302', 'purchase-12', 10_000),
	...capture('3334234112', 'purchase-12', 10_000),
	...capture('3259823497', 'purchase-14', 20_000),
	entry('funds', 'refund', -10_000, { pspReference: '1154320987', reference: 'purchase-12' }),
	entry('funds', 'fees-retained', -1_200, { pspReference: '01H7W7Q6Y5R-3G58CTAZX0MHKV2' }),
	entry('funds', 'payout-scheduled', -28_800, {
		pspReference: '12345-2000023',
		reference: 'Vipps utbet. 2000023 Vippsnr 57860',
	}),
	entry('fees', 'fees-retained', 1_200, { pspReference: '12345-2000321' }),
];

/** An order line with VAT, as the Sales API gives it. */
const saleLine = (vatRate: number, gross: number) => {
	const vatAmount = gross - Math.round((gross * 10_000) / (10_000 + vatRate));
	return { vatRate, vatAmount, lineTotalGross: gross };
};

/** One capture and one refund with two VAT rates each. */
export function withVat(terms: Partial<Making> = {}): Voucher[] {
	const sold = entry('funds', 'capture', 20_000, { pspReference: '1', reference: 'order-1' });
	const returned = entry('funds', 'refund', -5_000, { pspReference: '2', reference: 'order-1' });
	const sales = new Map<MoneyEntry, Entry>([
		[sold, { lines: [saleLine(2_500, 12_500), saleLine(1_500, 7_500)] }],
		[returned, { lines: [saleLine(2_500, 5_000)] }],
	]);
	return vouchersOf({ entries: [sold, returned], sales, ...terms });
}

/** What a merchant or a machine may have written into a reference. */
export const reference = fc.oneof(
	fc.constantFrom(
		'',
		'a"b;c',
		'=HYPERLINK("x")',
		'-2+3',
		'line\r\nbreak',
		'date:2022-99-99',
		'[=2022-01-01]',
		'tag:: 1 + 1',
		'{"1" "2"}',
		'Ægir & Søn <ÆØÅ>',
		'käyttö 😀',
		'|)(  ;',
		'\\"',
		'\u0000\u0007',
		'\ud800',
	),
	fc.string({ unit: 'grapheme', maxLength: 90 }),
);

const amount = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 10 ** 11 }));

const movement = fc
	.tuple(
		fc.constantFrom(
			'capture',
			'refund',
			'capture-fee',
			'service-fee',
			'top-up',
			'correction',
			'fees-retained',
			'payout-scheduled',
			'payout-aborted',
			'fees-invoiced',
			'something-new',
		),
		amount,
		fc.boolean(),
		reference,
		fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }),
		fc.array(fc.tuple(fc.constantFrom(2_500, 1_500, 1_200, 0, 700), amount), { maxLength: 4 }),
	)
	.map(([type, size, flag, ref, pspReference, shares]) => ({
		type,
		size,
		flag,
		ref,
		pspReference,
		shares,
	}));

const FEES = ['capture-fee', 'service-fee', 'fees-invoiced'];
const NEGATIVE = ['refund', 'capture-fee', 'service-fee', 'payout-scheduled'];

/** Vouchers of any movements: all presets, groupings and currencies, sales with and without VAT. */
export const anyVouchers: fc.Arbitrary<Voucher[]> = fc
	.record({
		movements: fc.array(movement, { minLength: 1, maxLength: 12 }),
		groupBy: fc.constantFrom<GroupBy>('ledgerDate', 'transaction'),
		preset: fc.constantFrom<PresetName>('none', 'norway', 'denmark', 'finland'),
		currency: fc.constantFrom('NOK', 'DKK', 'EUR', 'SEK'),
	})
	.map(({ movements, groupBy, preset, currency }) => {
		const sales = new Map<MoneyEntry, Entry>();
		const entries = movements.map(({ type, size, flag, ref, pspReference, shares }) => {
			const lines = shares.map(([rate, gross]) => saleLine(rate, gross));
			const isTrade = type === 'capture' || type === 'refund';
			const size2 =
				isTrade && lines.length > 0 ? lines.reduce((sum, l) => sum + l.lineTotalGross, 0) : size;
			const isNegative = NEGATIVE.includes(type) || (!isTrade && flag);
			const topic = FEES.includes(type) || (type === 'fees-retained' && flag) ? 'fees' : 'funds';
			const one = entry(topic, type, isNegative ? -size2 : size2, {
				pspReference,
				reference: ref,
				currency,
			});
			if (isTrade && lines.length > 0) sales.set(one, { lines });
			return one;
		});
		return vouchersOf({ entries, sales, groupBy, preset, currency });
	});

/** Debits less credits, in minor units. */
export const balanceOf = (lines: VoucherLine[]): number =>
	lines.reduce((sum, { debit, credit }) => sum + debit - credit, 0);

/** A JSON number of major units as minor units; fails when it has more than two decimals. */
export function toMinor(major: unknown): number {
	const text = JSON.stringify(major);
	expect(text).toMatch(/^-?\d+(\.\d{1,2})?$/);
	const [whole, decimals = ''] = text.split('.');
	return Number(whole + decimals.padEnd(2, '0'));
}
