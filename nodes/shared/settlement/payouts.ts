import { addDays, dateInZone, parseTime, type LedgerDate } from '../ledger/dates';
import { toMajor } from '../money';
import { openingBalance } from './continuity';
import { isPayout, payoutNumber, sumOf, type Book, type MoneyEntry } from './entry';
import { fundsGroups, type FundsGroups } from './groups';

/** A payout with what it is made of. Amounts: minor units; the groups signed as in the ledger. */
export interface Payout extends FundsGroups {
	ledgerId: string;
	currency: string;
	/** The number in the bank's text; null when the reference of the payout has none. */
	payoutNumber: string | null;
	pspReference: string;
	/** The text to expect at the bank; null when the API gives none. */
	bankReference: string | null;
	scheduledDate: LedgerDate;
	/** The ledger dates that it pays out. */
	fromDate: LedgerDate;
	toDate: LedgerDate;
	/** Positive: what reaches the bank. */
	amount: number;
	balanceBefore: number | null;
	balanceAfter: number | null;
	captureCount: number;
	refundCount: number;
	/** Whether fees are taken from what is paid out, or invoiced; null when it cannot be told. */
	settlement: 'net' | 'gross' | null;
	/** The ledger date on which it was taken back; null when it was not, as far as is known. */
	abortedDate: LedgerDate | null;
	/** What a bookkeeper should look at; empty when nothing. */
	review: string[];
}

export interface PayoutFrame {
	country: string;
	timeZone: string;
	/** The period that was asked for; the book may reach further. */
	fromDate: LedgerDate;
	toDate: LedgerDate;
}

function settlementOf(
	groups: FundsGroups,
	fees: MoneyEntry[],
	from: LedgerDate,
	to: LedgerDate,
): Payout['settlement'] {
	if (groups.feesRetained !== 0) return 'net';
	const charged = fees.some(
		({ date, type }) => date >= from && date <= to && type === 'capture-fee',
	);
	return charged ? 'gross' : null;
}

function remarks(
	{ bankReference, payoutNumber, balanceBefore, balanceAfter, abortedDate, currency }: Payout,
	{ country }: PayoutFrame,
	startsUnknown: boolean,
): string[] {
	const money = (amount: number) => `${toMajor(amount)} ${currency}`;
	return [
		country === 'NO' &&
			`In Norway the text at the bank differs from the reference in the ledger${bankReference ? ` (${bankReference})` : ''}: match by amount, date and payout number ${payoutNumber ?? ''}`.trim(),
		country !== 'NO' &&
			bankReference === null &&
			'The ledger gives no text for the bank: match by amount and date',
		payoutNumber === null && 'The payout has no number in its reference',
		startsUnknown && 'The payout may pay out earlier dates, too, which were not read',
		balanceBefore !== null &&
			balanceBefore < 0 &&
			`A negative balance of ${money(balanceBefore)} was carried over from before`,
		balanceAfter !== null &&
			balanceAfter > 0 &&
			`${money(balanceAfter)} stayed with Vipps MobilePay, for example as a reserve`,
		abortedDate !== null &&
			`The payout was taken back on ${abortedDate}: do not expect it at the bank`,
	].filter((line): line is string => typeof line === 'string');
}

/** The first later abortion of the same amount that belongs to no earlier payout. */
function abortionOf(payout: MoneyEntry, later: MoneyEntry[], taken: Set<MoneyEntry>) {
	const abortion = later.find(
		(entry) =>
			entry.type === 'payout-aborted' && entry.amount === -payout.amount && !taken.has(entry),
	);
	if (abortion) taken.add(abortion);
	return abortion;
}

/**
 * The payouts that were scheduled on the dates of the period. The book has to reach back to
 * the payout before the first one, as far as there is one.
 */
export function payoutsOf(book: Book, frame: PayoutFrame): Payout[] {
	const { ledgerId, currency, funds, fees, dates } = book;
	const taken = new Set<MoneyEntry>();
	const payouts: Payout[] = [];
	let start = 0;
	funds.forEach((entry, index) => {
		if (!isPayout(entry)) return;
		const covered = funds.slice(start, index + 1);
		const isFirst = start === 0;
		const previous = start === 0 ? undefined : funds[start - 1].date;
		start = index + 1;
		const abortion = abortionOf(entry, funds.slice(start), taken);
		if (entry.date < frame.fromDate || entry.date > frame.toDate) return;

		const before = openingBalance(covered) ?? null;
		const groups = fundsGroups(covered);
		const fromDate = previous === undefined ? covered[0].date : firstDate(previous, covered, dates);
		const moment = parseTime(entry.time);
		const payout: Payout = {
			ledgerId,
			currency,
			payoutNumber: payoutNumber(entry.pspReference),
			pspReference: entry.pspReference,
			bankReference: entry.reference === '' ? null : entry.reference,
			scheduledDate: moment === undefined ? entry.date : dateInZone(moment, frame.timeZone),
			fromDate,
			toDate: entry.date,
			amount: -entry.amount,
			balanceBefore: before,
			...groups,
			balanceAfter: before === null ? null : before + sumOf(covered),
			captureCount: covered.filter(({ type }) => type === 'capture').length,
			refundCount: covered.filter(({ type }) => type === 'refund').length,
			settlement: settlementOf(groups, fees, fromDate, entry.date),
			abortedDate: abortion?.date ?? null,
			review: [],
		};
		payouts.push({ ...payout, review: remarks(payout, frame, isFirst && before !== 0) });
	});
	return payouts;
}

/** A payout pays out whole dates: from the one after the last payout, unless entries followed that one. */
function firstDate(previous: LedgerDate, covered: MoneyEntry[], dates: LedgerDate[]): LedgerDate {
	const next = addDays(previous, 1);
	const first = covered[0].date;
	return first < next || !dates.includes(next) ? first : next;
}
