import { createHash } from 'node:crypto';
import type { Entry, Topic } from './feed';

/**
 * The fields that make an entry what it is. Only these: the API may add fields to old entries
 * at any time, and personal data comes or stays away with an option. The ledger date is none
 * of them, as not every answer has it.
 */
const LEDGER_ENTRY = [
	'entryType',
	'time',
	'pspReference',
	'reference',
	'currency',
	'amount',
	'balanceBefore',
	'balanceAfter',
] as const;

const CORE: Readonly<Record<Topic, readonly string[]>> = {
	funds: LEDGER_ENTRY,
	fees: LEDGER_ENTRY,
	sales: ['entryType', 'time', 'pspReference', 'reference', 'currency', 'paymentType'],
	// A closed date never changes, and neither does a payout that was scheduled.
	ledgerDate: ['fromDate', 'toDate'],
	payout: ['pspReference', 'toDate'],
};

const LENGTH = 22;

const digest = (parts: unknown): string =>
	createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, LENGTH);

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

/** Bounds the state when very many entries carry one and the same time. */
const MOST_FINGERPRINTS = 200;

/** Gives the entries of one stream their dedupe keys, in the order in which the API lists them. */
export class Identifier {
	private time: string | undefined;
	private seen = new Map<string, number>();

	/** @param moment where an earlier reader of the stream stopped */
	constructor(
		private readonly topic: Topic,
		private readonly ledgerId: string,
		moment?: Moment,
	) {
		this.time = moment?.time;
		this.seen = new Map(Object.entries(moment?.seen ?? {}));
	}

	/**
	 * The key of the next entry: the same in every run for the same entry, and another one for
	 * any other entry of the ledger and topic.
	 */
	next(entry: Entry): string {
		const time = String(entry.time ?? entry.toDate ?? '');
		if (time !== this.time) {
			this.time = time;
			this.seen = new Map();
		}
		const gross = (entry.amounts as { gross?: unknown } | null | undefined)?.gross ?? null;
		const core = CORE[this.topic].map((name) => entry[name] ?? null);
		const fingerprint = digest([this.topic, this.ledgerId, ...core, gross]);
		const before = this.seen.get(fingerprint) ?? 0;
		// The latest comes last, so that it is never among those that are given up.
		this.seen.delete(fingerprint);
		this.seen.set(fingerprint, before + 1);
		return `${this.topic}-${this.ledgerId}-${fingerprint}${before > 0 ? `-${before}` : ''}`;
	}

	/** What a later reader needs to go on; undefined before the first entry. */
	get moment(): Moment | undefined {
		if (this.time === undefined) return undefined;
		const latest = [...this.seen].slice(-MOST_FINGERPRINTS);
		return { time: this.time, seen: Object.fromEntries(latest) };
	}
}
