import type { LedgerDate } from '../ledger/dates';
import { openingBalance } from './continuity';
import { sumOf, type Book, type MoneyEntry } from './entry';
import { feesGroups, fundsGroups, type FeesGroups, type FundsGroups } from './groups';

/** What a ledger did over some dates. All amounts: minor units, signed as in the ledger. */
export interface Summary extends FundsGroups {
	ledgerId: string;
	currency: string;
	fromDate: LedgerDate;
	toDate: LedgerDate;
	/** Null when no entry tells a balance. */
	balanceBefore: number | null;
	balanceAfter: number | null;
	entryCount: number;
	fees: FeesGroups & { balanceBefore: number | null; balanceAfter: number | null };
}

const plus = (balance: number | null, entries: MoneyEntry[]): number | null =>
	balance === null ? null : balance + sumOf(entries);

function summarize(
	{ ledgerId, currency }: Book,
	dates: LedgerDate[],
	funds: MoneyEntry[],
	fees: MoneyEntry[],
	before: { funds: number | null; fees: number | null },
): Summary {
	return {
		ledgerId,
		currency,
		fromDate: dates[0],
		toDate: dates[dates.length - 1],
		balanceBefore: before.funds,
		...fundsGroups(funds),
		balanceAfter: plus(before.funds, funds),
		entryCount: funds.length + fees.length,
		fees: {
			balanceBefore: before.fees,
			...feesGroups(fees),
			balanceAfter: plus(before.fees, fees),
		},
	};
}

export function byDate(entries: MoneyEntry[]): Map<LedgerDate, MoneyEntry[]> {
	const dates = new Map<LedgerDate, MoneyEntry[]>();
	for (const entry of entries) {
		const own = dates.get(entry.date);
		if (own) own.push(entry);
		else dates.set(entry.date, [entry]);
	}
	return dates;
}

/** The whole period in one. */
export function periodSummary(book: Book): Summary {
	const before = {
		funds: openingBalance(book.funds) ?? null,
		fees: openingBalance(book.fees) ?? null,
	};
	return summarize(book, book.dates, book.funds, book.fees, before);
}

/** One summary a ledger date, also for those without entries: each begins where the last ended. */
export function dateSummaries(book: Book): Summary[] {
	const funds = byDate(book.funds);
	const fees = byDate(book.fees);
	let before = {
		funds: openingBalance(book.funds) ?? null,
		fees: openingBalance(book.fees) ?? null,
	};
	return book.dates.map((date) => {
		const summary = summarize(book, [date], funds.get(date) ?? [], fees.get(date) ?? [], before);
		before = { funds: summary.balanceAfter, fees: summary.fees.balanceAfter };
		return summary;
	});
}
