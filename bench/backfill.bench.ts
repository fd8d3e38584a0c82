/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs in Jest, never in n8n */
import { startSimulator, type Poller, type Simulator } from '../test/harness';
import { accountingKeys, trigger } from '../test/support/vipps';
import { BareClient } from './bare';
import { PeakHeap } from './heap';
import { Trace } from './trace';

/**
 * The whole history of many ledgers through the trigger: is it complete, in order and each
 * entry once, how large do polls and memory become, how many requests does it take?
 * What is true is read beside it with a bare HTTP client that knows nothing of the package.
 */
const LEDGERS = 20;
const SIZES = [20_000, 100_000, ...(process.env.BENCH_LONG ? [500_000] : [])];
const MAX_ENTRIES_PER_POLL = 10_000;

interface Row {
	entries: number;
	delivered: number;
	polls: number;
	largestPoll: number;
	seconds: number;
	requests: number;
	peakMb: number;
	bareSeconds: number;
}

/** Reads every feed one by one: what is true, and the least that reading can cost. */
async function readBare(simulator: Simulator): Promise<{ trace: Trace; seconds: number }> {
	const trace = new Trace();
	const started = Date.now();
	const client = await BareClient.logIn(simulator);
	for (const ledgerId of await client.ledgerIds()) {
		await client.readFeed('funds', ledgerId, ({ pspReference }) => {
			trace.add(ledgerId, pspReference);
			return true;
		});
	}
	return { trace, seconds: (Date.now() - started) / 1000 };
}

/** Polls until nothing comes any more, looking at the heap while it goes on. */
async function backfill(
	poller: Poller,
): Promise<Omit<Row, 'entries' | 'requests' | 'bareSeconds'> & { trace: Trace }> {
	const trace = new Trace();
	const started = Date.now();
	let polls = 0;
	let delivered = 0;
	let largestPoll = 0;
	const heap = new PeakHeap();
	for (let items = await poller.activate(); items; items = await poller.poll()) {
		polls++;
		for (const { json } of items[0]) trace.add(String(json.ledgerId), json.pspReference);
		delivered += items[0].length;
		largestPoll = Math.max(largestPoll, items[0].length);
		heap.look();
		// The harness keeps what it delivered; n8n does not.
		poller.delivered.length = 0;
		items = null;
		global.gc?.();
	}
	heap.stop();
	const seconds = (Date.now() - started) / 1000;
	return { trace, polls, delivered, largestPoll, peakMb: heap.mb, seconds };
}

async function measure(simulator: Simulator, entries: number): Promise<Row> {
	const options = { ledgers: LEDGERS, entriesPerLedger: entries / LEDGERS };
	await simulator.reset({ data: 'bulk', options });
	const bare = await readBare(simulator);
	await simulator.control.delete('/requests');
	const poller = await trigger(
		simulator,
		{ triggerOn: ['fundsEntry'], options: { maxEntriesPerPoll: MAX_ENTRIES_PER_POLL } },
		{ credentials: await accountingKeys(simulator) },
	);
	const { trace, ...run } = await backfill(poller);
	const { total } = (await simulator.requests()) as { total: number };

	expect(run.delivered).toBe(entries);
	expect(run.largestPoll).toBeLessThanOrEqual(MAX_ENTRIES_PER_POLL);
	expect(trace.digests()).toEqual(bare.trace.digests());
	return { entries, ...run, requests: total, bareSeconds: bare.seconds };
}

const table = (rows: Row[]): string =>
	[
		`Backfill of ${LEDGERS} ledgers through the trigger, at most ${MAX_ENTRIES_PER_POLL} entries per poll`,
		'entries   delivered once  polls  largest poll  requests  peak heap MB  seconds  bare axios loop, seconds',
		...rows.map((row) =>
			[
				String(row.entries).padEnd(10),
				String(row.delivered).padEnd(16),
				String(row.polls).padEnd(7),
				String(row.largestPoll).padEnd(14),
				String(row.requests).padEnd(10),
				row.peakMb.toFixed(0).padEnd(14),
				row.seconds.toFixed(1).padEnd(9),
				row.bareSeconds.toFixed(1),
			].join(''),
		),
		'Every ledger: complete, in order, each entry once (compared with what the bare loop read).',
	].join('\n');

test('backfill', async () => {
	const simulator = await startSimulator();
	// The first run pays for loading; it is not shown.
	await measure(simulator, 2_000);
	const rows: Row[] = [];
	for (const entries of SIZES) rows.push(await measure(simulator, entries));
	process.stdout.write(`\n${table(rows)}\n\n`);
	// The peak is that of a poll, not of the feed.
	expect(rows[1].peakMb).toBeLessThan(rows[0].peakMb * 2 + 20);
});
