import type { Entry, FeedTopic as Topic } from '../../nodes/shared/ledger/feed';
import { ENDS, Feed } from '../shared/trigger/world';
import type { Random } from './random';

export const TOPICS: readonly Topic[] = ['funds', 'fees', 'sales'];

const MARKETS = {
	NO: { currency: 'NOK', scheme: 'business:NO:ORG', timeZone: 'Europe/Oslo' },
	FI: { currency: 'EUR', scheme: 'business:FI:Y-tunnus', timeZone: 'Europe/Helsinki' },
};

export type Market = keyof typeof MARKETS;

/** Something that the trigger has to hand out, and what has to be known to judge whether it did. */
export interface Fact {
	/** Unlike the dedupe key it differs even between entries that are alike in everything else. */
	id: string;
	/** The entry as JSON text, but for the field that tells its id. */
	text: string;
	/** Moments of the API's clock, in milliseconds. */
	time: number;
	published: number;
	/** In the market of the ledger. */
	ledgerDate: string;
}

export interface LedgerTruth {
	ledgerId: string;
	market: Market;
	/** Whether the keys have access. */
	isOpen: boolean;
	facts: { ledgerId: string; currency: string; owner: { scheme: string; id: string } };
}

export interface FeedTruth {
	key: string;
	ledger: LedgerTruth;
	topic: Topic;
	facts: Fact[];
	/** How the API pages it. */
	feed: Feed;
	balance: number;
}

/** What has changed, for an API that has its own copy of the world. */
export type Change =
	| { kind: 'ledger'; ledger: LedgerTruth }
	| { kind: 'access'; ledger: LedgerTruth }
	| { kind: 'entry'; ledger: LedgerTruth; topic: Topic; entry: Entry };

const HOUR_MS = 3_600_000;

const calendars = Object.fromEntries(
	Object.entries(MARKETS).map(([market, { timeZone }]) => [
		market,
		new Intl.DateTimeFormat('en-CA', {
			timeZone,
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
		}),
	]),
) as Record<Market, Intl.DateTimeFormat>;

const dates = new Map<string, string>();

const ENTRY_TYPES = ['capture', 'capture', 'refund', 'correction', 'loyalty-bonus-2031'];

/** A world of ledgers with their three feeds: what there is, in truth. It only ever grows. */
export class World {
	readonly ledgers: LedgerTruth[] = [];

	readonly feeds = new Map<string, FeedTruth>();

	/** Filled with every change; whoever wants them takes them out. */
	readonly changes: Change[] = [];

	/** The largest page; small, so that a few entries already make several. */
	readonly pageSize: number;

	readonly ledgersPageSize: number;

	private lateOnes = 0;

	private readonly ends: ReadonlyArray<(typeof ENDS)[number]>;

	/** @param clock the API's, in milliseconds */
	constructor(
		private readonly random: Random,
		readonly clock: () => number,
	) {
		this.pageSize = random.pick([1, 2, 3, 5, 8, 30]);
		this.ledgersPageSize = random.pick([1, 2, 50]);
		this.ends = random.chance(0.5) ? ENDS : [random.pick(ENDS)];
		const ledgers = random.pick([1, 1, 2, 2, 3]);
		for (let i = 0; i < ledgers; i++) this.addLedger();
		for (const feed of this.feeds.values()) {
			if (random.chance(0.6)) this.publish(feed, random.int(1, random.chance(0.05) ? 40 : 9), true);
		}
		if (random.chance(0.2)) this.setAccess(random.pick(this.ledgers), false);
	}

	addLedger(): void {
		const { random } = this;
		const market = random.pick<Market>(['NO', 'FI']);
		const { currency, scheme } = MARKETS[market];
		const ledgerId = String(1001 + this.ledgers.length);
		const owner = { scheme, id: '999999999' };
		const ledger = { ledgerId, market, isOpen: true, facts: { ledgerId, currency, owner } };
		this.ledgers.push(ledger);
		this.changes.push({ kind: 'ledger', ledger });
		for (const topic of TOPICS) {
			const gaps = Array.from({ length: random.int(0, 3) }, () => random.int(1, 20));
			const plan = {
				topic,
				ledgerId,
				entries: [],
				pageSize: this.pageSize,
				end: random.pick(this.ends),
				gaps,
			};
			const key = `${topic}:${ledgerId}`;
			this.feeds.set(key, { key, ledger, topic, facts: [], feed: new Feed(plan), balance: 0 });
		}
	}

	setAccess(ledger: LedgerTruth, isOpen: boolean): void {
		ledger.isOpen = isOpen;
		this.changes.push({ kind: 'access', ledger });
	}

	/** New entries in some feeds; sometimes the end of a day, with a payout or without. */
	grow(most = 6): void {
		const { random } = this;
		for (const feed of random.some([...this.feeds.values()].slice(0, 6))) {
			if (random.chance(0.15)) this.closeDay(feed.ledger);
			else this.publish(feed, random.int(1, most));
		}
	}

	/**
	 * Adds entries to a feed, oldest first. Some come late, with a time before the last one's.
	 *
	 * @param isHistory spreads them over the last days instead of having them happen now
	 */
	publish(truth: FeedTruth, count: number, isHistory = false): void {
		const { random } = this;
		const now = this.clock();
		let time = isHistory ? now - random.int(30, 80) * HOUR_MS : now + this.lateOnes;
		for (let i = 0; i < count; i++) {
			if (isHistory) time = Math.min(now - 120_000, time + random.pick([0, 0, 1000, 4 * HOUR_MS]));
			if (!isHistory && random.chance(0.1)) {
				// Alike are only entries that follow each other: no time comes back after another one.
				this.lateOnes++;
				this.add(truth, now - random.int(1, 30) * HOUR_MS - this.lateOnes);
				time = now + this.lateOnes;
			} else {
				this.add(truth, time);
			}
		}
	}

	dateOf(market: Market, time: number): string {
		// Midnight is at a full hour everywhere.
		const hour = `${market} ${Math.floor(time / HOUR_MS)}`;
		const known = dates.get(hour);
		if (known !== undefined) return known;
		const date = calendars[market].format(time);
		dates.set(hour, date);
		return date;
	}

	private closeDay(ledger: LedgerTruth): void {
		const [funds, fees] = TOPICS.map((topic) => this.feeds.get(`${topic}:${ledger.ledgerId}`)!);
		const now = this.clock();
		if (this.random.chance(0.7)) {
			this.add(funds, now, 'fees-retained');
			this.add(fees, now, 'fees-retained');
		}
		if (this.random.chance(0.6)) this.add(funds, now, 'payout-scheduled');
	}

	private add(truth: FeedTruth, time: number, entryType?: string): void {
		const { random } = this;
		const { topic, ledger, facts } = truth;
		const { currency } = ledger.facts;
		const id = `${truth.key}#${facts.length}`;
		const ledgerDate = this.dateOf(ledger.market, time);
		const common = { entryType: entryType ?? random.pick(ENTRY_TYPES), currency };
		let entry: Entry;
		if (topic === 'sales') {
			// A till sells the same again and again: alike in everything, but for the position.
			const isCash = random.chance(0.6);
			const alike = { pspReference: null, reference: null, paymentType: 'CASH' };
			const other = { pspReference: id, reference: `order-${id}`, paymentType: 'WALLET' };
			entry = {
				...common,
				entryType: 'capture',
				time: new Date(time).toISOString(),
				...(isCash ? alike : other),
				amounts: { gross: 4500, net: null, vat: null },
			};
		} else {
			const amount = random.pick([10_000, -400, 1, 0]);
			entry = {
				...common,
				// As the API has it: microseconds, and the offset in one of two spellings.
				time: new Date(time).toISOString().replace('Z', random.pick(['117Z', '000+0000'])),
				...(random.chance(0.8) && { ledgerDate }),
				pspReference: topic === 'fees' ? '4711' : id,
				reference: random.chance(0.5) ? '' : `order-${facts.length}`,
				amount,
				balanceBefore: truth.balance,
				balanceAfter: truth.balance + amount,
				recipientHandle: null,
				...(random.chance(0.1) && { neverSeenBefore: { deep: [1, null, 'æ'] } }),
			};
			// Amounts of zero alone would make entries alike, which ledgers never have.
			if (amount === 0) entry.pspReference = id;
			truth.balance += amount;
		}
		facts.push({ id, text: JSON.stringify(entry), time, published: this.clock(), ledgerDate });
		entry.position = id;
		// Nobody may change what the API has given.
		truth.feed.plan.entries.push(Object.freeze(entry));
		truth.feed.publish(1);
		this.changes.push({ kind: 'entry', ledger, topic, entry });
	}
}
