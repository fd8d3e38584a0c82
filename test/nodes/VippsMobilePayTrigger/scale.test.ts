/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs in Jest, never in n8n */
import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Poller, type Simulator } from '../../harness';
import { disturb, forgetRequests, requestLog } from '../../support/simulated';
import { asItems, expectExactly, truthOf } from '../../support/truth';
import { trigger } from '../../support/vipps';

/** Many ledgers with a little on every topic, and one whose funds would fill several polls. */
const LEDGERS = 60;
const TOPICS = 3;
const STREAMS = LEDGERS * TOPICS;
const LONG_HISTORY = 30_000;
const LONG_LEDGER = '400001';
const MAX_ENTRIES_PER_POLL = 10_000;
const PAGE = 1_000;

const GONE = ['400010', '400011', '400012'];
const FAILING = ['400020', '400059'];
const SLOW = ['400030', '400031'];
const BROKEN = [...GONE, ...FAILING];

/** How often a failing stream is asked in vain before it is gone, too: each time takes longer. */
const ATTEMPTS = 3;

const pathOf = (ledgerIds: string[]) => `/(${ledgerIds.join('|')})(/|$|\\?)`;

afterAll(() => {
	delete process.env.N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE;
});

let simulator: Simulator;
let poller: Poller;
let truth: IDataObject[];

/** One scheduled poll: what it handed out, what it asked for, and the error that it ended with. */
async function poll() {
	await forgetRequests(simulator);
	const before = poller.delivered.length;
	const error = await poller.poll().then(
		() => undefined,
		({ message }: Error) => message,
	);
	const { total, peakConcurrency } = await requestLog(simulator);
	return { requests: total, peakConcurrency, items: poller.delivered.slice(before), error };
}

const streamOf = ({ topic, ledgerId }: IDataObject) => `${String(topic)}:${String(ledgerId)}`;
const isBroken = ({ ledgerId }: IDataObject) => BROKEN.includes(String(ledgerId));
const isLong = (entry: IDataObject) => streamOf(entry) === `funds:${LONG_LEDGER}`;

beforeAll(async () => {
	process.env.N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE = 'true';
	simulator = await startSimulator();
	await simulator.reset({
		data: 'bulk',
		options: { ledgers: LEDGERS, entriesPerLedger: 1, firstLedgerEntries: LONG_HISTORY },
	});
	const { ledgers } = await truthOf(simulator);
	for (const { ledgerId } of ledgers) {
		await simulator.control.post('/capture', { ledgerId, amount: 10_000, fee: 175 });
	}
	const { entries, sales } = await truthOf(simulator);
	truth = [...entries, ...asItems(sales)];
	await disturb(
		simulator,
		{ path: pathOf(FAILING), status: 500, times: FAILING.length * TOPICS * ATTEMPTS },
		{ path: pathOf(BROKEN), status: 404, times: 1e6 },
		{ path: pathOf(SLOW), delayMs: 700, times: 1e6 },
	);
	poller = await trigger(
		simulator,
		{ triggerOn: ['fundsEntry', 'feesEntry', 'salesEntry'] },
		{ engine: 'durable' },
	);
});

test('every stream that can be read has its turn at once, beside a long history and broken ones', async () => {
	const readable = new Set(truth.filter((entry) => !isBroken(entry)).map(streamOf));
	expect(readable.size).toBe(STREAMS - BROKEN.length * TOPICS);

	const { items, requests } = await poll();
	const served = new Set(items.map(streamOf));
	expect([...readable].filter((stream) => !served.has(stream))).toEqual([]);
	expect(items.length).toBeLessThanOrEqual(MAX_ENTRIES_PER_POLL);
	expect(items.filter(isLong).length).toBeGreaterThan(MAX_ENTRIES_PER_POLL / 2);
	const pages = STREAMS + MAX_ENTRIES_PER_POLL / PAGE;
	// The token, the list, and what failing streams are asked again.
	expect(requests).toBeLessThanOrEqual(2 + pages + FAILING.length * TOPICS * ATTEMPTS);
});

test('the long history follows poll by poll, and the others go on', async () => {
	await simulator.control.post('/capture', { ledgerId: '400042', amount: 77, fee: 7 });
	const { items } = await poll();
	expect(items.filter(({ amount }) => amount === 77)).toHaveLength(1);

	let polls = 2;
	for (let more = true; more; polls++) more = (await poll()).items.length > PAGE;
	expect(polls).toBeLessThanOrEqual(Math.ceil(LONG_HISTORY / MAX_ENTRIES_PER_POLL) + 1);
	const { entries, sales } = await truthOf(simulator);
	truth = [...entries, ...asItems(sales)];
	expectExactly(
		poller.delivered,
		truth.filter((entry) => !isBroken(entry)),
	);
});

test('what was broken comes as soon as it can be read', async () => {
	await simulator.control.delete('/faults');
	await poll();
	expectExactly(poller.delivered, truth);
});

test('a poll without news costs the list and one request for each ledger and topic, twenty at a time', async () => {
	await disturb(simulator, { path: '/', delayMs: 20, times: 1e6 });
	const { items, error, requests, peakConcurrency } = await poll();
	expect({ items, error }).toEqual({ items: [], error: undefined });
	expect(requests).toBe(1 + STREAMS);
	expect(peakConcurrency).toBe(20);
});

test('the state stays small, however much has been handed out', () => {
	const size = JSON.stringify(poller.savedStaticData).length;
	expect(size / STREAMS).toBeLessThan(350);
});
