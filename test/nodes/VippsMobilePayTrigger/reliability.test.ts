import { NodeApiError } from 'n8n-workflow';
import { expectNoSecrets, startSimulator, type Simulator } from '../../harness';
import { withoutIsolates } from '../../support/expressions';
import { expectExactly, truthOf } from '../../support/truth';
import { accountingKeys, merchantKeys, trigger } from '../../support/vipps';

withoutIsolates();

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
beforeEach(async () => await simulator.reset({ data: 'demo' }));

const capture = async (amount: number, ledgerId = '12345') =>
	await simulator.control.post('/capture', { ledgerId, amount });

const fault = async (details: object) => await simulator.control.post('/faults', details);

const thrownBy = async (poll: Promise<unknown>): Promise<NodeApiError> =>
	await poll.then(
		() => {
			throw new Error('The poll was expected to throw');
		},
		(error: NodeApiError) => error,
	);

const keysOf = (items: Array<Record<string, unknown>>) => items.map(({ dedupeKey }) => dedupeKey);

describe('crashes', () => {
	test('default engine: after a crash before the save, the same entries come with the same keys', async () => {
		const poller = await trigger(simulator, {});
		await poller.poll({ crash: 'beforeSave' });
		const first = keysOf(poller.delivered);
		await poller.poll();
		expect(first.length).toBeGreaterThan(0);
		expect(keysOf(poller.delivered)).toEqual([...first, ...first]);
	});

	test('durable cursors: after any crash, nothing is missing and nothing comes twice', async () => {
		const poller = await trigger(simulator, {}, { engine: 'durable' });
		await poller.activate();
		for (const amount of [1, 2, 3, 4]) {
			await capture(amount);
			await poller.poll({ crash: amount % 2 ? 'beforeSave' : undefined });
		}
		await poller.poll();
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});

	test('durable cursors: from now on, what comes before the first scheduled poll is not lost', async () => {
		const poller = await trigger(simulator, { startFrom: 'now' }, { engine: 'durable' });
		expect(await poller.activate()).toBeNull();
		expect(poller.savedStaticData).toEqual({});
		await capture(314);
		await poller.poll();
		expect(poller.delivered.map(({ topic }) => topic)).toEqual(['funds', 'fees']);
		expect(await poller.poll()).toBeNull();
	});

	test('durable cursors: the same holds for a topic that is chosen later', async () => {
		const now = { startFrom: 'now' };
		const poller = await trigger(
			simulator,
			{ ...now, triggerOn: ['fundsEntry'] },
			{ engine: 'durable' },
		);
		await poller.activate();
		await capture(1);
		await poller.poll();
		const parameters = { ...now, triggerOn: ['fundsEntry', 'feesEntry'] };
		expect(await poller.reactivate({ parameters })).toBeNull();
		await capture(2);
		await poller.poll();
		expect(poller.delivered.map(({ topic }) => topic)).toEqual(['funds', 'funds', 'fees']);
	});

	test('default engine: from now on, the moment of activation survives a crash', async () => {
		const poller = await trigger(simulator, { startFrom: 'now' });
		await poller.activate();
		await capture(315);
		poller.crash();
		await poller.poll();
		expect(poller.delivered.map(({ topic }) => topic)).toEqual(['funds', 'fees']);
	});

	test('activated again, the trigger goes on where it was', async () => {
		const poller = await trigger(simulator, {});
		await poller.activate();
		await capture(8);
		await poller.reactivate();
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});

	test('a topic that is chosen later starts with its own history; the others go on', async () => {
		const poller = await trigger(simulator, { triggerOn: ['fundsEntry'] });
		await poller.activate();
		await poller.reactivate({
			parameters: { triggerOn: ['fundsEntry', 'feesEntry'], startFrom: 'beginning' },
		});
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});
});

describe('faults on the way', () => {
	test('a ledger that cannot be read keeps its cursor, lets the others through, and is reported', async () => {
		await fault({ path: '/ledgers/302321/', times: 1000, status: 403, body: {} });
		const poller = await trigger(simulator, {});
		const items = await poller.activate();
		expect(new Set(items?.[0].map(({ json }) => json.ledgerId))).toEqual(new Set(['12345']));

		const error = await thrownBy(poller.poll());
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toContain('ledger 302321');
		// The others can be read, so n8n is not told to give the trigger up.
		expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });

		await simulator.control.delete('/faults');
		await poller.poll();
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});

	test.each([
		['the connection breaks in the middle of a page', { truncate: true }],
		['the connection is reset', { reset: true }],
		['the server fails twice', { status: 503, body: '<html><title>Busy</title></html>', times: 2 }],
		['the body is no JSON', { status: 200, body: '{"items": [{"amount"' }],
		['the API asks to wait', { status: 429, headers: { 'Retry-After': '1' } }],
	])('nothing is lost or doubled when %s', async (_, details) => {
		await simulator.reset({ data: 'demo', options: { reportPageSize: 3 } });
		await fault({ path: '/12345/funds/feed', skip: 1, times: 1, ...details });
		const poller = await trigger(simulator, {});
		await poller.activate();
		while (await poller.poll());
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});

	test('a long Retry-After is handed to n8n as a wait, and nothing is lost', async () => {
		await fault({ path: '/feed', times: 1000, status: 429, headers: { 'Retry-After': '1800' } });
		const poller = await trigger(simulator, {});
		const error = await thrownBy(poller.activate());
		expect(error.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 1_800_000 });
		await simulator.control.delete('/faults');
		await poller.poll();
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});

	test('a token that expires in the middle of a run of pages is renewed once', async () => {
		await simulator.reset({
			data: 'bulk',
			options: { ledgers: 6, entriesPerLedger: 100, reportPageSize: 50 },
		});
		const poller = await trigger(simulator, { triggerOn: ['fundsEntry'] });
		await poller.poll().catch(() => undefined);
		const before = (await simulator.requests()) as { tokenRequests: { specialized: number } };
		await simulator.control.post('/tokens/expire');
		for (const { ledgerId } of (await truthOf(simulator)).ledgers)
			await capture(5, String(ledgerId));
		await poller.poll();
		const after = (await simulator.requests()) as { tokenRequests: { specialized: number } };
		expect(after.tokenRequests.specialized - before.tokenRequests.specialized).toBe(1);
		expectExactly(
			poller.delivered,
			(await truthOf(simulator)).entries.filter(({ topic }) => topic === 'funds'),
		);
	});

	test('one token is enough for many polls', async () => {
		const poller = await trigger(simulator, {});
		await poller.activate();
		for (let polls = 0; polls < 5; polls++) await poller.poll();
		const { tokenRequests } = (await simulator.requests()) as {
			tokenRequests: { specialized: number };
		};
		expect(tokenRequests.specialized).toBe(1);
	});
});

describe('a test run in the editor', () => {
	test('shows real entries and changes no state', async () => {
		const poller = await trigger(simulator, {
			triggerOn: ['fundsEntry', 'feesEntry', 'salesEntry', 'newLedger'],
			startFrom: 'now',
		});
		const { items, error, staticData } = await poller.pollManually();
		expect(error).toBeUndefined();
		const topics = new Set(items[0].map(({ json }) => json.topic));
		expect(topics).toEqual(new Set(['ledger', 'funds', 'fees', 'sales']));
		expect(staticData).toEqual({});
		expect(poller.savedStaticData).toEqual({});
	});
});

describe('wrong input', () => {
	const cases: Array<[string, object, RegExp]> = [
		['no event', { triggerOn: [] }, /'Trigger On' is empty/],
		['no ledger', { ledgers: 'selected', ledgerIds: [] }, /'Ledger Names or IDs' is empty/],
		['a date that does not exist', { startFrom: 'date', startDate: '2026-02-30' }, /2026-02-30/],
		['no date', { startFrom: 'date', startDate: '' }, /'Start Date'/],
		['a limit of zero', { options: { maxEntriesPerPoll: 0 } }, /at least 1/],
		[
			'sales with merchant keys',
			{ authentication: 'merchantApi', triggerOn: ['salesEntry'] },
			/needs accounting keys/,
		],
	];
	test.each(cases)(
		'%s is refused with a sentence, and nothing is sent or kept',
		async (_, parameters, text) => {
			const poller = await trigger(simulator, parameters as never, {
				credentials: await merchantKeys(simulator),
			});
			const error = await thrownBy(poller.activate());
			expect(error.message).toMatch(text);
			expect(error.description).toBeTruthy();
			expect(poller.staticData).toEqual({});
			expect(((await simulator.requests()) as { total: number }).total).toBe(0);
		},
	);

	test('wrong keys: the sentence says what to do and shows no secret', async () => {
		const clientSecret = 'not-the-secret-of-anybody';
		const poller = await trigger(
			simulator,
			{},
			{
				credentials: await accountingKeys(simulator, { clientSecret }),
			},
		);
		const error = await thrownBy(poller.activate());
		expect(error.message).toContain('did not accept the keys');
		expect(error.message).toContain('Check the Client ID');
		expect(error.failure).toEqual({ cause: 'credential-invalid' });
		expectNoSecrets(error, [clientSecret]);
		expect(poller.staticData).toEqual({});
	});

	test('a ledger that is not yours is named, and nothing is kept of it', async () => {
		const poller = await trigger(simulator, { ledgers: 'selected', ledgerIds: ['424242'] });
		const error = await thrownBy(poller.activate());
		expect(error.message).toContain('424242');
		expect(error.description).toContain('Accounting partners');
		expect(poller.staticData).not.toHaveProperty('streams.funds:424242');
	});

	test('a cursor that the API does not know leaves the state as it was', async () => {
		const poller = await trigger(simulator, { ledgers: 'selected', ledgerIds: ['12345'] });
		await poller.activate();
		const good = poller.savedStaticData as { streams: Record<string, { cursor: string }> };
		const streams = { ...good.streams, 'funds:12345': { cursor: 'garbage' } };
		poller.setSavedStaticData({ ...good, streams });
		const error = await thrownBy(poller.poll());
		expect(error.message).toContain('did not accept the cursor');
		expect(poller.staticData).toMatchObject({ streams: { 'funds:12345': { cursor: 'garbage' } } });
	});
});
