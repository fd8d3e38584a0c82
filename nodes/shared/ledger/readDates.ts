import type { LedgerDate } from './dates';
import { Identifier } from './dedupeKey';
import type { DatePage, Entry, Topic } from './feed';

export interface DateReading {
	date: LedgerDate;
	entries: Entry[];
	/** Whether entries may still be added to this date. */
	open: boolean;
}

export type ReadDatePage = (date: LedgerDate, cursor?: string) => Promise<DatePage>;

/** Dates that are read at the same time. */
const CONCURRENCY = 5;

async function readDate(readPage: ReadDatePage, date: LedgerDate): Promise<DateReading> {
	const entries: Entry[] = [];
	const cursors = new Set<string>();
	for (let cursor: string | undefined; ; ) {
		const page = await readPage(date, cursor);
		for (const entry of page.entries) entries.push(entry);
		cursor = page.cursor;
		if (cursor === undefined) return { date, entries, open: page.open };
		if (cursors.has(cursor)) {
			throw new Error(
				`Vipps MobilePay gave the same page of ${date} twice; the date cannot be read completely`,
			);
		}
		cursors.add(cursor);
	}
}

/**
 * Reads every page of every date, in the order of the dates. A date that cannot be read
 * completely makes the whole reading fail: a part of the truth is not given.
 *
 * @param options.enough stop behind the date with which this many entries are there
 * @param options.skipOpen leave dates out to which entries may still be added
 */
export async function readDates(
	dates: LedgerDate[],
	readPage: ReadDatePage,
	{ enough = Infinity, skipOpen = false }: { enough?: number; skipOpen?: boolean } = {},
): Promise<DateReading[]> {
	const readings: DateReading[] = [];
	// With a limit, the dates are read one by one, so that none is read in vain.
	const step = enough === Infinity ? CONCURRENCY : 1;
	let count = 0;
	for (let start = 0; start < dates.length && count < enough; start += step) {
		const batch = dates.slice(start, start + step);
		const read = await Promise.all(batch.map(async (date) => await readDate(readPage, date)));
		for (const reading of read) {
			if (skipOpen && reading.open) continue;
			readings.push(reading);
			count += reading.entries.length;
		}
	}
	return readings;
}

/** Adds to entries of one ledger and topic what the trigger adds to them, too. */
export function markEntries(
	topic: Topic,
	ledgerId: string,
	readings: Array<{ entries: Entry[] }>,
): Entry[] {
	const identifier = new Identifier(topic, ledgerId);
	return readings.flatMap(({ entries }) =>
		entries.map((entry) => ({ ...entry, topic, ledgerId, dedupeKey: identifier.next(entry) })),
	);
}
