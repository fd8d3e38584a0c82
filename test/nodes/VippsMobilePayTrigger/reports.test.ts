import type { NodeApiError } from 'n8n-workflow';
import { engineLog, startSimulator, type Poller, type Simulator } from '../../harness';
import { withoutIsolates } from '../../support/expressions';
import { disturb } from '../../support/simulated';
import { timeGoesBy } from '../../support/time';
import { expectExactly, truthOf } from '../../support/truth';
import { trigger } from '../../support/vipps';

withoutIsolates();

const MINUTE_MS = 60_000;

let simulator: Simulator;
/** Troubles are remembered by node, so that every test needs one of its own. */
let nodeNumber = 0;

beforeAll(async () => {
	simulator = await startSimulator();
});
beforeEach(async () => await simulator.reset({ data: 'demo' }));

const capture = async (amount: number, ledgerId = '12345') =>
	await simulator.control.post('/capture', { ledgerId, amount });

const breakLedger = async (ledgerId: string, fault: object = { status: 403, body: {} }) =>
	await disturb(simulator, { path: `/ledgers/${ledgerId}/`, times: 1000, ...fault });

const mend = async () => await simulator.control.delete('/faults');

const newTrigger = async (): Promise<Poller> =>
	await trigger(simulator, {}, { nodeId: `reporting-${++nodeNumber}` });

/** What n8n's error handling gets from a poll, or undefined. */
const errorOf = async (poller: Poller): Promise<NodeApiError | undefined> =>
	await poller.poll().then(
		() => undefined,
		(error: NodeApiError) => error,
	);

describe('a ledger that cannot be read while nothing is new', () => {
	test('is reported at once, then every hour', async () => {
		const poller = await newTrigger();
		await poller.activate();
		await breakLedger('302321');
		expect((await errorOf(poller))?.message).toContain('ledger 302321');
		expect(await errorOf(poller)).toBeUndefined();
		timeGoesBy(59 * MINUTE_MS);
		expect(await errorOf(poller)).toBeUndefined();
		timeGoesBy(2 * MINUTE_MS);
		expect((await errorOf(poller))?.message).toContain('ledger 302321');
		expect(await errorOf(poller)).toBeUndefined();
	});

	test('does not make n8n give the trigger up, whatever is wrong with it', async () => {
		for (const status of [401, 403, 404, 410]) {
			const poller = await newTrigger();
			await poller.activate();
			await breakLedger('302321', { status, body: {} });
			const error = await errorOf(poller);
			expect(error?.failure).toEqual({ cause: 'temporarily-unavailable' });
			expect(error?.description).toContain('once an hour');
			await mend();
		}
	});

	test('is in the log with every poll', async () => {
		const poller = await newTrigger();
		await poller.activate();
		await breakLedger('302321');
		await errorOf(poller);
		await errorOf(poller);
		const lines = engineLog.lines.filter((line) => line.includes('funds:302321 could not be read'));
		expect(lines).toHaveLength(2);
	});

	test('is forgotten when it is healed, and reported at once when it breaks again', async () => {
		const poller = await newTrigger();
		await poller.activate();
		await breakLedger('302321');
		expect(await errorOf(poller)).toBeDefined();
		await mend();
		expect(await errorOf(poller)).toBeUndefined();
		await breakLedger('302321');
		expect(await errorOf(poller)).toBeDefined();
	});

	test('is not hushed up by another one that has been reported', async () => {
		await simulator.control.post('/ledgers', { ledgerId: '500001', market: 'DK' });
		const poller = await newTrigger();
		await poller.activate();
		await breakLedger('302321');
		expect((await errorOf(poller))?.message).toContain('ledger 302321');
		await breakLedger('500001');
		expect((await errorOf(poller))?.message).toContain('ledger 500001');
		expect(await errorOf(poller)).toBeUndefined();
	});

	test('changes nothing of what the others bring', async () => {
		const poller = await newTrigger();
		await poller.activate();
		await breakLedger('302321');
		await capture(1, '302321');
		expect(await errorOf(poller)).toBeDefined();
		await capture(2);
		expect((await poller.poll())?.[0]).toHaveLength(2);
		await mend();
		await poller.poll();
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});
});

describe('a ledger that cannot be read while others always have something new', () => {
	test('is reported after an hour; that poll hands nothing out and loses nothing', async () => {
		const poller = await newTrigger();
		await poller.activate();
		await breakLedger('302321');
		for (const amount of [1, 2]) {
			await capture(amount);
			expect(await errorOf(poller)).toBeUndefined();
			timeGoesBy(29 * MINUTE_MS);
		}
		timeGoesBy(2 * MINUTE_MS);
		await capture(3);
		const before = { delivered: poller.delivered.length, state: poller.staticData };
		const error = await errorOf(poller);
		expect(error?.message).toContain('ledger 302321');
		expect(error?.failure).toEqual({ cause: 'temporarily-unavailable' });
		expect({ delivered: poller.delivered.length, state: poller.staticData }).toEqual(before);

		expect((await poller.poll())?.[0]).toHaveLength(2);
		timeGoesBy(59 * MINUTE_MS);
		await capture(4);
		expect(await errorOf(poller)).toBeUndefined();
		timeGoesBy(2 * MINUTE_MS);
		await capture(5);
		expect(await errorOf(poller)).toBeDefined();

		await mend();
		await poller.poll();
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});

	test('loses nothing with durable cursors either', async () => {
		const poller = await trigger(
			simulator,
			{},
			{ engine: 'durable', nodeId: `reporting-${++nodeNumber}` },
		);
		await poller.activate();
		await breakLedger('302321');
		await capture(1);
		expect(await errorOf(poller)).toBeUndefined();
		timeGoesBy(61 * MINUTE_MS);
		await capture(2);
		expect(await errorOf(poller)).toBeDefined();
		expect((await poller.poll())?.[0]).toHaveLength(2);
		await mend();
		await poller.poll();
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});
});

describe('when nothing can be read', () => {
	test('every poll says so, with the cause that the answer proves', async () => {
		const poller = await newTrigger();
		await poller.activate();
		await disturb(simulator, { path: '/feed', times: 1000, status: 403, body: {} });
		for (let polls = 0; polls < 3; polls++) {
			const error = await errorOf(poller);
			expect(error?.failure).toEqual({ cause: 'credential-invalid' });
			expect(error?.description).not.toContain('once an hour');
		}
		await mend();
		await capture(1);
		await poller.poll();
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});

	test('and when not even the list of ledgers can be read', async () => {
		const poller = await newTrigger();
		await poller.activate();
		await disturb(simulator, { path: '/settlement/', times: 1000, status: 403, body: {} });
		for (let polls = 0; polls < 2; polls++) {
			expect((await errorOf(poller))?.failure).toEqual({ cause: 'credential-invalid' });
		}
	});
});
