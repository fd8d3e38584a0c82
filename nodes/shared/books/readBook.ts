import { getDatePage } from '../api/report';
import { addDays, dateInZone, listDates, type LedgerDate } from '../ledger/dates';
import type { Ledger } from '../ledger/ledger';
import { countryOf, timeZoneOf } from '../ledger/market';
import { readDates, type DateReading } from '../ledger/readDates';
import { isPayout, toMoneyEntry, type Book, type MoneyEntry } from '../settlement/entry';
import { openingBalance } from '../settlement/continuity';
import type { PayoutFrame } from '../settlement/payouts';
import type { ApiClient } from '../transport/client';

/** A payout reaches back to the one before: at most a month and some days, or a negative balance. */
const FARTHEST_DAYS = 70;
/** Dates that are read at once on the way there. */
const STEP_DAYS = 7;

/** A book that was read, with its ledger and the period that was asked for. */
export interface ReadBook extends Book {
	ledger: Ledger;
	fromDate: LedgerDate;
	toDate: LedgerDate;
}

/** Some dates of both topics; those that are still open apart. */
export interface Pages {
	funds: MoneyEntry[];
	fees: MoneyEntry[];
	open: DateReading[];
}

export async function readPages(
	client: ApiClient,
	ledgerId: string,
	dates: LedgerDate[],
): Promise<Pages> {
	const read = async (topic: 'funds' | 'fees') =>
		await readDates(
			dates,
			async (date, cursor) => await getDatePage(client, { ledgerId, topic }, date, cursor),
		);
	const [funds, fees] = await Promise.all([read('funds'), read('fees')]);
	const money = (readings: DateReading[], topic: 'funds' | 'fees') =>
		readings.flatMap(({ date, entries }) =>
			entries.map((entry) => toMoneyEntry(entry, topic, date)),
		);
	return {
		funds: money(funds, 'funds'),
		fees: money(fees, 'fees'),
		open: [...funds, ...fees].filter(({ open }) => open),
	};
}

/** Whether something before the book belongs to its first payout. */
const beginsWithin = ({ funds }: Book): boolean => (openingBalance(funds) ?? 0) !== 0;

/** The book, led back to the payout before it, so that its first payout is complete. */
export async function withEarlierDates(client: ApiClient, book: ReadBook): Promise<ReadBook> {
	let extended = book;
	for (let days = 0; days < FARTHEST_DAYS && beginsWithin(extended); days += STEP_DAYS) {
		const end = addDays(extended.dates[0], -1);
		const dates = listDates(addDays(end, 1 - STEP_DAYS), end);
		const { funds, fees } = await readPages(client, book.ledgerId, dates);
		extended = {
			...extended,
			dates: [...dates, ...extended.dates],
			funds: [...funds, ...extended.funds],
			fees: [...fees, ...extended.fees],
		};
		if (funds.some(isPayout)) break;
	}
	return extended;
}

/** The book with one date more at each end, where fees and sales of the period may stand. */
export async function withNeighbours(
	client: ApiClient,
	book: ReadBook,
	today: LedgerDate,
): Promise<ReadBook> {
	const before = addDays(book.dates[0], -1);
	const after = addDays(book.dates[book.dates.length - 1], 1);
	const dates = after <= today ? [before, after] : [before];
	const { funds, fees } = await readPages(client, book.ledgerId, dates);
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
	};
}

/** The book, led on to the payout that pays out its last entries, if there is one already. */
export async function withNextPayout(
	client: ApiClient,
	book: ReadBook,
	today: LedgerDate,
): Promise<ReadBook> {
	let extended = book;
	for (let days = 0; days < FARTHEST_DAYS; days += STEP_DAYS) {
		const { funds, dates } = extended;
		const last = funds.findIndex(({ date }) => date > book.toDate);
		const waiting = funds.slice(0, last < 0 ? undefined : last).at(-1);
		if (
			!waiting ||
			isPayout(waiting) ||
			funds.some((one) => isPayout(one) && one.date > book.toDate)
		) {
			break;
		}
		const start = addDays(dates[dates.length - 1], 1);
		if (start > today) break;
		const end = addDays(start, STEP_DAYS - 1);
		const next = listDates(start, end < today ? end : today);
		const pages = await readPages(client, book.ledgerId, next);
		extended = {
			...extended,
			dates: [...dates, ...next],
			funds: [...funds, ...pages.funds],
			fees: [...extended.fees, ...pages.fees],
		};
	}
	return extended;
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
