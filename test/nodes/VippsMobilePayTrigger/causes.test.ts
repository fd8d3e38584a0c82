import type { NodeApiError } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../harness';
import { withoutIsolates } from '../../support/expressions';
import { disturb, type Fault } from '../../support/simulated';
import { expectExactly, truthOf } from '../../support/truth';
import { trigger } from '../../support/vipps';

withoutIsolates();

// The shortest pauses before a repetition, so that the time of a poll is known.
jest.spyOn(Math, 'random').mockReturnValue(0);

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});

/** The simulator's clock stands still here, so that a date in an answer is a certain wait. */
const NOW = '2026-06-01T12:00:00Z';
const FAR = '2026-06-01T13:00:00Z';

/** Enough for two repetitions; a request that is never answered uses up most of the time. */
const BUDGET_MS = 1500;
const LATE = 'no answer in time';
const LATE_BUDGET_MS = 3000;

type Row = [what: string, fault: Partial<Fault>, failure: unknown];

const httpDate = new Date(FAR).toUTCString();

const rows: Row[] = [
	['400', { status: 400, body: { title: 'Bad Request' } }, { cause: 'configuration-invalid' }],
	['401', { status: 401, body: { title: 'Unauthorized' } }, { cause: 'credential-invalid' }],
	['401 without a body', { status: 401 }, { cause: 'credential-invalid' }],
	['403', { status: 403, body: { title: 'Forbidden' } }, { cause: 'credential-invalid' }],
	['404', { status: 404, body: { title: 'Not Found' } }, { cause: 'configuration-invalid' }],
	['408', { status: 408 }, { cause: 'temporarily-unavailable' }],
	['410', { status: 410, body: { errorCode: 10002 } }, { cause: 'node-defect' }],
	['418', { status: 418 }, { cause: 'node-defect' }],
	['423', { status: 423, body: {} }, { cause: 'temporarily-unavailable' }],
	['429', { status: 429 }, { cause: 'rate-limited' }],
	[
		'429 with a number of seconds',
		{ status: 429, headers: { 'Retry-After': '600' } },
		{ cause: 'rate-limited', retryAfterMs: 600_000 },
	],
	[
		'429 with a date',
		{ status: 429, headers: { 'Retry-After': httpDate } },
		{ cause: 'rate-limited', retryAfterMs: 3_600_000 },
	],
	[
		'429 with nonsense',
		{ status: 429, headers: { 'Retry-After': 'soon' } },
		{ cause: 'rate-limited' },
	],
	['500', { status: 500, body: { title: 'Oops' } }, { cause: 'temporarily-unavailable' }],
	[
		'502 in HTML',
		{ status: 502, body: '<html><title>Bad Gateway</title></html>', contentType: 'text/html' },
		{ cause: 'temporarily-unavailable' },
	],
	[
		'503 with a number of seconds',
		{ status: 503, headers: { 'Retry-After': '120' } },
		{ cause: 'temporarily-unavailable', retryAfterMs: 120_000 },
	],
	[
		'503 with a date',
		{ status: 503, headers: { 'Retry-After': httpDate } },
		{ cause: 'temporarily-unavailable', retryAfterMs: 3_600_000 },
	],
	['a connection that is reset', { reset: true }, { cause: 'temporarily-unavailable' }],
	['a body that breaks off', { truncate: true }, { cause: 'temporarily-unavailable' }],
	[LATE, { delayMs: 4000 }, { cause: 'temporarily-unavailable' }],
	['broken JSON', { status: 200, body: '{"items": [{"am' }, { cause: 'temporarily-unavailable' }],
	['HTML and 200', { status: 200, body: '<html></html>' }, { cause: 'temporarily-unavailable' }],
	['JSON of another kind', { status: 200, body: { a: 1 } }, { cause: 'temporarily-unavailable' }],
];

const watched = { ledgers: 'selected', ledgerIds: ['12345'], triggerOn: ['fundsEntry'] };

const fundsOf = async (ledgerId: string) =>
	(await truthOf(simulator)).entries.filter(
		(entry) => entry.ledgerId === ledgerId && entry.topic === 'funds',
	);

const errorOf = async (poll: Promise<unknown>): Promise<NodeApiError | undefined> =>
	await poll.then(
		() => undefined,
		(error: NodeApiError) => error,
	);

/** Polls into a fault, and then, when it is over, until everything has come. */
async function expectFailure([what, fault, failure]: Row, hasCursor: boolean): Promise<void> {
	await simulator.reset({ data: 'demo', now: NOW });
	const budgetMs = what === LATE ? LATE_BUDGET_MS : BUDGET_MS;
	const poller = await trigger(simulator, watched, { budgetMs });
	if (hasCursor) await poller.poll();
	const { streams = {} } = poller.staticData;
	await disturb(simulator, { path: '/feed', times: 1000, ...fault });
	const error = await errorOf(poller.poll());
	expect(error?.failure).toEqual(failure);
	expect(error?.message).toContain('ledger 12345, funds');
	if (what === '400') expect(error?.message).toContain(hasCursor ? 'the cursor' : 'the request');
	expect(poller.staticData.streams ?? {}).toEqual(streams);

	await simulator.control.delete('/faults');
	await simulator.control.post('/capture', { ledgerId: '12345', amount: 5 });
	while (await poller.poll());
	expectExactly(poller.delivered, await fundsOf('12345'));
}

describe('what n8n learns from the answer to a page', () => {
	test.each(rows)('%s', async (...row) => await expectFailure(row, false));
});

describe('what n8n learns from the answer to a page behind a cursor', () => {
	const some = rows.filter(([what]) => ['400', '403', '404', '429 with a date'].includes(what));
	test.each(some)('%s', async (...row) => await expectFailure(row, true));
});

test('what n8n learns when the token is refused', async () => {
	await simulator.reset({ data: 'demo', now: NOW });
	const refused = async (fault: Partial<Fault>) => {
		await disturb(simulator, { path: '/token', times: 1000, ...fault });
		await simulator.control.post('/tokens/expire');
		const poller = await trigger(simulator, watched, { budgetMs: BUDGET_MS });
		const error = await errorOf(poller.poll());
		await simulator.control.delete('/faults');
		return error?.failure;
	};
	expect(await refused({ status: 401, body: { error: 'invalid_client' } })).toEqual({
		cause: 'credential-invalid',
	});
	expect(await refused({ status: 429, headers: { 'Retry-After': '900' } })).toEqual({
		cause: 'rate-limited',
		retryAfterMs: 900_000,
	});
	expect(await refused({ status: 503 })).toEqual({ cause: 'temporarily-unavailable' });
});
