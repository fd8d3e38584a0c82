import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import {
	createClient,
	type ApiRequest,
	type ClientOptions,
} from '../../../nodes/shared/transport/client';
import { NODE } from '../../support/node';

interface Answer {
	status: number;
	body?: unknown;
	headers?: object;
}

/** Answers in turn, the last one for good; `reset` breaks the connection. */
type Script = Array<Answer | 'reset' | (() => Answer)>;

const CODE = (code: string) => ({
	title: 'No',
	extraDetails: [{ name: 'ErrorCode', reason: code }],
});

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A client on n8n's request helper, which a script stands in for. */
function open(script: Script, options?: ClientOptions, changes: object = {}) {
	const sent: IHttpRequestOptions[] = [];
	const stop = new AbortController();
	const helper = async (_type: string, request: IHttpRequestOptions) => {
		sent.push(structuredClone(request));
		const next = script[Math.min(sent.length, script.length) - 1];
		if (next === 'reset') throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
		const { status, body = {}, headers = {} } = typeof next === 'function' ? next() : next;
		return { statusCode: status, body, headers };
	};
	const context = {
		getNode: () => NODE,
		getCredentials: async () => ({}),
		getExecutionCancelSignal: () => stop.signal,
		helpers: { httpRequestWithAuthentication: helper },
		...changes,
	} as unknown as IExecuteFunctions;
	const client = createClient(context, 'aCredential', options);
	return { client, sent, stop };
}

const WRITE: ApiRequest<unknown> = {
	method: 'POST',
	path: '/epayment/v1/payments/acme-shop-order-1/capture',
	headers: { 'Idempotency-Key': 'a-key' },
	body: { amount: 1 },
	repeatable: true,
	subject: 'payment acme-shop-order-1',
	read: (body) => (body === '' ? undefined : body),
};

const OK = { status: 200, body: { done: true } };

interface Failure {
	message: string;
	description: string;
	httpCode?: string;
}

/** Lets time go by until the request has ended. */
async function outcomeOf(request: Promise<unknown>): Promise<unknown> {
	const settled = request.catch((error: Failure) => error);
	await jest.advanceTimersByTimeAsync(10 * 60_000);
	return await settled;
}

const failureOf = async (request: Promise<unknown>) => (await outcomeOf(request)) as Failure;

describe('codes that pass', () => {
	const passingCodes = ['6280'];

	it('are repeated, with the same key and body', async () => {
		const refused = { status: 400, body: CODE('6280') };
		const { client, sent } = open([refused, refused, OK]);
		expect(await outcomeOf(client.request({ ...WRITE, passingCodes }))).toEqual({ done: true });
		expect(sent).toHaveLength(3);
		for (const { headers, body, method, url } of sent) {
			expect(headers).toEqual({ 'Idempotency-Key': 'a-key' });
			expect([method, url, body]).toEqual(['POST', WRITE.path, { amount: 1 }]);
		}
	});

	it.each([
		['another code', { status: 400, body: CODE('6260') }, passingCodes],
		['no code', { status: 400, body: {} }, passingCodes],
		['the code where nobody said that it passes', { status: 400, body: CODE('6280') }, undefined],
	])('are not: %s', async (_name, answer, codes) => {
		const { client, sent } = open([answer, OK]);
		const { httpCode } = await failureOf(client.request({ ...WRITE, passingCodes: codes }));
		expect(httpCode).toBe('400');
		expect(sent).toHaveLength(1);
	});
});

describe('a refusal of a repetition', () => {
	const readWhenRepeated = (status: number) => (status === 404 ? 'gone before' : undefined);
	const gone = { status: 404 };

	it.each<[string, Script]>([
		['a connection that broke', ['reset', gone]],
		['a 500', [{ status: 500 }, gone]],
		['an answer that made no sense', [{ status: 200, body: '' }, gone]],
		['a 500 and a 429', [{ status: 500 }, { status: 429 }, gone]],
	])('after %s stands for what was done before', async (_name, script) => {
		const { client } = open(script);
		expect(await outcomeOf(client.request({ ...WRITE, readWhenRepeated }))).toBe('gone before');
	});

	it.each<[string, Script]>([
		['nothing', [gone]],
		['a 429', [{ status: 429 }, gone]],
		['a 423', [{ status: 423 }, gone]],
	])('after %s is a refusal', async (_name, script) => {
		const { client } = open(script);
		const { httpCode, description } = await failureOf(
			client.request({ ...WRITE, readWhenRepeated }),
		);
		expect(httpCode).toBe('404');
		expect(description).not.toMatch(/not known|a-key/);
	});

	it('that nothing is said of is a refusal', async () => {
		const { client } = open(['reset', { status: 400 }]);
		const { httpCode } = await failureOf(client.request({ ...WRITE, readWhenRepeated }));
		expect(httpCode).toBe('400');
	});
});

describe('the time for a request', () => {
	const attempts = async (request: Partial<ApiRequest<unknown>>, options?: ClientOptions) => {
		const start = Date.now();
		let end = start;
		const { client, sent } = open([() => ((end = Date.now()), { status: 503 })], options);
		const { httpCode } = await failureOf(client.request({ ...WRITE, ...request }));
		expect(httpCode).toBe('503');
		return { count: sent.length, lasted: end - start, timeouts: sent.map((one) => one.timeout) };
	};

	it('is a minute, and no attempt waits longer than 30 seconds for an answer', async () => {
		const { count, lasted, timeouts } = await attempts({});
		expect(count).toBeGreaterThan(4);
		expect(lasted).toBeGreaterThan(20_000);
		expect(lasted).toBeLessThan(60_000);
		expect(Math.max(...timeouts.map(Number))).toBe(30_000);
	});

	it('ends at its own deadline instead, be it earlier or later', async () => {
		const early = await attempts({ deadline: Date.now() + 5_000 });
		expect(early.lasted).toBeLessThan(5_000);
		expect(Math.max(...early.timeouts.map(Number))).toBe(5_000);
		const late = await attempts({ deadline: Date.now() + 300_000 }, { totalTimeMs: 5_000 });
		expect(late.lasted).toBeGreaterThan(200_000);
		expect(late.lasted).toBeLessThan(300_000);
	});

	it('is enough for one attempt when the deadline is over', async () => {
		const { count, timeouts } = await attempts({ deadline: Date.now() - 1 });
		expect([count, timeouts]).toEqual([1, [1_000]]);
	});

	it('ends at the deadline of the client', async () => {
		const { lasted } = await attempts({}, { deadline: Date.now() + 3_000 });
		expect(lasted).toBeLessThan(3_000);
	});

	it('is not used for what may not be repeated', async () => {
		expect((await attempts({ repeatable: undefined })).count).toBe(1);
		expect((await attempts({ repeatable: false, method: 'GET' })).count).toBe(1);
		expect((await attempts({ repeatable: undefined, method: 'GET' })).count).toBeGreaterThan(4);
	});
});

describe('Retry-After', () => {
	it('is waited for, by the other requests of the client, too', async () => {
		const start = Date.now();
		const times: number[] = [];
		const note = (answer: Answer) => () => {
			times.push(Date.now() - start);
			return answer;
		};
		const { client } = open([
			note({ status: 429, headers: { 'retry-after': '7' } }),
			note(OK),
			note(OK),
		]);
		const first = client.request(WRITE);
		await jest.advanceTimersByTimeAsync(100);
		await outcomeOf(Promise.all([first, client.request(WRITE)]));
		expect(times).toHaveLength(3);
		expect(times[0]).toBe(0);
		expect(Math.min(times[1], times[2])).toBeGreaterThanOrEqual(7_000);
	});
});

describe('a Retry-After for longer than there is time', () => {
	const wait = { status: 429, headers: { 'retry-after': '3600' } };

	it('ends further requests unsent where quiet is kept', async () => {
		const { client, sent } = open([wait, OK], { keepsQuiet: true });
		for (let i = 0; i < 3; i++) {
			expect((await failureOf(client.request(WRITE))).httpCode).toBe('429');
		}
		expect(sent).toHaveLength(1);
		await jest.advanceTimersByTimeAsync(3_600_000);
		expect(await outcomeOf(client.request(WRITE))).toEqual({ done: true });
	});

	it('holds up nobody else where it is not', async () => {
		const { client, sent } = open([wait, OK]);
		expect((await failureOf(client.request(WRITE))).httpCode).toBe('429');
		expect(await outcomeOf(client.request(WRITE))).toEqual({ done: true });
		expect(sent).toHaveLength(2);
	});
});

describe('headers', () => {
	it('of the client go with every request, and those of the request win', async () => {
		const { client, sent } = open([OK], {
			headers: { 'Merchant-Serial-Number': '123456', A: '1' },
		});
		await client.request({ ...WRITE, headers: { A: '2' } });
		await client.request({ path: '/', read: (body) => body });
		expect(sent.map(({ headers }) => headers)).toEqual([
			{ 'Merchant-Serial-Number': '123456', A: '2' },
			{ 'Merchant-Serial-Number': '123456', A: '1' },
		]);
	});
});

describe('a write whose outcome is not known', () => {
	const KEY = 'Idempotency key of this request: a-key.';
	const LOOK = "Read the payment with 'Get' before you run this again";
	const never = { headers: { 'retry-after': '3600' } };

	it.each<[string, Script]>([
		['a connection that always breaks', ['reset']],
		['a lasting 500', [{ status: 500 }]],
		['a 408', [{ status: 408 }]],
		['an answer that never makes sense', [{ status: 200, body: '' }]],
		['a 500, and then a refusal', [{ status: 500 }, { status: 400, body: CODE('6170') }]],
		['a broken connection, and then a 429 for long', ['reset', { status: 429, ...never }]],
		['a broken connection, and then a 423 for long', ['reset', { status: 423, ...never }]],
		['a broken connection, and then a 403', ['reset', { status: 403 }]],
	])('after %s says so once, and tells the key', async (_name, script) => {
		const { client } = open(script);
		const { description } = await failureOf(client.request(WRITE));
		expect(description).toContain('It is not known whether this was carried out.');
		expect(description.split(LOOK)).toHaveLength(2);
		expect(description.split(KEY)).toHaveLength(2);
	});

	it.each([
		['a refusal', { status: 400, body: CODE('6170') }],
		['a conflict', { status: 409, body: CODE('4010') }],
		['a 429 for long', { status: 429, ...never }],
		['a 423 for long', { status: 423, ...never }],
	])('is not one after %s alone', async (_name, answer) => {
		const { client } = open([answer]);
		expect((await failureOf(client.request(WRITE))).description).not.toMatch(/not known|a-key/);
	});

	it('is none when it only reads', async () => {
		const { client } = open(['reset']);
		const request = { ...WRITE, method: 'GET', body: undefined } as const;
		expect((await failureOf(client.request(request))).description).not.toMatch(/not known|a-key/);
	});

	it('tells no other header', async () => {
		const { client } = open(['reset'], { headers: { 'Merchant-Serial-Number': '123456' } });
		const headers = { ...WRITE.headers, Authorization: 'Bearer very-secret' };
		const failure = await failureOf(client.request({ ...WRITE, headers }));
		expect(failure.description).toContain(KEY);
		expect(JSON.stringify([failure, failure.description])).not.toMatch(/very-secret|123456/);
	});
});

describe('an execution that is cancelled', () => {
	it('sends nothing more', async () => {
		const { client, sent, stop } = open([OK]);
		stop.abort();
		expect((await failureOf(client.request(WRITE))).message).toBe('The execution was canceled');
		expect(sent).toEqual([]);
	});

	it('does not repeat, soon gives up waiting, and still says what is not known', async () => {
		const { client, sent, stop } = open([{ status: 500, headers: { 'retry-after': '30' } }, OK]);
		let ended = false;
		const request = client.request(WRITE).catch((error: Failure) => {
			ended = true;
			return error;
		});
		await jest.advanceTimersByTimeAsync(1_000);
		stop.abort();
		await jest.advanceTimersByTimeAsync(600);
		expect(ended).toBe(true);
		const { message, description } = (await request) as Failure;
		expect(message).toContain('could not answer just now');
		expect(description).toContain('a-key');
		expect(sent).toHaveLength(1);
	});

	it('is not known of in older versions of n8n, where everything is sent', async () => {
		const { client, stop } = open([OK], {}, { getExecutionCancelSignal: undefined });
		stop.abort();
		expect(await client.request(WRITE)).toEqual({ done: true });
	});
});
