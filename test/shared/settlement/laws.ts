import type { LedgerDate } from '../../../nodes/shared/ledger/dates';
import { addDays } from '../../../nodes/shared/ledger/dates';
import { balanceBreaks } from '../../../nodes/shared/settlement/continuity';
import { sumOf, type Book, type MoneyEntry } from '../../../nodes/shared/settlement/entry';
import { payoutsOf, type PayoutFrame } from '../../../nodes/shared/settlement/payouts';
import {
	findSales,
	payoutNumbers,
	reconcile,
	type Reconciled,
} from '../../../nodes/shared/settlement/reconcile';
import {
	dateSummaries,
	periodSummary,
	type Summary,
} from '../../../nodes/shared/settlement/summary';
import { chartOf, type Chart } from '../../../nodes/shared/settlement/vouchers/chart';
import { createVouchers } from '../../../nodes/shared/settlement/vouchers/createVouchers';
import type { GroupBy, Voucher } from '../../../nodes/shared/settlement/vouchers/voucher';
import { part, periodsOf, type History } from './history';

/**
 * What holds for every settlement, whatever happened on the ledger. The sums are made here again,
 * from the entries alone.
 */

const total = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0);

const typed = (entries: MoneyEntry[], ...types: string[]): number =>
	sumOf(entries.filter(({ type }) => types.includes(type)));

/** Every role has an account of its own, so that sums by account are sums by role. */
export const CHART: Chart = chartOf(
	'none',
	{
		clearing: '1',
		sales: '2',
		fee: '3',
		bank: '4',
		receivable: '5',
		interim: '6',
		vat: '7',
		rounding: '8',
	},
	[{ rate: 2500, salesAccount: '2-25' }, { rate: 1500 }],
);

const FUNDS_GROUPS = [
	'captures',
	'refunds',
	'feesRetained',
	'payouts',
	'payoutsAborted',
	'disputes',
	'corrections',
	'topUps',
	'creditNotes',
	'other',
] as const;

const FEES_GROUPS = [
	'charged',
	'retained',
	'invoiced',
	'creditNotes',
	'corrections',
	'other',
] as const;

const KNOWN_FUNDS = [
	'capture',
	'refund',
	'fees-retained',
	'payout-scheduled',
	'payout-aborted',
	'retained-disputed-capture',
	'returned-disputed-capture',
	'correction',
	'top-up',
	'credit-note',
];
const KNOWN_FEES = [
	'capture-fee',
	'service-fee',
	'fees-retained',
	'fees-invoiced',
	'credit-note',
	'correction',
];

function expectSummary(summary: Summary, { funds, fees }: Pick<Book, 'funds' | 'fees'>): void {
	const { balanceBefore, balanceAfter } = summary;
	expect((balanceBefore ?? 0) + total(FUNDS_GROUPS.map((name) => summary[name]))).toBe(
		balanceAfter ?? 0,
	);
	expect(
		(summary.fees.balanceBefore ?? 0) + total(FEES_GROUPS.map((name) => summary.fees[name])),
	).toBe(summary.fees.balanceAfter ?? 0);
	// What the API itself says, where it says something.
	if (funds.length > 0) expect(balanceBefore).toBe(funds[0].balanceBefore);
	if (funds.length > 0) expect(balanceAfter).toBe(funds[funds.length - 1].balanceAfter);
	if (fees.length > 0) expect(summary.fees.balanceBefore).toBe(fees[0].balanceBefore);
	if (fees.length > 0) expect(summary.fees.balanceAfter).toBe(fees[fees.length - 1].balanceAfter);
	expect(summary.entryCount).toBe(funds.length + fees.length);
	const unknown = (entries: MoneyEntry[], known: string[]) =>
		sumOf(entries.filter(({ type }) => !known.includes(type)));
	expect(FUNDS_GROUPS.map((name) => summary[name])).toEqual([
		typed(funds, 'capture'),
		typed(funds, 'refund'),
		typed(funds, 'fees-retained'),
		typed(funds, 'payout-scheduled'),
		typed(funds, 'payout-aborted'),
		typed(funds, 'retained-disputed-capture', 'returned-disputed-capture'),
		typed(funds, 'correction'),
		typed(funds, 'top-up'),
		typed(funds, 'credit-note'),
		unknown(funds, KNOWN_FUNDS),
	]);
	expect(FEES_GROUPS.map((name) => summary.fees[name])).toEqual([
		typed(fees, 'capture-fee', 'service-fee'),
		typed(fees, 'fees-retained'),
		typed(fees, 'fees-invoiced'),
		typed(fees, 'credit-note'),
		typed(fees, 'correction'),
		unknown(fees, KNOWN_FEES),
	]);
}

/** Balance before + groups = balance after, a date, the period, and from date to date. */
export function expectSummaries(book: Book): void {
	expectSummary(periodSummary(book), book);
	const dates = dateSummaries(book);
	expect(dates.map(({ fromDate, toDate }) => [fromDate, toDate])).toEqual(
		book.dates.map((date) => [date, date]),
	);
	dates.forEach((summary, index) => {
		expectSummary(summary, part(book, summary.fromDate, summary.toDate));
		if (index === 0) return;
		expect(summary.balanceBefore).toBe(dates[index - 1].balanceAfter);
		expect(summary.fees.balanceBefore).toBe(dates[index - 1].fees.balanceAfter);
	});
}

/** Whatever entry is missing, the balances around it tell; a whole ledger has no breaks. */
export function expectBreaks({ funds, fees }: Book): void {
	for (const entries of [funds, fees]) {
		expect(balanceBreaks(entries)).toEqual([]);
		const inner = entries.slice(1, -1);
		const found = inner.map(({ pspReference }, index) => {
			const rest = [...entries.slice(0, index + 1), ...entries.slice(index + 2)];
			const breaks = balanceBreaks(rest).map((one) => [one.pspReference, one.expected, one.found]);
			return [pspReference, ...breaks];
		});
		expect(found).toEqual(
			inner.map(({ pspReference, balanceBefore, balanceAfter }, index) => [
				pspReference,
				[entries[index + 2].pspReference, balanceBefore, balanceAfter],
			]),
		);
	}
}

/** What the operation reads around a period: a date at each end, and funds to the next payout. */
export function reconcilePeriod(
	{ book, sales }: History,
	[from, to]: [LedgerDate, LedgerDate],
	coversSales = true,
): Reconciled[] {
	const [start, end] = [addDays(from, -1), addDays(to, 1)];
	return reconcile(part(book, start, end), {
		fromDate: from,
		toDate: to,
		sales: sales.filter(({ date }) => date >= start && date <= end),
		coversSales,
		payoutNumberOf: payoutNumbers(part(book, start, book.dates[book.dates.length - 1]).funds),
	});
}

const SETTLING = ['fees-retained', 'payout-aborted', 'payout-scheduled'];

/** Over periods side by side: every movement, every fee and every sale once, and the sums those of the summaries. */
export function expectReconciled(history: History, cuts: LedgerDate[]): void {
	const { book, sales } = history;
	const periods = periodsOf(book, cuts);
	const rows = periods.flatMap((period) => reconcilePeriod(history, period));

	const movements = book.funds.filter(({ type }) => !SETTLING.includes(type));
	const moved = rows.filter(({ type, amount }) => type !== 'sale' && amount !== 0);
	expect(moved.map((row) => [row.ledgerDate, row.type, row.amount])).toEqual(
		movements.map(({ date, type, amount }) => [date, type, amount]),
	);

	for (const period of periods) {
		const own = reconcilePeriod(history, period);
		const summary = periodSummary(part(book, ...period));
		const amounts = (...types: string[]) =>
			total(own.filter(({ type }) => types.includes(type)).map(({ amount }) => amount));
		expect(amounts('capture')).toBe(summary.captures);
		expect(amounts('refund')).toBe(summary.refunds);
		expect(amounts('retained-disputed-capture', 'returned-disputed-capture')).toBe(
			summary.disputes,
		);
		expect(amounts('correction')).toBe(summary.corrections);
		expect(amounts('top-up')).toBe(summary.topUps);
		expect(amounts('credit-note')).toBe(summary.creditNotes);
		expect(total(own.map(({ amount }) => amount))).toBe(
			total([
				summary.captures,
				summary.refunds,
				summary.disputes,
				summary.corrections,
				summary.topUps,
				summary.creditNotes,
				summary.other,
			]),
		);
		expect(own.map(({ net }) => net)).toEqual(own.map(({ amount, fee }) => amount + fee));
	}

	expectFeesOnce(book, rows, periods);

	// Each sale stands in exactly one row, whether its movement has been found or not.
	const shown = rows.flatMap(({ sale }) => (sale ? [sale] : []));
	expect(shown).toHaveLength(sales.length);
	expect(new Set(shown)).toEqual(new Set(sales.map(({ sale }) => sale)));
	const sold = new Map(sales.map((one) => [one.sale.pspReference, one]));
	const statuses = rows.filter(({ type }) => type === 'capture' || type === 'refund');
	expect(statuses.map(({ pspReference, sale, status }) => [pspReference, sale, status])).toEqual(
		statuses.map(({ pspReference, ledgerDate, sale }) => {
			const own = sold.get(pspReference);
			const meets =
				own && (isTogether(periods, own.date, ledgerDate) || isNextTo(own.date, ledgerDate));
			if (meets) return [pspReference, own.sale, 'matched'];
			return [pspReference, sale, sale ? 'matchedByReference' : 'unmatched'];
		}),
	);
}

const isTogether = (
	periods: [LedgerDate, LedgerDate][],
	one: LedgerDate,
	other: LedgerDate,
): boolean =>
	periods.some(([from, to]) => one >= from && one <= to && other >= from && other <= to);

const isNextTo = (one: LedgerDate, other: LedgerDate): boolean =>
	[-1, 0, 1].some((days) => addDays(one, days) === other);

/** Each fee row once: with its capture where that is in the period or on the next date, or else alone. */
function expectFeesOnce(
	{ funds, fees }: Book,
	rows: Reconciled[],
	periods: [LedgerDate, LedgerDate][],
): void {
	const settling = ['fees-retained', 'fees-invoiced'];
	const rowsOfFees = fees.filter(({ type }) => !settling.includes(type));
	expect(total(rows.map(({ fee }) => fee))).toBe(sumOf(rowsOfFees));

	const captures = new Map(
		funds.filter(({ type }) => type === 'capture').map((entry) => [entry.pspReference, entry]),
	);
	const joins = (fee: MoneyEntry): boolean => {
		const capture = fee.type === 'capture-fee' ? captures.get(fee.pspReference) : undefined;
		if (!capture) return false;
		return isTogether(periods, fee.date, capture.date) || isNextTo(fee.date, capture.date);
	};
	const expected = new Map([...captures.keys()].map((pspReference) => [pspReference, 0]));
	for (const { pspReference, amount } of rowsOfFees.filter(joins)) {
		expected.set(pspReference, expected.get(pspReference)! + amount);
	}
	const charged = rows.filter(({ type }) => type === 'capture');
	expect(charged.map(({ pspReference, fee }) => [pspReference, fee])).toEqual([...expected]);
	const alone = rowsOfFees.filter((fee) => !joins(fee));
	expect(
		rows
			.filter(({ amount, type }) => amount === 0 && type !== 'sale')
			.map((row) => [row.ledgerDate, row.type, row.fee]),
	).toEqual(alone.map(({ date, type, amount }) => [date, type, amount]));
}

/** A movement is paid out by the next payout after it; its row tells so in every period. */
export function expectPayoutNumbers(history: History, cuts: LedgerDate[]): void {
	const { funds } = history.book;
	const numbers = new Map<string, string | null>();
	let next: string | null = null;
	for (const entry of [...funds].reverse()) {
		if (entry.type === 'payout-scheduled') next = entry.pspReference.split('-')[1];
		numbers.set(`${entry.date} ${entry.type} ${entry.pspReference}`, next);
	}
	const rows = periodsOf(history.book, cuts)
		.flatMap((period) => reconcilePeriod(history, period))
		.filter(({ amount }) => amount !== 0);
	expect(rows.map(({ payoutNumber }) => payoutNumber)).toEqual(
		rows.map((row) => numbers.get(`${row.ledgerDate} ${row.type} ${row.pspReference ?? ''}`)),
	);
}

const FRAME = { country: 'NO', timeZone: 'Europe/Oslo' };

const GROUPINGS: GroupBy[] = ['ledgerDate', 'payout', 'transaction'];

/** Vouchers of a period, from what the operation reads for them. */
export function vouchersOf(
	{ book, sales }: History,
	groupBy: GroupBy,
	[from, to]: [LedgerDate, LedgerDate],
): Voucher[] {
	// Back to the payout before the period, as far as there is one.
	const earlier = book.funds.filter(({ type, date }) => type === 'payout-scheduled' && date < from);
	const start = groupBy === 'payout' ? (earlier.at(-1)?.date ?? book.dates[0]) : from;
	const read = part(book, start, to);
	const frame: PayoutFrame = { ...FRAME, fromDate: from, toDate: to };
	return createVouchers(read, {
		chart: CHART,
		vatLines: 'separate',
		groupBy,
		saleOf: findSales(read, sales),
		payouts: groupBy === 'payout' ? payoutsOf(read, frame) : [],
	});
}

const roleSum = (vouchers: Voucher[], ...roles: string[]): number =>
	total(
		vouchers.flatMap(({ lines }) =>
			lines.filter(({ role }) => roles.includes(role)).map(({ debit, credit }) => debit - credit),
		),
	);

/** Debit is credit, lines are whole and on one side, and somebody is told of every interim line. */
export function expectBalanced(vouchers: Voucher[]): void {
	const wrong = vouchers.filter(({ lines, totalDebit, totalCredit, review }) => {
		const debits = lines.map(({ debit }) => debit);
		const credits = lines.map(({ credit }) => credit);
		const isTold = (text: string) =>
			review.some(
				(remark) =>
					remark.includes('interim account') &&
					(remark.startsWith(text) || (text === 'Fees retained' && remark.includes('retained'))),
			);
		return !(
			lines.length > 1 &&
			total(debits) === totalDebit &&
			total(credits) === totalCredit &&
			totalDebit === totalCredit &&
			[...debits, ...credits].every((one) => Number.isSafeInteger(one) && one >= 0) &&
			lines.every(({ debit, credit }) => (debit === 0) !== (credit === 0)) &&
			lines.every(({ role, text }) => role !== 'interim' || isTold(text))
		);
	});
	expect(wrong).toEqual([]);
}

/** What a period's entries come to on each account. */
function expectAccounts(vouchers: Voucher[], funds: MoneyEntry[], fees: MoneyEntry[]): void {
	expect(roleSum(vouchers, 'clearing')).toBe(sumOf(funds));
	// An invoice is a debt, too, until it is paid: it stays on the account of the fees.
	expect(roleSum(vouchers, 'receivable')).toBe(sumOf(fees) - typed(fees, 'fees-invoiced'));
	expect(roleSum(vouchers, 'bank')).toBe(0 - typed(funds, 'payout-scheduled', 'payout-aborted'));
	expect(roleSum(vouchers, 'sales', 'vat')).toBe(0 - typed(funds, 'capture', 'refund'));
	expect(roleSum(vouchers, 'fee')).toBe(0 - typed(fees, 'capture-fee', 'service-fee'));
	expect(roleSum(vouchers, 'rounding')).toBe(0);
	const known = ['capture', 'refund', 'payout-scheduled', 'payout-aborted'];
	const knownFees = ['capture-fee', 'service-fee', 'fees-invoiced'];
	expect(roleSum(vouchers, 'interim')).toBe(
		0 -
			sumOf(funds.filter(({ type }) => !known.includes(type))) -
			sumOf(fees.filter(({ type }) => !knownFees.includes(type))),
	);
}

/** The laws of vouchers, in whatever way they are grouped and the period is cut. */
export function expectVouchers(history: History, cuts: LedgerDate[]): void {
	const { book } = history;
	const whole: [LedgerDate, LedgerDate] = [book.dates[0], book.dates[book.dates.length - 1]];
	for (const groupBy of GROUPINGS) {
		const vouchers = vouchersOf(history, groupBy, whole);
		expectBalanced(vouchers);
		expect(new Set(vouchers.map(({ voucherKey }) => voucherKey)).size).toBe(vouchers.length);
		expect(vouchersOf(history, groupBy, whole)).toEqual(vouchers);
		expect(periodsOf(book, cuts).flatMap((period) => vouchersOf(history, groupBy, period))).toEqual(
			vouchers,
		);
	}

	for (const groupBy of ['ledgerDate', 'transaction'] as const) {
		expectAccounts(vouchersOf(history, groupBy, whole), book.funds, book.fees);
	}
	// Each entry of a ledger has one line of its own on that ledger's account.
	const transactions = vouchersOf(history, 'transaction', whole);
	const lines = transactions.flatMap((voucher) => voucher.lines);
	const ownLines = (role: string) =>
		lines
			.filter((line) => line.role === role && !/^Fees invoiced/.test(line.text))
			.map(({ pspReference, debit, credit }) => [pspReference, debit - credit]);
	const expected = (entries: MoneyEntry[]) =>
		entries
			.filter(({ type }) => type !== 'fees-invoiced')
			.map(({ pspReference, amount }) => [pspReference, amount]);
	expect(ownLines('clearing')).toEqual(expected(book.funds));
	expect([...ownLines('receivable')].sort()).toEqual([...expected(book.fees)].sort());

	// A voucher for each of them, but one for retained fees on both ledgers, and fees with their capture.
	const entries = [...book.funds, ...book.fees];
	const isRetained = ({ type }: MoneyEntry) => type === 'fees-retained';
	const hasCapture = ({ topic, type, date, pspReference }: MoneyEntry) =>
		topic === 'fees' &&
		type === 'capture-fee' &&
		book.funds.some(
			(one) => one.type === 'capture' && one.date === date && one.pspReference === pspReference,
		);
	const retained = new Set(entries.filter(isRetained).map(({ date }) => date));
	const alone = entries.filter((entry) => !isRetained(entry) && !hasCapture(entry));
	expect(transactions).toHaveLength(retained.size + alone.length);

	// Closed payouts have all entries up to the last of them, and all fees up to its date.
	const payouts = book.funds.filter(({ type }) => type === 'payout-scheduled');
	const last = payouts.at(-1);
	const paid = vouchersOf(history, 'payout', whole);
	expect(paid.map(({ voucherKey }) => voucherKey)).toEqual(
		payouts.map(({ pspReference }) => pspReference.replace('-', '-payout-')),
	);
	if (!last) return;
	expectAccounts(
		paid,
		book.funds.slice(0, book.funds.indexOf(last) + 1),
		book.fees.filter(({ date }) => date <= last.date),
	);
}
