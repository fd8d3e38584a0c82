import { engineLog, expectNoSecrets, startSimulator, type Simulator } from '../../harness';
import { startRecorder } from '../../support/recorder';
import {
	apiRequests,
	disturb,
	expireTokens,
	forgetRequests,
	requestLog,
	secretsOf,
	type Fault,
} from '../../support/simulated';
import { timeGoesBy } from '../../support/time';
import { accountingKeys, act, merchantKeys } from '../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'worked-example' })));

beforeEach(async () => {
	await simulator.reset();
	// A token is at hand, so that faults meet the request itself.
	await read();
	await forgetRequests(simulator);
});

const REPORT = '/report/';

const read = async (options = {}) =>
	await act(
		simulator,
		{
			resource: 'ledgerEntry',
			operation: 'getAll',
			ledgerId: { __rl: true, mode: 'id', value: '12345' },
			fromDate: '2022-10-01',
			toDate: '2022-10-01',
			returnAll: true,
		},
		options,
	);

const statuses = async () => (await apiRequests(simulator)).map(({ status }) => status);

describe('what passes is sent again and all entries come', () => {
	it.each([
		['a connection that breaks before the answer', { reset: true }],
		['an answer that breaks off in its middle', { truncate: true }],
		['JSON that is cut short', { status: 200, body: '{"items":[{"entryType":"capture"' }],
		['an answer that is something else', { status: 200, body: { hello: 'world' } }],
		['a page with items that are none', { status: 200, body: { items: [null], hasMore: false } }],
		['a page of HTML', { status: 200, body: '<html>Hello</html>', contentType: 'text/html' }],
		['an empty answer', { status: 200, body: '' }],
		['423', { status: 423, body: {} }],
		['429 without Retry-After', { status: 429, body: {} }],
		[
			'429 with a Retry-After that says nothing',
			{ status: 429, headers: { 'retry-after': 'soon' } },
		],
		['500', { status: 500, body: {} }],
		['502 with HTML', { status: 502, body: '<html></html>', contentType: 'text/html' }],
		['an empty 503', { status: 503 }],
		['504', { status: 504, body: '' }],
	])('after %s', async (_name, fault) => {
		await disturb(simulator, { path: REPORT, ...fault });
		const { json, error } = await read();
		expect(error).toBeUndefined();
		expect(json).toHaveLength(6);
		expect(await apiRequests(simulator)).toHaveLength(2);
	});

	it('after 500 twice', async () => {
		await disturb(simulator, { path: REPORT, status: 500, body: {}, times: 2 });
		expect((await read()).json).toHaveLength(6);
		expect(await statuses()).toEqual([500, 500, 200]);
	});

	it('after a fault on a later page, from that page on', async () => {
		await simulator.reset({ data: 'worked-example', options: { reportPageSize: 2 } });
		await disturb(simulator, { path: 'cursor=', skip: 1, status: 503 });
		const { json } = await read();
		expect(json).toHaveLength(6);
		expect(new Set(json.map(({ dedupeKey }) => dedupeKey)).size).toBe(6);
		expect(await statuses()).toEqual([200, 200, 503, 200]);
	});
});

describe('Retry-After', () => {
	it.each([
		['in seconds', '2'],
		['as a date of the API', 'Fri, 01 May 2026 00:00:02 GMT'],
	])('%s is waited for', async (_name, value) => {
		await simulator.reset({ data: 'worked-example', now: '2026-05-01T00:00:00Z' });
		await disturb(simulator, { path: REPORT, status: 429, headers: { 'Retry-After': value } });
		const start = Date.now();
		expect((await read()).json).toHaveLength(6);
		expect(Date.now() - start).toBeGreaterThanOrEqual(1_900);
		expect(Date.now() - start).toBeLessThan(8_000);
		expect(await statuses()).toEqual([429, 200]);
	});

	it.each([
		[503, '3600', 'temporarily-unavailable', 'could not answer just now'],
		[429, '3600', 'rate-limited', 'received too many requests'],
		[423, '3600', 'temporarily-unavailable', 'still working on an earlier request'],
		[429, 'Fri, 01 May 2026 01:00:00 GMT', 'rate-limited', 'received too many requests'],
	])('%d that is too long (%s) is told at once', async (status, value, cause, message) => {
		await simulator.reset({ data: 'worked-example', now: '2026-05-01T00:00:00Z' });
		const headers = { 'Retry-After': value };
		await disturb(simulator, { path: REPORT, status, headers, body: {}, times: 99 });
		const { error, items } = await read();
		expect(error?.message).toContain(message);
		expect(error).toMatchObject({ httpCode: String(status), failure: { cause } });
		const { retryAfterMs } = (error as unknown as { failure: { retryAfterMs: number } }).failure;
		expect(Math.abs(retryAfterMs - 3_600_000)).toBeLessThanOrEqual(2_000);
		expect(items).toEqual([]);
		expect(await apiRequests(simulator)).toHaveLength(1);
	});
});

describe('what lasts ends', () => {
	it.each([
		['a never-ending 503', { status: 503 }, 'could not answer just now'],
		['an answer that never makes sense', { status: 200, body: '{' }, 'incomplete'],
		['a connection that always breaks', { drop: true }, 'could not be reached'],
	])('for %s', async (_name, answer, message) => {
		// Almost half a minute goes by with every attempt.
		const broken = await startRecorder(({ url }) => {
			if (url.includes('token')) return { body: { access_token: 'a-token', expires_in: 900 } };
			timeGoesBy(25_000);
			return answer;
		});
		const credentials = await accountingKeys(simulator, { baseUrl: broken.url });
		const { error } = await read({ credentials });
		expect(error?.message).toContain(message);
		expect(error).toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
		const attempts = broken.received.filter(({ url }) => url.startsWith('/report/'));
		expect(attempts.length).toBeGreaterThan(1);
		expect(attempts.length).toBeLessThanOrEqual(3);
		await broken.close();
	});

	it('for a refused token: renewed once, sent twice', async () => {
		const body = { code: 'Unauthorized', message: 'The token is not valid' };
		await disturb(simulator, { path: REPORT, status: 401, body, times: 99 });
		const { error } = await read();
		expect(error?.message).toContain('Vipps MobilePay did not accept the keys');
		expect(error?.description).toContain('Open the credential and press Test');
		expect(error?.description).toContain('The token is not valid');
		expect(error).toMatchObject({ httpCode: '401', failure: { cause: 'credential-invalid' } });
		const { requests } = await requestLog(simulator);
		expect(requests.filter(({ url }) => url.startsWith(REPORT))).toHaveLength(2);
	});

	it.each([400, 402, 403, 404, 405, 409, 410, 418, 422, 451])(
		'at once for %d, which a repetition does not change',
		async (status) => {
			await disturb(simulator, { path: REPORT, status, body: {}, times: 99 });
			const { error } = await read();
			expect(error).toMatchObject({ httpCode: String(status) });
			expect(error?.description).toMatch(/\w{4}/);
			expect(await statuses()).toEqual([status]);
		},
	);
});

it.each([301, 302, 303, 307, 308])(
	'a redirect (%d) is not followed with the keys',
	async (status) => {
		const elsewhere = await startRecorder();
		const headers = { Location: `${elsewhere.url}/report` };
		await disturb(simulator, { path: REPORT, status, headers, body: '' });
		const { error } = await read();
		expect(error).toMatchObject({ httpCode: String(status) });
		expect(error?.message).toContain('unexpected answer');
		await disturb(simulator, { path: 'token', status, headers, body: '' });
		await expireTokens(simulator);
		await read();
		expect(elsewhere.received).toEqual([]);
		await elsewhere.close();
	},
);

describe('the words of the API', () => {
	const json = 'application/json';
	const problem = 'application/problem+json';
	const never = { 'Retry-After': '999' };

	it.each([
		[
			'problem+json with named details',
			400,
			problem,
			{
				type: 'https://example.com/x',
				title: 'Bad Request',
				detail: 'One or more fields are wrong',
				status: '400',
				traceId: 'trace-1',
				extraDetails: [{ name: 'ledgerDate', reason: 'Must be a date' }],
			},
			'did not accept the request',
			['Bad Request: One or more fields are wrong', 'ledgerDate: Must be a date', 'trace-1'],
		],
		[
			'problem+json with keyed details',
			400,
			problem,
			{
				title: 'Bad Request',
				detail: 'No',
				status: 400,
				instance: '/x',
				extraDetails: [{ key: 'topic', value: 'Unknown' }],
			},
			'did not accept the request',
			['Bad Request: No', 'topic: Unknown'],
		],
		[
			'problem+json with a context id',
			409,
			problem,
			{ title: 'Conflict', detail: 'Twice', contextId: 'context-1' },
			'gave an unexpected answer',
			['Conflict: Twice', 'context-1'],
		],
		[
			'problem+json with invalid parameters',
			400,
			problem,
			{ title: 'Bad', invalidParams: [{ name: 'cursor', reason: 'Too long' }] },
			'did not accept the request',
			['cursor: Too long'],
		],
		[
			'code and message',
			403,
			json,
			{ code: 'Forbidden', message: 'Not for you' },
			'These keys may not do this',
			['Not for you', 'Code: Forbidden'],
		],
		[
			'a numbered error',
			500,
			json,
			{ errorCode: 10001, errorMessage: 'Something broke', contextId: 'context-2' },
			'could not answer just now',
			['Something broke', 'Code: 10001', 'Trace ID: context-2'],
		],
		[
			'the gateway',
			403,
			json,
			{
				responseInfo: { responseCode: 403, responseMessage: 'Forbidden' },
				result: { message: 'Access denied by the gateway' },
			},
			'These keys may not do this',
			['Access denied by the gateway'],
		],
		[
			'an OAuth error',
			400,
			json,
			{ error: 'invalid_client', error_description: 'Unknown client' },
			'did not accept the request',
			['Unknown client', 'invalid_client'],
		],
		[
			'a page of HTML',
			502,
			'text/html',
			'<html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>',
			'could not answer just now',
			['"502 Bad Gateway"'],
		],
		['plain text', 403, 'text/plain', 'Go away', 'These keys may not do this', ['"Go away"']],
		['nothing at all', 503, 'text/plain', '', 'could not answer just now', ['Try again']],
		['nothing at all', 403, 'text/plain', '', 'These keys may not do this', ['Accounting keys']],
		[
			'the wrong content type',
			410,
			'text/plain',
			'{"detail":"Gone"}',
			'out of service',
			['"Gone"'],
		],
		['a list', 422, json, ['odd'], 'gave an unexpected answer', ['Try again']],
		['null', 400, json, null, 'did not accept the request', ['Check the values']],
	])('as %s (%d) reach the user', async (_name, status, contentType, body, message, parts) => {
		await disturb(simulator, {
			path: REPORT,
			status,
			contentType,
			body,
			headers: never,
			times: 99,
		});
		const { error, items } = await read();
		expect(error?.message).toContain(message);
		expect(error?.message).toContain('(ledger 12345, funds, 2022-10-01)');
		for (const part of parts) expect(error?.description).toContain(part);
		expect(error?.description).not.toMatch(/undefined|\[object|<\w/);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: String(status) });
		expect(items).toEqual([]);
	});

	it('name the trace id of a header when the body has none', async () => {
		const headers = { 'x-request-id': 'request-7' };
		await disturb(simulator, { path: REPORT, status: 403, headers, body: {} });
		expect((await read()).error?.description).toContain('Trace ID: request-7.');
	});

	it('that are endless are cut', async () => {
		await disturb(simulator, { path: REPORT, status: 403, body: { detail: 'x'.repeat(9_000) } });
		expect((await read()).error?.description?.length).toBeLessThan(1_000);
	});
});

it.each(['accountingApi', 'merchantApi'])(
	'no failure with %s tells a secret',
	async (authentication) => {
		const keysOf = authentication === 'merchantApi' ? merchantKeys : accountingKeys;
		const credentials = await keysOf(simulator);
		const results = [];
		const faults: Array<Omit<Fault, 'path'>> = [
			{ status: 400, body: { detail: 'no' } },
			{ status: 401, body: { code: 'no', message: 'no' }, times: 2 },
			{ status: 403, body: '' },
			{ status: 503, headers: { 'Retry-After': '999' } },
			{ status: 302, headers: { Location: 'http://127.0.0.1:9/' }, body: '' },
		];
		for (const fault of faults) {
			await disturb(simulator, { path: '/settlement/', ...fault });
			for (const continueOnFail of [false, true]) {
				const parameters = { resource: 'ledger', operation: 'getAll', authentication };
				results.push(await act(simulator, parameters, { credentials, continueOnFail }));
			}
		}
		expect(results.filter(({ error }) => error !== undefined)).toHaveLength(5);
		const secrets = await secretsOf(simulator, credentials);
		expect(secrets.length).toBeGreaterThan(5);
		expectNoSecrets([results.map(({ run }) => run), engineLog.lines], secrets);
	},
);
