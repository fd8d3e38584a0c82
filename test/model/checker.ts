import type { IDataObject } from 'n8n-workflow';
import type { TriggerState } from '../../nodes/shared/trigger/state';
import type { Settings } from './settings';
import { Walk, type Since, type Start } from './walk';
import type { Fact, FeedTruth, World } from './world';

/** The trigger has broken its promise. */
export class Violation extends Error {}

/** How far a feed has been handed out, going by what arrived. */
interface Progress {
	start: Start;
	/** The position behind the last entry that was handed out. */
	next: number;
	/** From this position on everything is new, whatever its time: the walk to the end is over. */
	walked: number;
}

/** What a state of the trigger stands for. */
interface Meaning {
	feeds: Record<string, Progress>;
	starts: Record<string, Since>;
	known?: string[];
	startedAgain?: string;
}

/** A poll, as seen from outside. */
export interface PollFacts {
	settings: Settings;
	/** The node's static data, as JSON text, that it found and that it left behind. */
	before: string;
	after: string;
	/** Moments of the API's clock. */
	started: number;
	/** Whether the workflow was activated by the user with this poll. */
	isActivation: boolean;
	/** What it gave; undefined when it threw. */
	items: IDataObject[] | null | undefined;
	/** Whether those items have reached an execution. */
	arrived: boolean;
	/** Whether it has read anything, or there was nothing to read, and did not throw. */
	hasRead: boolean;
	/** Whether nothing was in its way: no fault, no other poll, and time enough. */
	isCalm: boolean;
	/** What was there when the poll began, by the key of the feed. */
	publishedBefore: Map<string, number>;
	/** Ledgers that were open all the time. */
	openLedgers: string[];
}

/** The API's time as the trigger knows it may be behind by a request's time and a second. */
const CLOCK_MS = 35_000;

/** Of a state without streams, and of each stream; fingerprints come on top. */
const STATE_BYTES = 700;
const STREAM_BYTES = 400;

/**
 * Holds what a trigger hands out against what there is. It knows nothing of the trigger's
 * inside: to every state that a poll has left behind it notes what has been handed out by then,
 * and whichever state a later poll starts from, that poll has to go on exactly there. So it
 * does not matter which engine keeps the state, nor when a crash brings an old one back.
 */
export class Checker {
	/** Entries that arrived, arrivals of one that had been there already, and distinct entries. */
	entries = 0;

	repeats = 0;

	private readonly meanings = new Map<string, Meaning>([['{}', { feeds: {}, starts: {} }]]);

	/** The first moment at which a start may have been noted, by scope. */
	private readonly attempts = new Map<string, number>();

	/** Starts that the running process knows, until a state that has them is found. */
	private remembered: Record<string, Since> = {};

	private readonly keyOf = new Map<string, string>();

	private readonly ownerOf = new Map<string, string>();

	constructor(private readonly world: World) {}

	/** The server has died: what was only in the memory of its process is gone. */
	forgetProcess(): void {
		this.remembered = {};
	}

	/** To be told before a poll starts, of every poll. */
	begin({ topics, ledgerIds, startFrom, startAgain }: Settings, started: number): void {
		const scopes = ledgerIds ? this.keys(topics, ledgerIds) : topics;
		const marks = startAgain ? [`again ${startAgain.mark}`] : [];
		for (const scope of startFrom === 'now' ? [...scopes, ...marks] : marks) {
			if (!this.attempts.has(scope)) this.attempts.set(scope, started - CLOCK_MS);
		}
	}

	/**
	 * Judges a poll that has come to its end, kept or not. A poll that died or was given up on
	 * the way is not told of.
	 *
	 * @throws Violation
	 */
	settle(poll: PollFacts): void {
		const found = this.meanings.get(poll.before);
		if (!found) throw new Violation('the engine has a state that no poll has left behind');
		const meaning = structuredClone(found);
		const state = this.readState(poll.after);

		this.noteStarts(poll, found, meaning, state);
		this.noteStartAgain(poll, found, meaning, state);
		const items = poll.items ?? [];
		const isLedger = ({ topic }: IDataObject) => topic === 'ledger';
		const entries = items.filter((item) => !isLedger(item));
		this.noteNewFeeds(poll, meaning, state, entries);
		if (entries.length > poll.settings.maxEntriesPerPoll) {
			throw new Violation(`${entries.length} entries in one poll`);
		}
		this.checkEntries(poll, meaning, entries);
		this.checkLedgers(poll, meaning, state, items.filter(isLedger));
		if (poll.isCalm && entries.length < poll.settings.maxEntriesPerPoll) {
			this.checkNothingIsMissing(poll, meaning);
		}
		if (poll.arrived) this.count(items);

		if (poll.after === poll.before) {
			if (items.length > 0) throw new Violation('the state did not move past what was given out');
			return;
		}
		this.note(poll.after, meaning);
	}

	/** Whether everything that is wanted has been handed out by this state. */
	isComplete(state: string, settings: Settings): boolean {
		return this.missing(state, settings) === undefined;
	}

	/** @throws Violation */
	expectComplete(state: string, settings: Settings): void {
		const missing = this.missing(state, settings);
		if (missing) throw new Violation(`${missing} never came`);
	}

	/** How many entries there are behind what has been handed out. */
	waiting(before: string, settings: Settings): number {
		const meaning = this.meanings.get(before);
		return this.wantedFeeds(settings).reduce(
			(sum, { key, facts }) => sum + facts.length - (meaning?.feeds[key]?.next ?? 0),
			0,
		);
	}

	private missing(state: string, settings: Settings): string | undefined {
		const meaning = this.meanings.get(state);
		for (const truth of this.wantedFeeds(settings)) {
			const progress = meaning?.feeds[truth.key];
			const missing = progress ? this.firstMissing(truth, progress)?.id : truth.key;
			if (missing !== undefined) return missing;
		}
		return undefined;
	}

	private keys(topics: readonly string[], ledgerIds: string[]): string[] {
		return topics.flatMap((topic) => ledgerIds.map((ledgerId) => `${topic}:${ledgerId}`));
	}

	private wantedFeeds({ topics, ledgerIds }: Settings): FeedTruth[] {
		return [...this.world.feeds.values()].filter(
			({ topic, ledger }) =>
				ledger.isOpen && topics.includes(topic) && (ledgerIds?.includes(ledger.ledgerId) ?? true),
		);
	}

	/** A state has to be plain JSON, and small. */
	private readState(text: string): TriggerState {
		const state = JSON.parse(text) as TriggerState;
		const streams = Object.values(state.streams ?? {});
		const fingerprints = streams.map(({ moment }) => Object.keys(moment?.seen ?? {}).length);
		// A digest, its quotes and its count; no more than two hundred of them are kept.
		const allowed = fingerprints.reduce(
			(sum, count) => sum + STREAM_BYTES + 40 * Math.min(count, 200),
			STATE_BYTES,
		);
		if (text.length > allowed) throw new Violation(`a state of ${text.length} bytes`);
		return state;
	}

	private scopeOf({ ledgerIds }: Settings, { topic, key }: FeedTruth): string {
		return ledgerIds ? key : topic;
	}

	private noteStarts(
		{ settings, started, isActivation, hasRead }: PollFacts,
		found: Meaning,
		meaning: Meaning,
		state: TriggerState,
	): void {
		const isFresh = isActivation && Object.keys(found.starts).length === 0;
		this.remembered = Object.fromEntries(
			Object.entries(isFresh ? {} : this.remembered).filter(([scope]) => !(scope in found.starts)),
		);
		const { startFrom, topics, ledgerIds } = settings;
		if (startFrom !== 'now') return;
		for (const truth of this.world.feeds.values()) {
			const scope = this.scopeOf(settings, truth);
			const isWanted =
				topics.includes(truth.topic) && (ledgerIds?.includes(truth.ledger.ledgerId) ?? true);
			const may = this.attempts.get(scope);
			if (!isWanted || may === undefined || scope in meaning.starts) continue;
			const isNoted = scope in (state.startedAt ?? {});
			// The poll alone is enough, also for a feed that had no turn or is broken.
			const isDue = hasRead && (ledgerIds === undefined || !(truth.key in found.feeds));
			if (!isNoted && !isDue) continue;
			const since = this.remembered[scope] ?? { may, must: started };
			meaning.starts[scope] = since;
			this.remembered[scope] = since;
		}
	}

	private startOf(
		{ settings, started }: PollFacts,
		truth: FeedTruth,
		{ starts }: Meaning,
		again?: string,
	): Start {
		const { startFrom, startDate = '' } = settings;
		if (startFrom === 'beginning') return { from: 'beginning' };
		if (startFrom === 'date') return { from: 'date', date: startDate };
		const scope = again === undefined ? this.scopeOf(settings, truth) : `again ${again}`;
		const may = this.attempts.get(scope) ?? started - CLOCK_MS;
		const since = again === undefined ? starts[scope] : undefined;
		return { from: 'now', ...(since ?? { may, must: started }) };
	}

	/** A new wish puts feeds back to their start; the state says whether it has been heard. */
	private noteStartAgain(
		poll: PollFacts,
		found: Meaning,
		meaning: Meaning,
		{ startedAgain }: TriggerState,
	): void {
		const { startAgain } = poll.settings;
		if (!startAgain || startAgain.mark === found.startedAgain) return;
		if (startedAgain !== startAgain.mark) {
			if (poll.isCalm) throw new Violation('the wish to start again was not heard');
			return;
		}
		meaning.startedAgain = startAgain.mark;
		for (const key of Object.keys(meaning.feeds)) {
			const truth = this.world.feeds.get(key)!;
			if (startAgain.ledgerIds && !startAgain.ledgerIds.includes(truth.ledger.ledgerId)) continue;
			const start = this.startOf(poll, truth, meaning, startAgain.mark);
			meaning.feeds[key] = { start, next: 0, walked: Infinity };
		}
	}

	/** Where a feed starts is settled by the poll that reads it for the first time. */
	private noteNewFeeds(
		poll: PollFacts,
		meaning: Meaning,
		state: TriggerState,
		entries: IDataObject[],
	): void {
		const keys = entries.map(({ topic, ledgerId }) => `${String(topic)}:${String(ledgerId)}`);
		for (const key of new Set([...Object.keys(state.streams ?? {}), ...keys])) {
			const truth = this.world.feeds.get(key);
			if (!truth) throw new Violation(`a feed that does not exist: ${key}`);
			const start = () => this.startOf(poll, truth, meaning);
			meaning.feeds[key] ??= { start: start(), next: 0, walked: Infinity };
		}
	}

	/** Each feed goes on where it was, in its order and without a gap. */
	private checkEntries(poll: PollFacts, meaning: Meaning, entries: IDataObject[]): void {
		for (const entry of entries) {
			const { topic, ledgerId, dedupeKey, position, name, ...rest } = entry;
			const id = String(position);
			const key = `${String(topic)}:${String(ledgerId)}`;
			const progress = meaning.feeds[key];
			const { facts } = this.world.feeds.get(key)!;
			const index = Number(id.split('#')[1]);
			const fact = facts.at(index);
			if (fact?.id !== id) throw new Violation(`${id} arrived as an entry of ${key}`);
			if (fact.text !== JSON.stringify(rest)) {
				throw new Violation(`${id} arrived changed: ${JSON.stringify(entry)}`);
			}
			// Sales have none.
			if ((name === 'Ada') !== (poll.settings.includePersonalData && topic !== 'sales')) {
				throw new Violation(`${id} arrived with the wrong personal data`);
			}
			this.checkKey(id, String(dedupeKey));
			if (index < progress.next) throw new Violation(`${id} came twice; the state had been saved`);
			const walk = new Walk(progress.start, progress.walked);
			for (let i = progress.next; i < index; i++) {
				if (walk.judge(facts[i], i) === 'must')
					throw new Violation(`${facts[i].id} was passed over`);
			}
			if (walk.judge(fact, index) === 'never') throw new Violation(`${id} is too old`);
			progress.next = index + 1;
			progress.walked = Math.min(progress.walked, index + 1);
		}
	}

	private checkKey(id: string, key: string): void {
		if ((this.keyOf.get(id) ?? key) !== key)
			throw new Violation(`${id} has another key now: ${key}`);
		if ((this.ownerOf.get(key) ?? id) !== id) {
			throw new Violation(`${id} has the key of ${this.ownerOf.get(key)}: ${key}`);
		}
		this.keyOf.set(id, key);
		this.ownerOf.set(key, id);
	}

	private readonly seen = new Set<string>();

	private count(items: IDataObject[]): void {
		for (const { dedupeKey } of items) {
			this.entries++;
			if (this.seen.has(String(dedupeKey))) this.repeats++;
			this.seen.add(String(dedupeKey));
		}
	}

	/** `newLedger`: each ledger that was not there before, once. */
	private checkLedgers(
		{ settings, items, isCalm, openLedgers }: PollFacts,
		meaning: Meaning,
		{ knownLedgers }: TriggerState,
		events: IDataObject[],
	): void {
		if (!settings.newLedger) {
			if (events.length > 0) throw new Violation('a ledger was reported unasked');
			return;
		}
		const given = events.map(({ ledgerId, dedupeKey }) => {
			this.checkKey(String(ledgerId), String(dedupeKey));
			return String(ledgerId);
		});
		const wasKnown = meaning.known ?? (settings.startFrom === 'beginning' ? [] : undefined);
		const twice = given.find(
			(ledgerId, i) => wasKnown?.includes(ledgerId) || given.indexOf(ledgerId) < i,
		);
		if (twice) throw new Violation(`ledger ${twice} was reported twice`);
		if (!wasKnown) {
			if (events.length > 0) throw new Violation('a ledger that was there already was reported');
			// The first poll that reads the list decides what was there already.
			if (knownLedgers) meaning.known = knownLedgers;
			return;
		}
		const missing = openLedgers.find((id) => !wasKnown.includes(id) && !given.includes(id));
		if (isCalm && items !== undefined && missing) {
			throw new Violation(`ledger ${missing} was not reported`);
		}
		if (meaning.known || knownLedgers) meaning.known = [...wasKnown, ...given];
	}

	private firstMissing(
		{ facts }: FeedTruth,
		progress: Progress,
		end = facts.length,
	): Fact | undefined {
		const walk = new Walk(progress.start, progress.walked);
		for (let i = progress.next; i < end; i++) {
			if (walk.judge(facts[i], i) === 'must') return facts[i];
		}
		return undefined;
	}

	/** A poll that nothing was in the way of has read everything to its end. */
	private checkNothingIsMissing({ settings, publishedBefore }: PollFacts, meaning: Meaning): void {
		for (const truth of this.wantedFeeds(settings)) {
			const progress = meaning.feeds[truth.key];
			if (!progress) throw new Violation(`${truth.key} was not read`);
			const missing = this.firstMissing(truth, progress, publishedBefore.get(truth.key));
			if (missing) throw new Violation(`${missing.id} is missing`);
			progress.walked = Math.min(progress.walked, truth.facts.length);
		}
	}

	/** Two ways may lead to one state; then what is certain by either of them holds. */
	private note(text: string, meaning: Meaning): void {
		const known = this.meanings.get(text);
		for (const [key, progress] of Object.entries(known?.feeds ?? {})) {
			const other = (meaning.feeds[key] ??= progress);
			other.next = Math.max(other.next, progress.next);
			other.walked = Math.min(other.walked, progress.walked);
		}
		this.meanings.set(text, meaning);
	}
}
