import { getDatePage } from '../api/report';
import { addDays, dateInZone, listDates, type LedgerDate } from '../ledger/dates';
import type { Ledger } from '../ledger/ledger';
import { countryOf, timeZoneOf } from '../ledger/market';
import { readDates } from '../ledger/readDates';
import { isPayout, toMoneyEntry, type Book, type MoneyEntry } from '../settlement/entry';
import { openingBalance } from '../settlement/continuity';
import type { PayoutFrame } from '../settlement/payouts';
import type { ApiClient } from '../transport/client';

/** A payout reaches back to the one before: at most a month and some days, or a negative balance. */
const FARTHEST_DAYS = 70;
/** Dates that are read at once on the way there. */
const STEP_DAYS = 7;
/** Who has no money waiting and had no entries for so long had none before, either. */
const QUIET_DAYS = 35;
/** A bank sends back what it cannot pay in within days. */
const ABORTION_DAYS = 7;

/** A book that was read, with its ledger and the period that was asked for. */
export interface ReadBook extends Book {
	ledger: Ledger;
	fromDate: LedgerDate;
	toDate: LedgerDate;
}

/** Some dates of both topics, and which of them are still open. */
export interface Pages {
	funds: MoneyEntry[];
	fees: MoneyEntry[];
	open: LedgerDate[];
}

async function readTopic(
	client: ApiClient,
	ledgerId: string,
	topic: 'funds' | 'fees',
	dates: LedgerDate[],
): Promise<{ entries: MoneyEntry[]; open: LedgerDate[] }> {
	const readings = await readDates(
		dates,
		async (date, cursor) => {
			const page = await getDatePage(client, { ledgerId, topic }, date, cursor);
			return { ...page, entries: page.entries.map((entry) => toMoneyEntry(entry, topic, date)) };
		},
		{ sideBySide: client.concurrency },
	);
	return {
		entries: readings.flatMap(({ entries }) => entries),
		open: readings.filter(({ open }) => open).map(({ date }) => date),
	};
}

export async function readPages(
	client: ApiClient,
	ledgerId: string,
	dates: LedgerDate[],
): Promise<Pages> {
	const [funds, fees] = await Promise.all([
		readTopic(client, ledgerId, 'funds', dates),
		readTopic(client, ledgerId, 'fees', dates),
	]);
	return { funds: funds.entries, fees: fees.entries, open: [...funds.open, ...fees.open] };
}

const fundsOf = async (client: ApiClient, ledgerId: string, dates: LedgerDate[]) =>
	(await readTopic(client, ledgerId, 'funds', dates)).entries;

const lastPayoutIn = (funds: MoneyEntry[]): MoneyEntry | undefined => funds.filter(isPayout).at(-1);

/**
 * The book, led back to the payout before it, so that its first payout is complete: from the
 * date of that payout on, whose fees belong to it and are left out. A balance of zero is no sign
 * that nothing came before: money that came may have gone again.
 */
export async function withEarlierDates(client: ApiClient, book: ReadBook): Promise<ReadBook> {
	if (!book.funds.some(isPayout)) return book;
	const { ledgerId } = book;
	let earlier: LedgerDate[] = [];
	let funds: MoneyEntry[] = [];
	// Most merchants are paid out daily, so that the first step is short.
	for (let step = 1; earlier.length < FARTHEST_DAYS; step = STEP_DAYS) {
		const end = addDays(earlier[0] ?? book.dates[0], -1);
		const dates = listDates(addDays(end, 1 - step), end);
		funds = [...(await fundsOf(client, ledgerId, dates)), ...funds];
		earlier = [...dates, ...earlier];
		const isQuiet = funds.length === 0 && openingBalance(book.funds) === 0;
		if (funds.some(isPayout) || (isQuiet && earlier.length >= QUIET_DAYS)) break;
	}
	const payout = lastPayoutIn(funds);
	const start = payout?.date ?? funds[0]?.date ?? book.dates[0];
	const dates = earlier.filter((date) => date >= start);
	const unpaid = dates.filter((date) => date !== payout?.date);
	const fees = (await readTopic(client, ledgerId, 'fees', unpaid)).entries;
	return {
		...book,
		dates: [...dates, ...book.dates],
		funds: [...funds.filter(({ date }) => date >= start), ...book.funds],
		fees: [...fees, ...book.fees],
	};
}

/** The book with the payouts behind it that were taken back, as far as there are any yet. */
export async function withAbortions(
	client: ApiClient,
	book: ReadBook,
	today: LedgerDate,
): Promise<ReadBook> {
	if (!book.funds.some((entry) => isPayout(entry) && entry.date >= book.fromDate)) return book;
	const farthest = addDays(book.toDate, ABORTION_DAYS);
	const dates = listDates(addDays(book.toDate, 1), farthest < today ? farthest : today);
	return { ...book, funds: [...book.funds, ...(await fundsOf(client, book.ledgerId, dates))] };
}

/** A period with one date more at each end. */
export interface Neighbourhood extends ReadBook {
	/** Whether entries may still come on the date after the period. */
	nextDateIsOpen: boolean;
}

/** The book with one date more at each end, where fees and sales of the period may stand. */
export async function withNeighbours(
	client: ApiClient,
	book: ReadBook,
	today: LedgerDate,
): Promise<Neighbourhood> {
	const before = addDays(book.dates[0], -1);
	const after = addDays(book.dates[book.dates.length - 1], 1);
	const dates = after <= today ? [before, after] : [before];
	const { funds, fees, open } = await readPages(client, book.ledgerId, dates);
	const split = (entries: MoneyEntry[], own: MoneyEntry[]) => [
		...entries.filter(({ date }) => date === before),
		...own,
		...entries.filter(({ date }) => date === after),
	];
	return {
		...book,
		dates: [before, ...book.dates, ...dates.slice(1)],
		funds: split(funds, book.funds),
		fees: split(fees, book.fees),
		nextDateIsOpen: after > today || open.includes(after),
	};
}

/**
 * The funds entries of a book and those behind it, as far as the payout that settles the last
 * entries of the period, if there is one already.
 */
export async function fundsToNextPayout(
	client: ApiClient,
	{ ledgerId, dates, funds, fees, fromDate, toDate }: ReadBook,
	today: LedgerDate,
): Promise<MoneyEntry[]> {
	const last = [...funds, ...fees]
		.map(({ date }) => date)
		.filter((date) => date >= fromDate && date <= toDate)
		.reduce((one, other) => (other > one ? other : one), '');
	const isSettled = (entries: MoneyEntry[]) =>
		last === '' || entries.some((entry) => isPayout(entry) && entry.date >= last);
	let all = funds;
	let end = dates[dates.length - 1];
	for (let days = 0; days < FARTHEST_DAYS && !isSettled(all) && end < today; days += STEP_DAYS) {
		const farthest = addDays(end, STEP_DAYS);
		const next = listDates(addDays(end, 1), farthest < today ? farthest : today);
		all = [...all, ...(await fundsOf(client, ledgerId, next))];
		end = farthest;
	}
	return all;
}

export const payoutFrame = ({ ledger, fromDate, toDate }: ReadBook): PayoutFrame => ({
	country: countryOf(ledger),
	timeZone: timeZoneOf(ledger),
	fromDate,
	toDate,
});

/** The date that it is now in the ledger's market, by the API's clock. */
export const todayOf = (client: ApiClient, ledger: Partial<Ledger>): LedgerDate =>
	dateInZone(client.serverTimeAt(Date.now()), timeZoneOf(ledger));
