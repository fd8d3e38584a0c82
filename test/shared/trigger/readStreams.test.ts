/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import fc from 'fast-check';
import type { Entry } from '../../../nodes/shared/ledger/feed';
import {
	readStreams,
	type ReadLimits,
	type ReadResult,
	type Stream,
} from '../../../nodes/shared/trigger/readStreams';
import type { StreamState, TriggerState } from '../../../nodes/shared/trigger/state';
import { Feed, frozen, plans, roundTrip, timeAt, type Plan } from './world';

type State = Pick<TriggerState, 'streams' | 'nextStream'>;

const UNHURRIED: ReadLimits = { maxEntries: 1000, deadline: Infinity, concurrency: 4 };

/** Polls a world of feeds again and again, as n8n does. */
class Subscriber {
	state: State = {};

	readonly received = new Map<string, Entry[]>();

	constructor(
		readonly feeds: Feed[],
		private readonly start: StreamState = {},
		private readonly schedule: (read: Stream['readPage']) => Stream['readPage'] = (read) => read,
	) {
		for (const feed of feeds) this.received.set(feed.stream().key, []);
	}

	/** @param broken indices of the feeds that answer with an error */
	async read(limits: ReadLimits, broken: number[] = []): Promise<ReadResult> {
		const state = frozen(roundTrip(this.state));
		const streams = this.feeds.map((feed, i): Stream => {
			const stream = feed.stream(this.start);
			const read = async (cursor: string | undefined) => {
				if (broken.includes(i)) throw new Error(`${stream.key} is broken`);
				return await stream.readPage(cursor);
			};
			return { ...stream, readPage: this.schedule(read) };
		});
		return await readStreams(streams, state, limits);
	}

	/** The moment in which n8n saves the state together with what was returned. */
	accept({ items, streams, nextStream }: ReadResult): void {
		for (const item of items) this.received.get(`${item.topic}:${item.ledgerId}`)!.push(item);
		this.state = roundTrip({ streams, nextStream });
	}

	async poll(limits: ReadLimits, broken: number[] = []): Promise<ReadResult> {
		const result = await this.read(limits, broken);
		this.accept(result);
		return result;
	}

	of(feed: Feed): Entry[] {
		return this.received.get(feed.stream().key)!;
	}

	get hasAll(): boolean {
		return this.feeds.every((feed) => this.of(feed).length >= feed.published);
	}
}

const limits: fc.Arbitrary<ReadLimits> = fc.record({
	maxEntries: fc.integer({ min: 1, max: 15 }),
	concurrency: fc.integer({ min: 1, max: 6 }),
	// Either there is time, or it is up already.
	deadline: fc.constantFrom(Infinity, Infinity, 0),
});

/** What happens before a poll, during it and after it. */
const step = fc.record({
	limits,
	published: fc.array(fc.nat({ max: 8 }), { minLength: 5, maxLength: 5 }),
	broken: fc.subarray([0, 1, 2, 3, 4], { maxLength: 2 }),
	/** n8n is killed before the state is saved: what was returned is lost with it. */
	killed: fc.boolean(),
});

const steps = fc.array(step, { maxLength: 10 });

/** No poll may be in vain for long: an entry or at least a page each. */
const MOST_POLLS = 400;

async function untilAllIsThere(subscriber: Subscriber, given: ReadLimits): Promise<void> {
	for (let polls = 0; !subscriber.hasAll && polls < MOST_POLLS; polls++) {
		const { items } = await subscriber.poll(given);
		expect(items.length).toBeLessThanOrEqual(given.maxEntries);
	}
}

describe('reading all streams, poll after poll', () => {
	it('delivers everything exactly once and in order, whatever the feeds do', async () => {
		await fc.assert(
			fc.asyncProperty(plans, steps, limits, async (given, history, last) => {
				const feeds = given.map((plan) => new Feed(plan));
				const subscriber = new Subscriber(feeds);
				for (const { broken, killed, limits: now, published } of history) {
					feeds.forEach((feed, i) => feed.publish(published[i]));
					const result = await subscriber.read(now, broken);
					expect(result.items.length).toBeLessThanOrEqual(now.maxEntries);
					if (!killed) subscriber.accept(result);
				}
				for (const feed of feeds) feed.publish(Infinity);
				await untilAllIsThere(subscriber, last);
				for (const feed of feeds) expect(subscriber.of(feed)).toEqual(feed.expected);
				expect((await subscriber.poll(UNHURRIED)).items).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
	});

	it('does so in whatever order the answers arrive', async () => {
		await fc.assert(
			fc.asyncProperty(plans, steps, fc.scheduler(), async (given, history, scheduler) => {
				const feeds = given.map((plan) => new Feed(plan));
				const subscriber = new Subscriber(feeds, {}, (read) => scheduler.scheduleFunction(read));
				for (const { broken, limits: now, published } of history) {
					feeds.forEach((feed, i) => feed.publish(published[i]));
					const { items } = await scheduler.waitFor(subscriber.poll(now, broken));
					expect(items.length).toBeLessThanOrEqual(now.maxEntries);
				}
				await scheduler.waitFor(untilAllIsThere(subscriber, UNHURRIED));
				for (const feed of feeds) expect(subscriber.of(feed)).toEqual(feed.expected);
			}),
			{ numRuns: 400 },
		);
	});

	it('from now on delivers exactly what came into being since then', async () => {
		await fc.assert(
			fc.asyncProperty(plans, steps, fc.nat({ max: 90_000 }), async (given, history, second) => {
				const since = timeAt(second);
				const feeds = given.map((plan) => new Feed(plan));
				const isNew = ({ time }: Entry) => String(time) >= since;
				// What is older was there before.
				for (const feed of feeds) feed.publish(feed.plan.entries.filter((e) => !isNew(e)).length);
				const subscriber = new Subscriber(feeds, { since });
				for (const { broken, limits: now, published } of history) {
					feeds.forEach((feed, i) => feed.publish(published[i]));
					await subscriber.poll(now, broken);
				}
				for (const feed of feeds) feed.publish(Infinity);
				for (let i = 0; i < 40; i++) await subscriber.poll(UNHURRIED);
				for (const feed of feeds) {
					expect(subscriber.of(feed)).toEqual(feed.expected.filter(isNew));
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('from a date on delivers exactly what has that date or a later one', async () => {
		await fc.assert(
			fc.asyncProperty(plans, limits, fc.nat({ max: 10 }), async (given, now, days) => {
				const fromDate = timeAt(days * 40_000).slice(0, 10);
				const feeds = given.map((plan) => new Feed(plan));
				const subscriber = new Subscriber(feeds, { fromDate });
				for (let i = 0; i < 150; i++) {
					feeds[i % feeds.length].publish(3);
					await subscriber.poll(now);
				}
				for (const feed of feeds) {
					const wanted = feed.expected.filter(({ time }) => String(time).slice(0, 10) >= fromDate);
					expect(subscriber.of(feed)).toEqual(wanted);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('has the states of broken streams as they were, and names them', async () => {
		await fc.assert(
			fc.asyncProperty(plans, fc.nat({ max: 10 }), async (given, published) => {
				const feeds = given.map((plan) => new Feed(plan));
				for (const feed of feeds) feed.publish(published);
				const subscriber = new Subscriber(feeds);
				await subscriber.poll({ ...UNHURRIED, maxEntries: 7 });
				const before = roundTrip(subscriber.state);
				for (const feed of feeds) feed.publish(3);
				const result = await subscriber.poll(UNHURRIED, [0]);
				const { key } = feeds[0].stream();
				expect(result.broken.map(({ stream }) => stream.key)).toEqual([key]);
				expect(result.streams[key]).toEqual(before.streams?.[key]);
				for (const feed of feeds.slice(1)) expect(subscriber.of(feed)).toEqual(feed.expected);
			}),
			{ numRuns: 200 },
		);
	});
});

/** A feed of numbered funds entries. */
const numbered = (ledgerId: string, count: number, pageSize: number, more: Partial<Plan> = {}) => {
	const entries = Array.from({ length: count }, (_, i) => ({ time: timeAt(i), amount: i }));
	const feed = new Feed({
		topic: 'funds',
		ledgerId,
		entries,
		pageSize,
		end: 'moves',
		gaps: [],
		...more,
	});
	feed.publish(count);
	return feed;
};

const later = async (turns: number): Promise<void> => {
	for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
};

/** Answers of some ledgers take longer. */
function slow(feed: Feed, turns: number): Stream {
	const stream = feed.stream();
	return {
		...stream,
		readPage: async (cursor) => {
			await later(turns);
			return await stream.readPage(cursor);
		},
	};
}

describe('sharing a poll between ledgers', () => {
	test.each([1, 2, 10])(
		'no ledger starves beside busy ones, with %i requests at a time',
		async (concurrency) => {
			const feeds = [0, 1, 2, 3, 4].map((i) => numbered(String(i), 200, 5));
			const subscriber = new Subscriber(feeds);
			for (let polls = 0; polls < 20; polls++) {
				await subscriber.poll({ maxEntries: 10, deadline: Infinity, concurrency });
			}
			for (const feed of feeds) expect(subscriber.of(feed).length).toBeGreaterThanOrEqual(10);
		},
	);

	test.each([1, 10, 40])(
		'a ledger with slow answers does not starve beside a fast one, with %i entries a poll',
		async (maxEntries) => {
			const streams = [
				slow(numbered('fast', 2000, 10), 0),
				slow(numbered('slow', 50, 10), 5),
				slow(numbered('slower', 50, 10), 9),
			];
			const counts: Record<string, number> = {};
			let state: State = {};
			for (let polls = 0; polls < 30; polls++) {
				const result = await readStreams(streams, state, { ...UNHURRIED, maxEntries });
				for (const { ledgerId } of result.items) counts[ledgerId] = (counts[ledgerId] ?? 0) + 1;
				state = roundTrip({ streams: result.streams, nextStream: result.nextStream });
			}
			expect(counts.fast).toBeGreaterThan(0);
			expect(counts.slow).toBeGreaterThanOrEqual(10);
			expect(counts.slower).toBeGreaterThanOrEqual(10);
		},
	);

	it('each ledger gets its turn when a poll has time for one page only', async () => {
		const feeds = [0, 1, 2].map((i) => numbered(String(i), 30, 5));
		const subscriber = new Subscriber(feeds);
		for (let polls = 0; polls < 6; polls++) {
			await subscriber.poll({ maxEntries: 100, deadline: 0, concurrency: 1 });
		}
		expect(feeds.map((feed) => subscriber.of(feed).length)).toEqual([10, 10, 10]);
	});

	it('a ledger that is broken for good does not keep the others waiting', async () => {
		const feeds = [0, 1, 2].map((i) => numbered(String(i), 30, 5));
		const subscriber = new Subscriber(feeds);
		for (let polls = 0; polls < 40; polls++) {
			await subscriber.poll({ maxEntries: 100, deadline: 0, concurrency: 1 }, [0]);
		}
		expect(feeds.map((feed) => subscriber.of(feed).length)).toEqual([0, 30, 30]);
	});

	it('every stream that can be read is read when all others are broken', async () => {
		const feeds = [0, 1, 2, 3].map((i) => numbered(String(i), 12, 5));
		const subscriber = new Subscriber(feeds);
		const { broken } = await subscriber.poll(UNHURRIED, [0, 1, 3]);
		expect(broken).toHaveLength(3);
		expect(subscriber.of(feeds[2])).toEqual(feeds[2].expected);
	});

	it('a stream of which the state vanished begins anew without touching the others', async () => {
		const feeds = [numbered('0', 4, 5), numbered('1', 4, 5)];
		const subscriber = new Subscriber(feeds);
		await subscriber.poll(UNHURRIED);
		delete subscriber.state.streams!['funds:0'];
		const { items } = await subscriber.poll(UNHURRIED);
		expect(items).toEqual(feeds[0].expected);
	});
});

describe('what one poll costs', () => {
	it('never more requests at a time than allowed', async () => {
		let underWay = 0;
		let most = 0;
		const streams = Array.from({ length: 30 }, (_, i): Stream => {
			const stream = numbered(String(i), 12, 5).stream();
			return {
				...stream,
				readPage: async (cursor) => {
					most = Math.max(most, ++underWay);
					await later(1 + (i % 3));
					underWay--;
					return await stream.readPage(cursor);
				},
			};
		});
		const { items } = await readStreams(streams, {}, { ...UNHURRIED, concurrency: 7 });
		expect(items).toHaveLength(360);
		expect(most).toBe(7);
	});

	it('no more entries in memory than it gives out and has under way', async () => {
		const feeds = Array.from({ length: 50 }, (_, i) => numbered(String(i), 1000, 100));
		const subscriber = new Subscriber(feeds);
		const { items } = await subscriber.poll({
			maxEntries: 250,
			deadline: Infinity,
			concurrency: 5,
		});
		expect(items).toHaveLength(250);
		const read = feeds.reduce((sum, { entriesRead }) => sum + entriesRead, 0);
		expect(read).toBeLessThanOrEqual(250 + 5 * 100);
	});

	it('asks for nothing more once its time is up, but always for one page', async () => {
		const feeds = [numbered('0', 30, 5), numbered('1', 30, 5)];
		const subscriber = new Subscriber(feeds);
		const { items } = await subscriber.poll({ maxEntries: 100, deadline: 0, concurrency: 4 });
		expect(items).toHaveLength(5);
	});

	it('one request per stream when there is nothing new', async () => {
		const feeds = Array.from({ length: 8 }, (_, i) => numbered(String(i), 3, 5));
		const subscriber = new Subscriber(feeds);
		await subscriber.poll(UNHURRIED);
		let requests = 0;
		const streams = feeds.map((feed): Stream => {
			const stream = feed.stream();
			return {
				...stream,
				readPage: async (cursor) => {
					requests++;
					return await stream.readPage(cursor);
				},
			};
		});
		await readStreams(streams, subscriber.state, UNHURRIED);
		expect(requests).toBe(8);
	});

	it('nothing when there are no streams', async () => {
		expect(await readStreams([], {}, UNHURRIED)).toEqual({
			items: [],
			streams: {},
			someRead: false,
			broken: [],
		});
	});

	it('keeps the states of streams that are not asked for now', async () => {
		const kept = { streams: { 'funds:gone': { cursor: 'at:7' } } };
		const { streams } = await readStreams([numbered('0', 3, 5).stream()], kept, UNHURRIED);
		expect(streams['funds:gone']).toEqual({ cursor: 'at:7' });
	});

	it('leaves the given state alone', async () => {
		const feed = numbered('0', 12, 5);
		const before: State = { streams: { 'funds:0': {} } };
		await readStreams([feed.stream()], before, UNHURRIED);
		expect(before).toEqual({ streams: { 'funds:0': {} } });
	});

	it('gives its items in the order of the streams, however the answers race', async () => {
		const streams = [slow(numbered('0', 7, 5), 6), slow(numbered('1', 7, 5), 1)];
		const { items } = await readStreams(streams, {}, UNHURRIED);
		expect(items.map(({ ledgerId }) => ledgerId).join('')).toBe('00000001111111');
	});

	it('stays small in its state, also when thousands of entries share a time', async () => {
		const entries = Array.from({ length: 3000 }, (_, i) => ({ time: timeAt(0), amount: i }));
		const feed = numbered('0', 0, 700, { entries });
		feed.publish(3000);
		const subscriber = new Subscriber([feed]);
		for (let polls = 0; polls < 12; polls++)
			await subscriber.poll({ ...UNHURRIED, maxEntries: 300 });
		expect(subscriber.of(feed)).toEqual(feed.expected);
		expect(JSON.stringify(subscriber.state).length).toBeLessThan(10_000);
	});
});

describe('the next page of a stream', () => {
	/** Notes when pages are asked for, and when the first one is taken up. */
	function watched(feed: Feed, log: string[]): Stream {
		const stream = feed.stream();
		return {
			...stream,
			readPage: async (cursor) => {
				log.push(`ask ${stream.ledgerId}`);
				return await stream.readPage(cursor);
			},
			initialState: () => {
				log.push(`take ${stream.ledgerId}`);
				return {};
			},
		};
	}

	it('is asked for before the one that has come is worked on', async () => {
		const log: string[] = [];
		const { items } = await readStreams([watched(numbered('0', 12, 5), log)], {}, UNHURRIED);
		expect(items).toHaveLength(12);
		expect(log).toEqual(['ask 0', 'ask 0', 'take 0', 'ask 0']);
	});

	it.each([
		['there is no room for more', { maxEntries: 5 }, 1],
		['there is room for less than a page more', { maxEntries: 6 }, 2],
		['the time is up', { deadline: 0 }, 1],
	])('is asked for no sooner than it is wanted: %s', async (_name, limits, asked) => {
		const log: string[] = [];
		await readStreams([watched(numbered('0', 12, 5), log)], {}, { ...UNHURRIED, ...limits });
		expect(log.filter((line) => line === 'ask 0')).toHaveLength(asked);
	});

	it('waits while another stream waits for its turn', async () => {
		const log: string[] = [];
		const feeds = [numbered('0', 12, 5), numbered('1', 12, 5)];
		const streams = feeds.map((feed) => watched(feed, log));
		await readStreams(streams, {}, { ...UNHURRIED, concurrency: 1 });
		expect(log.slice(0, 4)).toEqual(['ask 0', 'take 0', 'ask 1', 'take 1']);
	});

	it('that cannot be read keeps what came before it, and is named', async () => {
		const stream = numbered('0', 12, 5).stream();
		const breaking: Stream = {
			...stream,
			readPage: async (cursor) => {
				if (cursor !== undefined) throw new Error('gone');
				return await stream.readPage(cursor);
			},
		};
		const { items, streams, broken } = await readStreams([breaking], {}, UNHURRIED);
		expect(items).toHaveLength(5);
		expect(streams[stream.key].cursor).toBe('at:5');
		expect(broken.map(({ stream: one }) => one.key)).toEqual([stream.key]);
	});
});
