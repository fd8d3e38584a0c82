import { parseTime } from '../ledger/dates';
import { Identifier, type MarkedEntry } from '../ledger/dedupeKey';
import type { Entry, FeedPage, Topic } from '../ledger/feed';
import type { StreamState } from './state';

export interface StreamId {
	ledgerId: string;
	topic: Topic;
	/** Gives the ledger date of an entry; undefined when nothing tells it. */
	dateOf: (entry: Entry) => string | undefined;
}

/** The topics whose feed ends with a cursor that can be read in two ways. */
const REPORTS: Topic[] = ['funds', 'fees'];

export interface Taken {
	items: MarkedEntry[];
	state: StreamState;
	/** Whether the stream has more that is ready now. */
	more: boolean;
}

/**
 * The number of entries at the head of a page that were handed out in an earlier poll. The
 * API promises that entries never change; if the last one handed out is not where it was, the
 * page is handed out again from its start: better a second time with the same key than never.
 */
function alreadyTaken({ ledgerId, topic }: StreamId, page: FeedPage, state: StreamState): number {
	const { moment } = state;
	const count = state.skip ?? state.again ?? 0;
	const last = page.entries[count - 1];
	if (!last || !moment) return 0;
	const identifier = new Identifier(topic, ledgerId);
	identifier.next(last);
	const [fingerprint] = Object.keys(identifier.moment?.seen ?? {});
	return identifier.moment?.time === moment.time && fingerprint in moment.seen ? count : 0;
}

/** Whether an entry is to be emitted, and whether the walk to the end of the feed is over. */
function judge(entry: Entry, { since, fromDate }: StreamState, stream: StreamId) {
	if (since !== undefined) {
		const time = parseTime(entry.time);
		const isNew =
			time !== undefined
				? time >= Date.parse(since)
				: (stream.dateOf(entry) ?? '') > since.slice(0, 10);
		// Feeds only grow at their end: all that follows the first new entry is new as well.
		return { wanted: isNew, walkIsOver: isNew };
	}
	const date = fromDate === undefined ? undefined : stream.dateOf(entry);
	const wanted = fromDate === undefined || date === undefined || date >= fromDate;
	return { wanted, walkIsOver: false };
}

/**
 * Takes from a page what has not been handed out yet, up to `room` items, and gives the state
 * that goes with exactly that. Pure: `state` is left as it is.
 */
export function takePage(
	stream: StreamId,
	page: FeedPage,
	state: StreamState,
	room: number,
): Taken {
	const { ledgerId, topic } = stream;
	const start = alreadyTaken(stream, page, state);
	const identifier = new Identifier(
		topic,
		ledgerId,
		start < (state.skip ?? 0) ? undefined : state.moment,
	);
	const next: StreamState = { ...state };
	const items: MarkedEntry[] = [];

	let index = start;
	for (; index < page.entries.length; index++) {
		const entry = page.entries[index];
		const { wanted, walkIsOver } = judge(entry, next, stream);
		if (wanted && items.length >= room) break;
		if (walkIsOver) delete next.since;
		if (wanted) items.push(identifier.mark(entry));
		else identifier.next(entry);
	}

	const usedUp = index === page.entries.length;
	const moves = usedUp && page.cursor !== undefined && page.cursor !== state.cursor;
	if (identifier.moment) next.moment = identifier.moment;
	if (moves) {
		next.cursor = page.cursor;
		delete next.skip;
		delete next.again;
		// At its end, a report gives "the same cursor" again. Asked for without one, that may be
		// the cursor of this very page as well as of what follows.
		const unsure = state.cursor === undefined && page.atEnd && REPORTS.includes(topic);
		if (unsure && index > 0) next.again = index;
	} else if (index > 0) {
		next.skip = index;
		delete next.again;
	}
	const isLast = page.atEnd || page.cursor === undefined;
	// A page that neither moves nor brings anything ends the turn, whatever it says of itself.
	const stuck = !moves && index === start;
	const ended = usedUp && (isLast || stuck);
	// Old entries that come once more by mistake do not end a walk: there is more behind them.
	if (usedUp && (isLast || (stuck && page.entries.length === 0))) delete next.since;
	return { items, state: next, more: !ended };
}
