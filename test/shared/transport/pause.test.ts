import { isCancelledIn, pause } from '../../../nodes/shared/transport/pause';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** How long a pause lasts when the execution is cancelled after a while, in milliseconds. */
async function lasts(ms: number, cancelledAfterMs = Infinity): Promise<number> {
	const start = Date.now();
	let end = -1;
	const done = pause(ms, () => Date.now() - start >= cancelledAfterMs).then(
		() => (end = Date.now()),
	);
	await jest.advanceTimersByTimeAsync(60_000);
	await done;
	return end - start;
}

it.each([0, 1, 499, 500, 501, 12_345])('a pause of %i ms lasts so long', async (ms) => {
	expect(await lasts(ms)).toBe(ms);
});

it.each([-1, -5_000])('a pause of %i ms is none', async (ms) => {
	expect(await lasts(ms)).toBe(0);
});

it.each([
	[0, 0],
	[1, 500],
	[499, 500],
	[7_700, 8_000],
])('cancelled after %i ms, it is over after %i', async (cancelled, over) => {
	expect(await lasts(30_000, cancelled)).toBe(over);
});

it('an execution is cancelled when its signal says so, and without one never', () => {
	const stop = new AbortController();
	const isCancelled = isCancelledIn({ getExecutionCancelSignal: () => stop.signal });
	expect(isCancelled()).toBe(false);
	stop.abort();
	expect(isCancelled()).toBe(true);
	expect(isCancelledIn({ getExecutionCancelSignal: () => undefined })()).toBe(false);
	expect(isCancelledIn({})()).toBe(false);
});
