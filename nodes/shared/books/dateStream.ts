import type { ApiClient } from '../transport/client';
import { addDays, listDates, type LedgerDate } from '../ledger/dates';
import type { FeedPage } from '../ledger/feed';
import type { Ledger } from '../ledger/ledger';
import { countryOf, timeZoneOf } from '../ledger/market';
import { balanceBreaks } from '../settlement/continuity';
import { currencyOf, isPayout, type Book } from '../settlement/entry';
import { payoutsOf } from '../settlement/payouts';
import { periodSummary } from '../settlement/summary';
import { readPages, todayOf, withEarlierDates, type Pages } from './readBook';

/** An open date is asked for again after half an hour, as the API's guide advises. */
const ASK_AGAIN_MS = 1_800_000;

/** What a stream of dates remembers as its cursor; our own, unlike the API's. */
interface Place {
	/** The next date to look at. */
	date: LedgerDate;
	/** Balances at its beginning, as far as they are known, for dates without entries. */
	funds?: number;
	fees?: number;
	/** The first date after the last payout, as far as it is known. */
	unpaid?: LedgerDate;
}

/** Reads the dates of one poll once for all streams that want them. */
export class DateReader {
	private readonly readings = new Map<string, Promise<Pages>>();

	constructor(
		private readonly client: ApiClient,
		/** When a date was last seen open, by ledger and date; outlives the poll. */
		private readonly seenOpen: Map<string, number>,
	) {}

	/** The entries of a date; undefined while it is open. */
	async read(ledgerId: string, date: LedgerDate): Promise<Pages | undefined> {
		const key = `${ledgerId} ${date}`;
		const reading = this.readings.get(key) ?? this.ask(key, ledgerId, date);
		this.readings.set(key, reading);
		const pages = await reading;
		return pages.open.length > 0 ? undefined : pages;
	}

	private async ask(key: string, ledgerId: string, date: LedgerDate): Promise<Pages> {
		const seen = this.seenOpen.get(key);
		if (seen !== undefined && Date.now() - seen < ASK_AGAIN_MS) {
			return { funds: [], fees: [], open: [date] };
		}
		const pages = await readPages(this.client, ledgerId, [date]);
		if (pages.open.length > 0) this.seenOpen.set(key, Date.now());
		else this.seenOpen.delete(key);
		return pages;
	}
}

function bookOf(ledger: Ledger, dates: LedgerDate[], pages: Pick<Pages, 'funds' | 'fees'>): Book {
	const { funds, fees } = pages;
	const currency = currencyOf([...funds, ...fees], ledger.currency);
	return { ledgerId: ledger.ledgerId, currency, dates, funds, fees };
}

function summaryOf(book: Book, { funds, fees }: Place) {
	const summary = periodSummary(book);
	const { balanceBefore = null, balanceAfter = null, fees: own } = summary;
	const carried = {
		...summary,
		balanceBefore: balanceBefore ?? funds ?? null,
		balanceAfter: balanceAfter ?? funds ?? null,
		fees: {
			...own,
			balanceBefore: own.balanceBefore ?? fees ?? null,
			balanceAfter: own.balanceAfter ?? fees ?? null,
		},
	};
	const breaks = [...balanceBreaks(book.funds), ...balanceBreaks(book.fees)];
	return breaks.length > 0 ? { ...carried, balanceBreaks: breaks } : carried;
}

async function payoutsOn(
	client: ApiClient,
	ledger: Ledger,
	reader: DateReader,
	{ date, unpaid }: Place,
	pages: Pages,
) {
	const frame = {
		country: countryOf(ledger),
		timeZone: timeZoneOf(ledger),
		fromDate: date,
		toDate: date,
	};
	if (!pages.funds.some(isPayout)) return [];
	if (unpaid === undefined) {
		const book = { ...bookOf(ledger, [date], pages), ledger, fromDate: date, toDate: date };
		return payoutsOf(await withEarlierDates(client, book), frame);
	}
	const dates = listDates(unpaid, date);
	const all = await Promise.all(dates.map(async (one) => await reader.read(ledger.ledgerId, one)));
	const known = all.filter((one): one is Pages => one !== undefined);
	const funds = known.flatMap((one) => one.funds);
	const fees = known.flatMap((one) => one.fees);
	return payoutsOf(bookOf(ledger, dates, { funds, fees }), { ...frame, unpaidFrom: unpaid });
}

/**
 * Ledger dates as a feed: a page is a date, and the feed is at its end where dates are open.
 * It gives the summary of each date once it is complete, or its payouts.
 *
 * @param firstDate where the feed begins
 */
export const readDatePage =
	(
		client: ApiClient,
		topic: 'ledgerDate' | 'payout',
		ledger: Ledger,
		reader: DateReader,
		firstDate: () => Promise<LedgerDate>,
	) =>
	async (cursor: string | undefined): Promise<FeedPage> => {
		const place: Place =
			cursor === undefined ? { date: await firstDate() } : (JSON.parse(cursor) as Place);
		const here = JSON.stringify(place);
		const { date } = place;
		if (date >= todayOf(client, ledger)) return { entries: [], cursor: here, atEnd: true };
		const pages = await reader.read(ledger.ledgerId, date);
		if (!pages) return { entries: [], cursor: here, atEnd: true };

		const next = addDays(date, 1);
		if (topic === 'payout') {
			const payouts = await payoutsOn(client, ledger, reader, place, pages);
			const unpaid = payouts.length > 0 ? next : place.unpaid;
			const entries = payouts.map((payout) => ({ ...payout }));
			return { entries, cursor: JSON.stringify({ date: next, unpaid }), atEnd: false };
		}
		const summary = summaryOf(bookOf(ledger, [date], pages), place);
		const balances = {
			funds: summary.balanceAfter ?? undefined,
			fees: summary.fees.balanceAfter ?? undefined,
		};
		const behind = JSON.stringify({ date: next, ...balances });
		return { entries: [{ ...summary }], cursor: behind, atEnd: false };
	};
