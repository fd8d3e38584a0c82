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
	/** The date after the last payout before the book, when that is known. */
	unpaidFrom?: LedgerDate;
}

/** A payout with all entries since the one before it. */
export interface PayoutCut {
	payout: MoneyEntry;
	/** The date of the payout before it in the book. */
	previous?: LedgerDate;
	/** The payout is the last of them. */
	funds: MoneyEntry[];
	/** Those of the dates after the payout before it, up to its own. */
	fees: MoneyEntry[];
}

/** Cuts a book at its payouts: each entry up to the last payout is in exactly one part. */
export function cutAtPayouts({ funds, fees }: Book): PayoutCut[] {
	const cuts: PayoutCut[] = [];
	let start = 0;
	let firstFee = 0;
	funds.forEach((payout, index) => {
		if (!isPayout(payout)) return;
		let endOfFees = firstFee;
		while (endOfFees < fees.length && fees[endOfFees].date <= payout.date) endOfFees++;
		cuts.push({
			payout,
			previous: cuts[cuts.length - 1]?.payout.date,
			funds: funds.slice(start, index + 1),
			fees: fees.slice(firstFee, endOfFees),
		});
		start = index + 1;
		firstFee = endOfFees;
	});
	return cuts;
}

function settlementOf(groups: FundsGroups, fees: MoneyEntry[]): Payout['settlement'] {
	if (groups.feesRetained !== 0) return 'net';
	return fees.some(({ type }) => type === 'capture-fee') ? 'gross' : null;
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

/**
 * Finds for each payout the later entry that took it back: the one with its reference, or else
 * the first of the same amount. What the reference of such an entry is, is not documented.
 */
function abortionsOf(funds: MoneyEntry[]): Map<MoneyEntry, MoneyEntry> {
	const found = new Map<MoneyEntry, MoneyEntry>();
	const payouts: MoneyEntry[] = [];
	for (const entry of funds) {
		if (isPayout(entry)) payouts.push(entry);
		if (entry.type !== 'payout-aborted') continue;
		const waiting = payouts.filter(
			(payout) => !found.has(payout) && payout.amount === -entry.amount,
		);
		const own = waiting.find(({ pspReference }) => pspReference === entry.pspReference);
		const payout = own ?? waiting[0];
		if (payout) found.set(payout, entry);
	}
	return found;
}

/**
 * The payouts that were scheduled on the dates of the period. The book has to reach back to
 * the payout before the first one, as far as there is one; what it has behind the period tells
 * which payouts were taken back.
 */
export function payoutsOf(book: Book, frame: PayoutFrame): Payout[] {
	const { ledgerId, currency, dates } = book;
	const abortions = abortionsOf(book.funds);
	const isAsked = ({ payout: { date } }: PayoutCut) =>
		date >= frame.fromDate && date <= frame.toDate;
	return cutAtPayouts(book)
		.filter(isAsked)
		.map((cut): Payout => {
			const { payout: entry, previous, funds, fees } = cut;
			const before = openingBalance(funds) ?? null;
			const groups = fundsGroups(funds);
			const moment = parseTime(entry.time);
			const payout: Payout = {
				ledgerId,
				currency,
				payoutNumber: payoutNumber(entry.pspReference),
				pspReference: entry.pspReference,
				bankReference: entry.reference === '' ? null : entry.reference,
				scheduledDate: moment === undefined ? entry.date : dateInZone(moment, frame.timeZone),
				fromDate:
					previous === undefined
						? (frame.unpaidFrom ?? funds[0].date)
						: firstDate(previous, funds, dates),
				toDate: entry.date,
				amount: -entry.amount,
				balanceBefore: before,
				...groups,
				balanceAfter: before === null ? null : before + sumOf(funds),
				captureCount: funds.filter(({ type }) => type === 'capture').length,
				refundCount: funds.filter(({ type }) => type === 'refund').length,
				settlement: settlementOf(groups, fees),
				abortedDate: abortions.get(entry)?.date ?? null,
				review: [],
			};
			const startsUnknown =
				previous === undefined && frame.unpaidFrom === undefined && before !== 0;
			return { ...payout, review: remarks(payout, frame, startsUnknown) };
		});
}

/** A payout pays out whole dates: from the one after the last payout, unless entries followed that one. */
function firstDate(previous: LedgerDate, covered: MoneyEntry[], dates: LedgerDate[]): LedgerDate {
	const next = addDays(previous, 1);
	const first = covered[0].date;
	return first < next || !dates.includes(next) ? first : next;
}
