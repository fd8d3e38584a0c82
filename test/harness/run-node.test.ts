import { sleep } from 'n8n-workflow';
import {
	fixtureFolder,
	fixturePassword,
	startFixtureServer,
	type FixtureServer,
} from './fixture/server';
import {
	engineLog,
	expectNoSecrets,
	runNode,
	storeCredentials,
	type CredentialStore,
} from './index';

const folder = fixtureFolder;
const type = 'n8n-nodes-fixture.fixture';

let server: FixtureServer;
let credentials: CredentialStore;

beforeEach(async () => {
	server = await startFixtureServer();
	server.entries.push({ id: 1, kind: 'a' });
	credentials = await storeCredentials({
		fixtureApi: { baseUrl: server.url, password: fixturePassword },
	});
});

afterEach(async () => await server.close());

describe('runNode', () => {
	it('runs the node for each item with expressions resolved by the engine', async () => {
		const { json, items, error, executionHints } = await runNode({
			folder,
			type,
			credentials,
			parameters: { path: '={{ $json.path }}' },
			items: [{ path: '/entries' }, { json: { path: '/region' } }],
		});
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{ statusCode: 200, body: { entries: [{ id: 1, kind: 'a' }] }, retryAfter: null },
			{ statusCode: 200, body: { region: 'north' }, retryAfter: null },
		]);
		expect(items[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(executionHints).toEqual([{ message: '2 sent', location: 'outputPane' }]);
	});

	it('reports what the node threw, as n8n stores it', async () => {
		server.failNext(404, {}, { title: 'Not found', detail: 'No such entry' });
		const { error, items } = await runNode({ folder, type, credentials });
		expect(items).toEqual([]);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
	});

	it('continues when the node is set to', async () => {
		server.failNext(429, { 'Retry-After': '7' }, { title: 'Too many' });
		const { json, error } = await runNode({ folder, type, credentials, continueOnFail: true });
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{
				error: 'The service is receiving too many requests from you',
				name: 'NodeApiError',
				httpCode: '429',
				causeName: 'AxiosError',
				retryAfter: '7',
				body: { title: 'Too many' },
			},
		]);
	});

	it('does not run a node that gets no items', async () => {
		const { items } = await runNode({ folder, type, credentials, items: [] });
		expect(items).toEqual([]);
		expect(server.log).toEqual([]);
	});
});

describe('a token', () => {
	it('is fetched once and kept, encrypted, for the next run', async () => {
		await runNode({ folder, type, credentials });
		await runNode({ folder, type, credentials });
		expect(server.log).toEqual(['POST /token', 'GET /entries', 'GET /entries']);
		expect(credentials.updates('fixtureApi')).toBe(1);
		expect(await credentials.read('fixtureApi')).toMatchObject({ accessToken: 'token-1' });
		expect(credentials.atRest('fixtureApi')).not.toContain('token-1');
	});

	it('that has expired is replaced and the request sent again', async () => {
		await runNode({ folder, type, credentials });
		server.expireTokens();
		const { json } = await runNode({ folder, type, credentials });
		expect(json[0].statusCode).toBe(200);
		expect(server.log.slice(2)).toEqual(['GET /entries', 'POST /token', 'GET /entries']);
		expect(await credentials.read('fixtureApi')).toMatchObject({ accessToken: 'token-2' });
	});

	it.each([
		['except401', 200, 2],
		['ignore', 401, 1],
	])('that has expired with status errors %s gives %d', async (status, statusCode, updates) => {
		await runNode({ folder, type, credentials });
		server.expireTokens();
		const { json } = await runNode({ folder, type, credentials, parameters: { status } });
		expect(json[0].statusCode).toBe(statusCode);
		expect(credentials.updates('fixtureApi')).toBe(updates);
	});

	it('is not asked for a second time when the first answer to a new one is 401', async () => {
		await credentials.edit('fixtureApi', { accessToken: 'token-0', password: 'wrong' });
		const { error } = await runNode({ folder, type, credentials });
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '401' });
		expect(server.log).toEqual(['GET /entries', 'POST /token']);
	});
});

it('shows response headers and bodies when status errors are ignored', async () => {
	server.failNext(503, { 'Retry-After': '30' }, { title: 'Busy' });
	const { json } = await runNode({
		folder,
		type,
		credentials,
		parameters: { status: 'except401' },
	});
	expect(json).toEqual([{ statusCode: 503, body: { title: 'Busy' }, retryAfter: '30' }]);
});

it('gives the error that n8n gives when nothing listens', async () => {
	await credentials.edit('fixtureApi', { accessToken: 'token-1', baseUrl: 'http://127.0.0.1:1' });
	const { json } = await runNode({ folder, type, credentials, continueOnFail: true });
	expect(json[0]).toMatchObject({
		error: 'The service refused the connection - perhaps it is offline',
	});
});

it('hands on a body that is not JSON as text, as n8n does', async () => {
	const { json } = await runNode({ folder, type, credentials, parameters: { path: '/broken' } });
	expect(json).toEqual([{ statusCode: 200, body: '{"entries":[', retryAfter: null }]);
});

it('stops a run that is waiting for an answer', async () => {
	const stop = new AbortController();
	const running = runNode({
		folder,
		type,
		credentials,
		parameters: { path: '/slow' },
		signal: stop.signal,
	});
	while (!server.log.includes('GET /slow')) await sleep(10);
	stop.abort();
	const { run } = await running;
	expect(run.status).toBe('canceled');
});

it('tries again when the node is set to, in the same execution', async () => {
	server.failNext(500);
	const { json, error } = await runNode({
		folder,
		type,
		credentials,
		node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
	});
	expect(error).toBeUndefined();
	expect(json[0].statusCode).toBe(200);
	expect(server.log).toEqual(['POST /token', 'GET /entries', 'GET /entries']);
});

it('keeps what n8n logs, for tests that look for secrets in it', async () => {
	server.failNext(500);
	await runNode({ folder, type, credentials });
	expect(engineLog.lines.join('\n')).toContain('Start executing node "Vipps MobilePay"');
	expectNoSecrets(engineLog.lines, ['token-1', fixturePassword]);
});

it('sees the errors of Node.js itself as errors, as they are in n8n', () => {
	class Special extends Error {}
	const thrown = (() => {
		try {
			return new URL('no address');
		} catch (error) {
			return error;
		}
	})();
	expect(thrown).toBeInstanceOf(Error);
	expect(thrown).not.toBeInstanceOf(Special);
	expect({ message: 'no error' }).not.toBeInstanceOf(Error);
	expect(new Special()).toBeInstanceOf(Error);
});
