/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs in Jest, never in n8n */
import { startSimulator, type Poller, type Simulator } from '../test/harness';
import { disturb, forgetRequests, requestLog, revokeAccess } from '../test/support/simulated';
import { trigger } from '../test/support/vipps';
import { BareClient } from './bare';
import { PeakHeap } from './heap';
import { Trace } from './trace';

/**
 * An accounting firm with hundreds of merchants: a long history waits on one ledger while some
 * others fail. How soon has every ledger its turn, and what do polls cost?
 */
const LEDGERS = 500;
const TOPICS = ['funds', 'fees', 'sales'];
const WAITING = 1_000_000;
const ENTRIES_OF_OTHERS = 3;
const MAX_ENTRIES_PER_POLL = 10_000;
/** With --long the waiting entries are read to their end, else in so many polls. */
const POLLS_OF_THE_LONG_ONE = process.env.BENCH_LONG ? Infinity : 10;
const LEDGERS_PER_LIST_PAGE = 100;
const ENTRIES_PER_PAGE = 1000;

const idOf = (index: number) => String(400_001 + index);
const LONG = idOf(0);
const ids = (from: number, count: number) =>
	Array.from({ length: count }, (_, at) => idOf(from + at));
const NOT_FOUND = ids(100, 10);
const FAILING = ids(200, 5);
const SLOW = ids(300, 5);
const BROKEN = [...NOT_FOUND, ...FAILING];

interface Row {
	what: string;
	polls: number;
	entries: number;
	requests: number;
	/** What a client that knows where there is something new would need for the same. */
	least: number;
	seconds: number;
	longestPoll: number;
}

const pathOf = (ledgerIds: string[]) => `/(${ledgerIds.join('|')})(/|$|\\?)`;
const streamOf = (topic: string, ledgerId: string) => `${topic}:${ledgerId}`;
/** Without the ledger with the long history. */
const idleFeeds = (LEDGERS - 1) * TOPICS.length;
const listPages = Math.ceil(LEDGERS / LEDGERS_PER_LIST_PAGE);

let simulator: Simulator;
let poller: Poller;
let tokens = 0;
const trace = new Trace();

const longRead = () => trace.count(streamOf('funds', LONG));

/** Polls until a condition holds, and adds up what that cost. */
async function poll(what: string, isEnough: (polls: number) => boolean): Promise<Row> {
	const row: Row = {
		what,
		polls: 0,
		entries: 0,
		requests: 0,
		least: 0,
		seconds: 0,
		longestPoll: 0,
	};
	for (; !isEnough(row.polls); row.polls++) {
		await forgetRequests(simulator);
		const started = Date.now();
		// A ledger that stays broken ends polls that have nothing to give.
		const items = await poller.poll().catch(() => null);
		const seconds = (Date.now() - started) / 1000;
		const { total, tokenRequests } = await requestLog(simulator);

		const pages = new Map<string, number>();
		for (const { json } of items?.[0] ?? []) {
			const stream = streamOf(String(json.topic), String(json.ledgerId));
			trace.add(stream, json.pspReference);
			pages.set(stream, (pages.get(stream) ?? 0) + 1);
		}
		row.entries += items?.[0].length ?? 0;
		row.requests += total;
		for (const count of pages.values()) row.least += Math.ceil(count / ENTRIES_PER_PAGE);
		row.seconds += seconds;
		row.longestPoll = Math.max(row.longestPoll, seconds);
		tokens += tokenRequests.specialized;
		// The harness keeps what it delivered; n8n does not.
		poller.delivered.length = 0;
	}
	return row;
}

/** Each stream as far as it was handed out, read anew: complete, in order, each entry once? */
async function readAgain(): Promise<Trace> {
	const bare = new Trace();
	const client = await BareClient.logIn(simulator);
	for (const ledgerId of ids(0, LEDGERS)) {
		for (const topic of TOPICS) {
			const stream = streamOf(topic, ledgerId);
			const end = ledgerId === LONG ? trace.count(stream) : Infinity;
			await client.readFeed(topic, ledgerId, ({ pspReference }) => {
				if (bare.count(stream) < end) bare.add(stream, pspReference);
				return bare.count(stream) < end;
			});
		}
	}
	return bare;
}

function table(rows: Row[], peakMb: number, stateBytes: number): string {
	const streams = LEDGERS * TOPICS.length;
	return [
		`${LEDGERS} ledgers x ${TOPICS.length} topics, ${WAITING} entries waiting on one of them; at first ` +
			`${NOT_FOUND.length} ledgers answer 404, ${FAILING.length} answer 500, ${SLOW.length} take a second`,
		'                                            polls  entries  requests  per poll  per entry  least per entry  seconds  longest poll',
		...rows.map(({ what, polls, entries, requests, least, seconds, longestPoll }) =>
			[
				what.padEnd(44),
				String(polls).padEnd(7),
				String(entries).padEnd(9),
				String(requests).padEnd(10),
				(requests / polls).toFixed(0).padEnd(10),
				(entries > 0 ? (requests / entries).toFixed(4) : '-').padEnd(11),
				(entries > 0 ? (least / entries).toFixed(4) : '-').padEnd(17),
				seconds.toFixed(1).padEnd(9),
				longestPoll.toFixed(1),
			].join(''),
		),
		`An idle poll can do with ${listPages} pages of the list and ${idleFeeds} feeds: ${listPages + idleFeeds} requests.`,
		`Token requests in all: ${tokens}. State: ${stateBytes} bytes, ${(stateBytes / streams).toFixed(0)} for each stream. Peak heap: ${peakMb.toFixed(0)} MB.`,
		'Every stream: in order, each entry once (compared with what a bare HTTP client read).',
	].join('\n');
}

test('many ledgers', async () => {
	simulator = await startSimulator();
	await simulator.reset({
		data: 'bulk',
		options: { ledgers: LEDGERS, entriesPerLedger: ENTRIES_OF_OTHERS, firstLedgerEntries: WAITING },
	});
	for (const ledgerId of ids(0, LEDGERS)) {
		await simulator.control.post('/capture', { ledgerId, amount: 10_000, fee: 5 });
	}
	await disturb(
		simulator,
		{ path: pathOf(NOT_FOUND), status: 404, times: 1e9 },
		{ path: pathOf(FAILING), status: 500, times: 1e9 },
		{ path: pathOf(SLOW), delayMs: 1_000, times: 1e9 },
	);
	poller = await trigger(
		simulator,
		{
			triggerOn: ['fundsEntry', 'feesEntry', 'salesEntry'],
			options: { maxEntriesPerPoll: MAX_ENTRIES_PER_POLL },
		},
		{ engine: 'durable' },
	);
	const healthy = ids(0, LEDGERS)
		.filter((ledgerId) => !BROKEN.includes(ledgerId))
		.flatMap((ledgerId) => TOPICS.map((topic) => streamOf(topic, ledgerId)));
	const isServed = () => healthy.every((stream) => trace.count(stream) > 0);

	const heap = new PeakHeap();
	const rows = [await poll('until every healthy ledger had its turn', isServed)];
	expect(rows[0].polls).toBeLessThanOrEqual(10);

	await simulator.control.delete('/faults');
	const waiting = WAITING + 1;
	const isRead = (polls: number) => polls >= POLLS_OF_THE_LONG_ONE || longRead() === waiting;
	rows.push(await poll('the long history, and what was broken', isRead));
	await revokeAccess(simulator, LONG);
	// Each ledger has had a capture: an entry on every topic.
	const others = (LEDGERS - 1) * (ENTRIES_OF_OTHERS + TOPICS.length) + TOPICS.length - 1;
	rows.push(
		await poll('the rest, without the long history', () => trace.total - longRead() >= others),
	);
	await simulator.control.post('/access', { ledgerId: LONG, granted: true });
	await simulator.control.delete('/requests');
	heap.stop();

	const { total: emitted } = trace;
	const again = await readAgain();
	expect(again.total).toBe(emitted);
	expect(trace.digests()).toEqual(again.digests());

	const state = JSON.stringify(poller.savedStaticData).length;
	await revokeAccess(simulator, LONG);
	rows.push(await poll('idle, without the long history', (polls) => polls === 3));
	const done = rows.filter(({ polls }) => polls > 0);
	process.stdout.write(`\n${table(done, heap.mb, state)}\n\n`);
	expect(tokens).toBe(1);
	// Where every request takes long, a poll does not get round.
	expect(rows.at(-1)!.requests).toBeLessThanOrEqual(3 * (listPages + idleFeeds));
	expect(state / (LEDGERS * TOPICS.length)).toBeLessThan(350);
});
