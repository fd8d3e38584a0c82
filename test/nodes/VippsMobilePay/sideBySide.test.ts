/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs in Jest, never in n8n */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../harness';
import {
	apiPaths,
	disturb,
	expireTokens,
	forgetRequests,
	requestLog,
} from '../../support/simulated';
import { accountingKeys, act } from '../../support/vipps';

const LEDGERS = 30;
const ENTRIES = 40;
const LATENCY_MS = 30;

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator()));

beforeEach(async () => {
	await simulator.reset({
		data: 'bulk',
		options: { ledgers: LEDGERS, entriesPerLedger: ENTRIES, days: 4, until: '2026-09-30' },
	});
});

const idOf = (index: number) => String(400_001 + index);
const items = Array.from({ length: LEDGERS }, (_, index) => ({ ledgerId: idOf(index) }));
const slowly = { path: '/report', delayMs: LATENCY_MS, times: 1e6 };

const getAll = async (
	options: INodeParameters = {},
	further: Partial<Parameters<typeof act>[2]> = {},
) =>
	await act(
		simulator,
		{
			resource: 'ledgerEntry',
			operation: 'getAll',
			ledgerId: '={{ $json.ledgerId }}',
			topic: 'funds',
			fromDate: '2026-09-27',
			toDate: '2026-09-30',
			returnAll: true,
			options,
		},
		{ items, ...further },
	);

const placeOf = ({ ledgerId, time }: IDataObject) => `${String(ledgerId)} ${String(time)}`;

describe('many items', () => {
	it('are read side by side, twenty requests at a time, and come in the order of the input', async () => {
		await disturb(simulator, slowly);
		const { json, items: output, error } = await getAll();
		expect(error).toBeUndefined();
		expect(json).toHaveLength(LEDGERS * ENTRIES);
		expect(json.map(placeOf)).toEqual(json.map(placeOf).sort());
		expect(output[0].map(({ pairedItem }) => pairedItem)).toEqual(
			json.map(({ ledgerId }) => ({ item: Number(ledgerId) - 400_001 })),
		);
		const { peakConcurrency } = await requestLog(simulator);
		expect(peakConcurrency).toBe(20);
	});

	it('are read as many at a time as the user has said', async () => {
		await disturb(simulator, slowly);
		const { json } = await getAll({ maxConcurrency: 3 });
		expect(json).toHaveLength(LEDGERS * ENTRIES);
		expect((await requestLog(simulator)).peakConcurrency).toBe(3);
	});

	it('are read one after the other when the user wants one request at a time', async () => {
		await forgetRequests(simulator);
		await getAll({ maxConcurrency: 1 }, { items: items.slice(0, 5) });
		const ledgers = (await apiPaths(simulator)).map((url) => /ledgers\/(\d+)/.exec(url)?.[1]);
		expect(ledgers).toHaveLength(5 * 4);
		expect(ledgers).toEqual([...ledgers].sort());
	});

	it('are read no faster than the user has said', async () => {
		const started = Date.now();
		const { json } = await getAll({ requestsPerSecond: 20 }, { items: items.slice(0, 5) });
		// 20 requests, the first at once.
		expect(Date.now() - started).toBeGreaterThanOrEqual((5 * 4 - 1) * 50);
		expect(json).toHaveLength(5 * ENTRIES);
	});

	it.each([
		[{ maxConcurrency: 0 }, 'Max Concurrent Requests'],
		[{ maxConcurrency: 201 }, 'Max Concurrent Requests'],
		[{ maxConcurrency: 2.5 }, 'Max Concurrent Requests'],
		[{ requestsPerSecond: -1 }, 'Requests per Second'],
		[{ requestsPerSecond: 'many' }, 'Requests per Second'],
	])('are refused with %p before anything is sent', async (options, name) => {
		await forgetRequests(simulator);
		const { error } = await getAll(options);
		expect(error?.message).toContain(name);
		expect((await requestLog(simulator)).total).toBe(0);
	});

	it('share one token when theirs has expired', async () => {
		const credentials = await accountingKeys(simulator);
		await getAll({}, { credentials });
		await expireTokens(simulator);
		await forgetRequests(simulator);
		await disturb(simulator, slowly);
		const { error, json } = await getAll({}, { credentials });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(LEDGERS * ENTRIES);
		const { tokenRequests, requests } = await requestLog(simulator);
		expect(tokenRequests.specialized).toBe(1);
		// Who began with the old token is asked again; nobody begins with it after that.
		expect(requests.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(20);
	});
});

describe('a request to slow down', () => {
	it('is heard by all: nothing is sent until its time is over', async () => {
		await disturb(
			simulator,
			{ path: idOf(2), status: 429, headers: { 'retry-after': '2' }, times: 1 },
			slowly,
		);
		const sent: number[] = [];
		const watch = setInterval(() => {
			void requestLog(simulator).then(({ total }) => sent.push(total));
		}, 100);
		const { json, error } = await getAll({ maxConcurrency: 5 });
		clearInterval(watch);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(LEDGERS * ENTRIES);
		// For most of the two seconds the count stands still.
		const longest = Math.max(...sent.map((total) => sent.filter((one) => one === total).length));
		expect(longest).toBeGreaterThanOrEqual(12);
	});

	it('for longer than there is time ends it, and the others are not even asked', async () => {
		await disturb(simulator, {
			path: '/report',
			status: 429,
			headers: { 'retry-after': '3600' },
			times: 1e6,
		});
		await forgetRequests(simulator);
		const { json, error } = await getAll({ maxConcurrency: 2 }, { continueOnFail: true });
		expect(error).toBeUndefined();
		expect(json.map(({ error: message }) => message)).toEqual(
			items.map(({ ledgerId }) => expect.stringContaining(ledgerId)),
		);
		const { requests } = await requestLog(simulator);
		expect(requests.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(2);
	});
});

describe('an item that fails', () => {
	it('stops those behind it, and is the one that is named', async () => {
		await disturb(
			simulator,
			{ path: idOf(4), delayMs: 200, status: 404, times: 1e6 },
			{ path: idOf(9), status: 404, times: 1e6 },
			slowly,
		);
		await forgetRequests(simulator);
		const { error, items: output } = await getAll({ maxConcurrency: 10 });
		expect(output).toEqual([]);
		expect(error).toMatchObject({ context: { itemIndex: 4 } });
		expect(error?.message).toContain(idOf(4));
		const { requests } = await requestLog(simulator);
		expect(requests.some(({ url }) => url.includes(idOf(LEDGERS - 1)))).toBe(false);
	});
});
