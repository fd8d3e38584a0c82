import { createHash } from 'node:crypto';
import type { Entry, Topic } from './feed';

const grossOf = ({ amounts }: Entry): unknown => (amounts as { gross?: unknown } | null)?.gross;

/** The balances are those of one ledger in one currency, so that both go without saying. */
function ledgerEntry(entry: Entry): unknown[] {
	const { pspReference, entryType, amount, balanceBefore, balanceAfter } = entry;
	return [pspReference, entryType, amount, balanceBefore, balanceAfter];
}

/**
 * The fields that make an entry what it is, besides its time. Only these: the API may add fields
 * to old entries at any time, and personal data comes or stays away with an option. The ledger
 * date is none of them, as not every answer has it. Few, as this is done for each of millions.
 */
const CORE: Readonly<Record<Topic, (entry: Entry) => unknown[]>> = {
	funds: ledgerEntry,
	fees: ledgerEntry,
	// Money that was never at Vipps MobilePay has no PSP reference.
	sales: (entry) => [
		entry.pspReference ?? entry.reference,
		entry.entryType,
		entry.paymentType,
		grossOf(entry),
	],
	// A closed date never changes, and neither does a payout that was scheduled.
	ledgerDate: (entry) => [entry.fromDate],
	payout: (entry) => [entry.pspReference],
};

/** Stands in hardly any text of the API, and goes into addresses and file names as it is. */
const SEPARATOR = '~';

/** A key that would be longer is cut down to a hash, so that it fits into a database's index. */
const LONGEST = 120;

const HASH_LENGTH = 22;

const digest = (text: string): string =>
	createHash('sha256').update(text).digest('base64url').slice(0, HASH_LENGTH);

/** Joined and not added up: one text in one piece, which takes less memory. */
function join(parts: readonly unknown[]): string {
	const whole = parts.join(SEPARATOR);
	let separators = 0;
	for (let at = whole.indexOf(SEPARATOR); at >= 0; at = whole.indexOf(SEPARATOR, at + 1)) {
		separators++;
	}
	// One within a part could make two entries look alike.
	const isClear = separators === parts.length - 1;
	if (isClear && whole.length <= LONGEST) return whole;
	return `${String(parts[0])}${SEPARATOR}${digest(JSON.stringify(parts))}`;
}

/**
 * Where a reader of a stream stands among entries of the same moment. Two sales for the same
 * amount in the same second can be alike in everything that we may look at; they are then
 * told apart by their order, which never changes. Plain JSON, as it is kept between polls.
 */
export interface Moment {
	time: string;
	/** How many entries with a fingerprint have come at this moment. */
	seen: Record<string, number>;
}

/** An entry as the nodes give it. */
export type MarkedEntry = Entry & { topic: Topic; ledgerId: string; dedupeKey: string };

/** Bounds the state when very many entries carry one and the same time. */
const MOST_FINGERPRINTS = 200;

/** Gives the entries of one stream their dedupe keys, in the order in which the API lists them. */
export class Identifier {
	private readonly prefix: string;
	private readonly core: (entry: Entry) => unknown[];
	private time: string | undefined;
	/** The first key of this moment that was given here. Few moments have a second one. */
	private first: string | undefined;
	/** Counts of all of them, as soon as there are several. */
	private readonly seen = new Map<string, number>();
	/** Counts that an earlier reader has left behind, by fingerprint, while its moment lasts. */
	private earlier: Map<string, number>;

	/** @param moment where an earlier reader of the stream stopped */
	constructor(
		private readonly topic: Topic,
		private readonly ledgerId: string,
		moment?: Moment,
	) {
		this.prefix = `${topic}-${ledgerId}`;
		this.core = CORE[topic];
		this.time = moment?.time;
		this.earlier = new Map(Object.entries(moment?.seen ?? {}));
	}

	/**
	 * The key of the next entry: the same in every run for the same entry, and another one for
	 * any other entry of the ledger and topic.
	 */
	next(entry: Entry): string {
		const time = String(entry.time ?? entry.toDate ?? '');
		if (time !== this.time) {
			this.time = time;
			this.first = undefined;
			if (this.seen.size > 0) this.seen.clear();
			if (this.earlier.size > 0) this.earlier = new Map();
		}
		const key = join([this.prefix, time, ...this.core(entry)]);
		if (this.first === undefined && this.earlier.size === 0) {
			this.first = key;
			return key;
		}
		const before = this.count(key);
		return before > 0 ? `${key}${SEPARATOR}${before}` : key;
	}

	/**
	 * Writes where the next entry is from, and its key, into the entry itself: nobody else holds
	 * what a page has brought, and copies of all entries would take as much memory once more.
	 */
	mark(entry: Entry): MarkedEntry {
		const dedupeKey = this.next(entry);
		entry.topic = this.topic;
		entry.ledgerId = this.ledgerId;
		entry.dedupeKey = dedupeKey;
		return entry as MarkedEntry;
	}

	/** Counts a key of this moment. @returns how often it had come before */
	private count(key: string): number {
		if (this.first !== undefined && this.seen.size === 0) this.seen.set(this.first, 1);
		this.first ??= key;
		const before = this.seen.get(key) ?? this.earlierCount(key);
		// The latest comes last, so that it is never among those that are given up.
		if (before > 0) this.seen.delete(key);
		this.seen.set(key, before + 1);
		return before;
	}

	/** What a later reader needs to go on; undefined before the first entry. */
	get moment(): Moment | undefined {
		if (this.time === undefined) return undefined;
		const own = new Map(this.seen);
		if (this.first !== undefined && own.size === 0) own.set(this.first, 1);
		const counts = new Map(this.earlier);
		for (const [key, count] of own) {
			const fingerprint = digest(key);
			counts.delete(fingerprint);
			counts.set(fingerprint, count);
		}
		const latest = [...counts].slice(-MOST_FINGERPRINTS);
		return { time: this.time, seen: Object.fromEntries(latest) };
	}

	private earlierCount(key: string): number {
		return this.earlier.size > 0 ? (this.earlier.get(digest(key)) ?? 0) : 0;
	}
}
