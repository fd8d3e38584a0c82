/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs in Jest, never in n8n */
import { DEFAULT_LIMITS, Gate, limitsOf } from '../../../nodes/shared/transport/gate';

const never = () => false;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Sends that many requests through a gate, each of which takes so long; notes when they begin. */
function send(gate: Gate, count: number, eachMs: number) {
	const start = Date.now();
	const begun: Array<{ request: number; at: number }> = [];
	let underWay = 0;
	let most = 0;
	const all = Array.from({ length: count }, async (_, request) => {
		await gate.enter(never);
		begun.push({ request, at: Date.now() - start });
		most = Math.max(most, ++underWay);
		await new Promise((resolve) => setTimeout(resolve, eachMs));
		underWay--;
		gate.leave();
	});
	return { begun, most: () => most, ended: Promise.all(all) };
}

describe('the limit of requests at the same time', () => {
	it.each([1, 3, 20])('lets %i through, and the next as soon as one has ended', async (limit) => {
		const { begun, most, ended } = send(new Gate(limitsOf(limit, 0)), 60, 100);
		await jest.advanceTimersByTimeAsync((60 / limit) * 100);
		await ended;
		expect(most()).toBe(limit);
		expect(begun.map(({ at }) => at)).toEqual(
			Array.from({ length: 60 }, (_, index) => Math.floor(index / limit) * 100),
		);
	});

	it('serves in the order in which they came', async () => {
		const { begun, ended } = send(new Gate(limitsOf(2, 0)), 10, 10);
		await jest.advanceTimersByTimeAsync(1_000);
		await ended;
		expect(begun.map(({ request }) => request)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	});

	it('is twenty, without a limit per second, unless the user says otherwise', () => {
		expect(new Gate().limits).toEqual({ concurrency: 20, perSecond: Infinity });
		expect(DEFAULT_LIMITS).toEqual({ concurrency: 20, perSecond: Infinity });
	});
});

describe('the limit per second', () => {
	it('spaces requests evenly, however short they are', async () => {
		const { begun, ended } = send(new Gate(limitsOf(20, 4)), 9, 1);
		await jest.advanceTimersByTimeAsync(5_000);
		await ended;
		expect(begun.map(({ at }) => at)).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000]);
	});

	it('saves nothing up while nothing is sent', async () => {
		const gate = new Gate(limitsOf(20, 2));
		const first = send(gate, 1, 1);
		await jest.advanceTimersByTimeAsync(60_000);
		await first.ended;
		const { begun, ended } = send(gate, 3, 1);
		await jest.advanceTimersByTimeAsync(2_000);
		await ended;
		expect(begun.map(({ at }) => at)).toEqual([0, 500, 1000]);
	});

	it('holds up nobody who has been cancelled', async () => {
		const gate = new Gate(limitsOf(20, 1));
		let cancelled = false;
		const isCancelled = () => cancelled;
		await gate.enter(isCancelled);
		let entered = 0;
		for (let i = 0; i < 5; i++) void gate.enter(isCancelled).then(() => entered++);
		cancelled = true;
		await jest.advanceTimersByTimeAsync(500);
		expect(entered).toBe(5);
	});
});

describe('quiet', () => {
	const outcome = { kind: 'unreachable', message: 'x' } as const;

	it('lasts as long as was asked for, and a shorter wish does not end it', async () => {
		const gate = new Gate();
		gate.keepQuiet(5_000, outcome);
		gate.keepQuiet(1_000, outcome);
		await jest.advanceTimersByTimeAsync(4_999);
		expect(gate.quietNow?.outcome).toBe(outcome);
		await jest.advanceTimersByTimeAsync(1);
		expect(gate.quietNow).toBeUndefined();
	});
});
