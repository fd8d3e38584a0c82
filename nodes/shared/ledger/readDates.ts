import type { LedgerDate } from './dates';
import { Identifier } from './dedupeKey';
import type { DatePage, Entry, Topic } from './feed';

export interface DateReading<T = Entry> {
	date: LedgerDate;
	entries: T[];
	/** Whether entries may still be added to this date. */
	open: boolean;
}

/** Gives a page of a date; what of its entries is needed may be picked here, so that the rest goes at once. */
export type ReadDatePage<T = Entry> = (date: LedgerDate, cursor?: string) => Promise<DatePage<T>>;

export interface ReadDatesOptions {
	/** Dates that are read at the same time. */
	sideBySide?: number;
	/** Stop behind the date with which this many entries are there. */
	enough?: number;
	/** Leave dates out to which entries may still be added. */
	skipOpen?: boolean;
}

const SIDE_BY_SIDE = 10;

async function readDate<T>(
	readPage: ReadDatePage<T>,
	date: LedgerDate,
	isWanted: () => boolean,
): Promise<DateReading<T>> {
	const entries: T[] = [];
	const cursors = new Set<string>();
	for (let cursor: string | undefined; ; ) {
		const page = await readPage(date, cursor);
		for (const entry of page.entries) entries.push(entry);
		cursor = page.cursor;
		if (cursor === undefined || !isWanted()) return { date, entries, open: page.open };
		if (cursors.has(cursor)) {
			throw new Error(
				`Vipps MobilePay gave the same page of ${date} twice; the date cannot be read completely`,
			);
		}
		cursors.add(cursor);
	}
}

/**
 * Reads every page of every date and hands the dates on in their order, each as soon as it and
 * all before it are there; meanwhile those behind it are read. A date that cannot be read
 * completely makes the whole reading fail: a part of the truth is not given.
 */
async function eachDate<T>(
	dates: LedgerDate[],
	readPage: ReadDatePage<T>,
	{ sideBySide = SIDE_BY_SIDE, enough = Infinity, skipOpen = false }: ReadDatesOptions,
	take: (reading: DateReading<T>) => void,
): Promise<void> {
	const waiting = new Map<number, DateReading<T>>();
	let started = 0;
	let handedOn = 0;
	let count = 0;
	let failed = false;

	function handOn(): void {
		for (let next; (next = waiting.get(handedOn)); handedOn++) {
			waiting.delete(handedOn);
			if ((skipOpen && next.open) || count >= enough) continue;
			count += next.entries.length;
			take(next);
		}
	}

	async function readOn(): Promise<void> {
		while (started < dates.length && count < enough && !failed) {
			const index = started++;
			try {
				waiting.set(index, await readDate(readPage, dates[index], () => !failed));
			} finally {
				// What else is under way ends with its page.
				failed ||= !waiting.has(index);
			}
			handOn();
		}
	}

	// With a limit, the dates are read one by one, so that none is read in vain.
	const readers = enough === Infinity ? Math.min(sideBySide, dates.length) : 1;
	await Promise.all(Array.from({ length: readers }, readOn));
}

/** Reads dates completely, in their order; see the options for those that are left out. */
export async function readDates<T>(
	dates: LedgerDate[],
	readPage: ReadDatePage<T>,
	options: ReadDatesOptions = {},
): Promise<Array<DateReading<T>>> {
	const readings: Array<DateReading<T>> = [];
	await eachDate(dates, readPage, options, (reading) => readings.push(reading));
	return readings;
}

/** Entries with what the trigger adds to them, too, and which of their dates are still open. */
export interface MarkedReading {
	entries: Entry[];
	open: LedgerDate[];
}

/** {@link readDates} and {@link markEntries} in one: marks while it waits for further dates. */
export async function readMarked(
	topic: Topic,
	ledgerId: string,
	dates: LedgerDate[],
	readPage: ReadDatePage,
	options: ReadDatesOptions = {},
): Promise<MarkedReading> {
	const identifier = new Identifier(topic, ledgerId);
	const marked: MarkedReading = { entries: [], open: [] };
	await eachDate(dates, readPage, options, ({ date, open, entries }) => {
		if (open) marked.open.push(date);
		for (const entry of entries) marked.entries.push(identifier.mark(entry));
	});
	return marked;
}

/** Adds to entries of one ledger and topic what the trigger adds to them, too. */
export function markEntries(
	topic: Topic,
	ledgerId: string,
	readings: Array<{ entries: Entry[] }>,
): Entry[] {
	const identifier = new Identifier(topic, ledgerId);
	return readings.flatMap(({ entries }) => entries.map((entry) => identifier.mark(entry)));
}
