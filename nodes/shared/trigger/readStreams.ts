import type { MarkedEntry } from '../ledger/dedupeKey';
import type { FeedPage } from '../ledger/feed';
import type { StreamState, TriggerState } from './state';
import { takePage, type StreamId } from './takePage';

/** A feed to read: where it starts, and how to get a page of it. */
export interface Stream extends StreamId {
	key: string;
	/** The state of a stream that has none yet; asked for after the first page has arrived. */
	initialState: () => StreamState;
	readPage: (cursor: string | undefined) => Promise<FeedPage>;
}

export interface ReadLimits {
	/** No more items than this in one poll. */
	maxEntries: number;
	/** No page is asked for after this moment (milliseconds since 1970). */
	deadline: number;
	/** Streams that are read at the same time. */
	concurrency: number;
}

export interface ReadResult {
	items: MarkedEntry[];
	/** The states of the streams, advanced past exactly what `items` holds. */
	streams: Record<string, StreamState>;
	/** The stream that the next poll starts with. */
	nextStream?: string;
	/** Whether any stream could be read. */
	someRead: boolean;
	/** Streams that could not be read; their states are as they were. */
	broken: Array<{ stream: Stream; error: unknown }>;
}

function inTurn(streams: Stream[], first: string | undefined): Stream[] {
	const start = Math.max(
		0,
		streams.findIndex(({ key }) => key === first),
	);
	return [...streams.slice(start), ...streams.slice(0, start)];
}

/**
 * Reads streams side by side and in turns, a page each, until all are at their end, the items
 * are enough or the time is up. Every call reads at least one page. Memory holds the items
 * and the pages that are under way.
 */
export async function readStreams(
	streams: Stream[],
	before: Pick<TriggerState, 'streams' | 'nextStream'>,
	{ maxEntries, deadline, concurrency }: ReadLimits,
): Promise<ReadResult> {
	const turns = inTurn(streams, before.nextStream);
	const queue = [...turns];
	const served = new Set<Stream>();
	const states: Record<string, StreamState> = { ...before.streams };
	const result: ReadResult = { items: [], streams: states, someRead: false, broken: [] };
	const itemsOf = new Map<Stream, MarkedEntry[]>(streams.map((stream) => [stream, []]));
	let room = maxEntries;
	// Kept for the stream whose turn it is, so that faster ones do not take all from it.
	let reserved = Math.ceil(maxEntries / streams.length);
	let pagesRead = 0;
	let underWay = 0;
	let largestPage = 0;

	const roomFor = (stream: Stream) => (stream === turns[0] ? room : room - reserved);
	// Pages that would not find room any more are not asked for.
	const mayRead = () => {
		if (queue.length === 0 || roomFor(queue[0]) - underWay * largestPage <= 0) return false;
		return pagesRead + underWay === 0 || Date.now() < deadline;
	};

	// What takes up the page can wait while the next one is on its way: for a stream that would be
	// asked for it right afterwards anyway, and with room for both.
	const readAhead = (stream: Stream, page: FeedPage): Promise<FeedPage> | undefined => {
		const moves = page.cursor !== undefined && page.cursor !== states[stream.key]?.cursor;
		const left = roomFor(stream) - page.entries.length - (underWay - 1) * largestPage;
		if (!moves || page.atEnd || queue.length > 0 || left <= 0) return undefined;
		return Date.now() < deadline ? stream.readPage(page.cursor) : undefined;
	};

	function take(stream: Stream, page: FeedPage): boolean {
		const state = states[stream.key] ?? stream.initialState();
		if (roomFor(stream) > 0) served.add(stream);
		const taken = takePage(stream, page, state, roomFor(stream));
		room -= taken.items.length;
		const items = itemsOf.get(stream)!;
		for (const item of taken.items) items.push(item);
		states[stream.key] = taken.state;
		if (stream === turns[0]) reserved = 0;
		pagesRead++;
		return taken.more;
	}

	async function readOne(stream: Stream): Promise<void> {
		try {
			for (let ahead: Promise<FeedPage> | undefined; ; ) {
				const page: FeedPage = await (ahead ?? stream.readPage(states[stream.key]?.cursor));
				result.someRead = true;
				largestPage = Math.max(largestPage, page.entries.length);
				ahead = readAhead(stream, page);
				const more = take(stream, page);
				if (ahead) continue;
				if (more) queue.push(stream);
				return;
			}
		} catch (error) {
			result.broken.push({ stream, error });
			if (stream === turns[0]) reserved = 0;
			pagesRead++;
		}
	}

	await new Promise<void>((resolve) => {
		const fill = () => {
			while (underWay < concurrency && mayRead()) {
				const stream = queue.shift()!;
				underWay++;
				void readOne(stream).then(() => {
					underWay--;
					fill();
				});
			}
			if (underWay === 0) resolve();
		};
		fill();
	});

	// Answers come in any order; what is given out has always the same.
	for (const items of itemsOf.values()) for (const item of items) result.items.push(item);
	// A stream that found no room is first in turn next time, so that none starves another.
	const waiting = turns.find((stream) => !served.has(stream) && queue.includes(stream));
	result.nextStream = (waiting ?? queue[0])?.key;
	return result;
}
