import { sleep, type ICredentialDataDecryptedObject } from 'n8n-workflow';
import {
	engineLog,
	expectNoSecrets,
	runNode,
	startSimulator,
	storeCredentials,
	type CredentialStore,
	type Simulator,
} from '../harness';
import { startRecorder, type Answer, type Recorder } from '../support/recorder';

import {
	apiRequests,
	disturb,
	expireTokens,
	forgetRequests,
	requestLog,
	secretsOf,
} from '../support/simulated';
import { timeGoesBy } from '../support/time';
import { accountingKeys, ACTION, merchantKeys } from '../support/vipps';

const ACCOUNTING = 'vippsMobilePayAccountingApi';
const MERCHANT = 'vippsMobilePayMerchantApi';

const listLedgers = async (credentials: CredentialStore, authentication = 'accountingApi') =>
	await runNode({
		type: ACTION,
		credentials,
		parameters: { resource: 'ledger', operation: 'getAll', authentication, returnAll: true },
	});

const systemHeaders = {
	'vipps-system-name': 'n8n',
	'vipps-system-version': expect.stringMatching(/^.{1,30}$/),
	'vipps-system-plugin-name': 'n8n-nodes-vippsmobilepay',
	'vipps-system-plugin-version': expect.stringMatching(/^\d+\.\d+\.\d+.{0,20}$/),
};

describe('on the wire', () => {
	let recorder: Recorder;
	let tokenAnswer: object;

	beforeEach(async () => {
		tokenAnswer = { access_token: 'a-token', token_type: 'Bearer', expires_in: 900 };
		recorder = await startRecorder(({ url }) =>
			/token/i.test(url) ? { body: tokenAnswer } : { body: { items: [], cursor: '' } },
		);
	});

	afterEach(async () => await recorder.close());

	const accounting = async (more: ICredentialDataDecryptedObject = {}) =>
		await storeCredentials({
			[ACCOUNTING]: {
				environment: 'custom',
				baseUrl: recorder.url,
				clientId: 'the-id',
				clientSecret: 'the-secret',
				...more,
			},
		});

	const merchant = async (more: ICredentialDataDecryptedObject = {}) =>
		await storeCredentials({
			[MERCHANT]: {
				environment: 'custom',
				baseUrl: recorder.url,
				clientId: 'the-id',
				clientSecret: 'the-secret',
				subscriptionKey: 'the-key',
				...more,
			},
		});

	it('accounting keys ask for a token with Basic and a form, without a subscription key', async () => {
		await listLedgers(await accounting({ subscriptionKey: 'an-extra-key' }));
		const [token, ledgers] = recorder.received;
		expect(token).toMatchObject({
			method: 'POST',
			url: '/miami/v1/token',
			body: 'grant_type=client_credentials',
			headers: {
				authorization: `Basic ${Buffer.from('the-id:the-secret').toString('base64')}`,
				'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
				...systemHeaders,
			},
		});
		expect(token.headers).not.toHaveProperty('ocp-apim-subscription-key');
		expect(token.headers).not.toHaveProperty('merchant-serial-number');
		expect(ledgers).toMatchObject({
			method: 'GET',
			url: '/settlement/v1/ledgers',
			headers: { authorization: 'Bearer a-token', ...systemHeaders },
		});
	});

	it('accounting keys send a subscription key on API calls only when there is one', async () => {
		await listLedgers(await accounting());
		await listLedgers(await accounting({ subscriptionKey: ' an-extra-key ' }));
		const calls = recorder.received.filter(({ url }) => url.startsWith('/settlement'));
		expect(calls.map(({ headers }) => headers['ocp-apim-subscription-key'])).toEqual([
			undefined,
			'an-extra-key',
		]);
	});

	it('merchant keys ask for a token with three headers and an empty body', async () => {
		await listLedgers(await merchant({ merchantSerialNumber: ' 123456 ' }), 'merchantApi');
		const [token, ledgers] = recorder.received;
		expect(token).toMatchObject({
			method: 'POST',
			url: '/accesstoken/get',
			body: '',
			headers: {
				client_id: 'the-id',
				client_secret: 'the-secret',
				'ocp-apim-subscription-key': 'the-key',
				'merchant-serial-number': '123456',
				...systemHeaders,
			},
		});
		expect(token.headers).not.toHaveProperty('authorization');
		expect(ledgers.headers).toMatchObject({
			authorization: 'Bearer a-token',
			'ocp-apim-subscription-key': 'the-key',
			'merchant-serial-number': '123456',
			...systemHeaders,
		});
		expect(ledgers.headers).not.toHaveProperty('client_secret');
	});

	it('no Merchant-Serial-Number is sent when the credential has none', async () => {
		await listLedgers(await merchant(), 'merchantApi');
		expect(recorder.received).toHaveLength(2);
		for (const { headers } of recorder.received) {
			expect(headers).not.toHaveProperty('merchant-serial-number');
		}
	});

	it('keys with blanks around them, as they come from copying, work', async () => {
		await listLedgers(await accounting({ clientId: ' the-id\n', clientSecret: '\tthe-secret ' }));
		expect(recorder.received[0].headers.authorization).toBe(
			`Basic ${Buffer.from('the-id:the-secret').toString('base64')}`,
		);
	});

	it.each([
		['a number', 900],
		['a string', '900'],
	])('a lifetime given as %s lets other runs share the token', async (_name, lifetime) => {
		tokenAnswer = { access_token: 'a-token', expires_in: lifetime };
		await listLedgers(await accounting());
		await listLedgers(await accounting());
		expect(recorder.received.filter(({ url }) => url.includes('token'))).toHaveLength(1);
	});

	it.each([
		['a number', 1],
		['a string', '1'],
	])('a token is not shared beyond its lifetime given as %s', async (_name, lifetime) => {
		tokenAnswer = { access_token: 'a-token', expires_in: lifetime };
		await listLedgers(await accounting());
		await sleep(1_000);
		await listLedgers(await accounting());
		expect(recorder.received.filter(({ url }) => url.includes('token'))).toHaveLength(2);
	});

	it('other keys never get the token of these keys', async () => {
		await listLedgers(await accounting());
		await listLedgers(await accounting({ clientSecret: 'another' }));
		await listLedgers(await accounting({ clientId: 'another' }));
		expect(recorder.received.filter(({ url }) => url.includes('token'))).toHaveLength(3);
	});

	it.each([
		['a redirect', { status: 302, headers: { location: '/elsewhere' } }, 'could not give'],
		['a page of HTML', { status: 200, body: '<html>Log in</html>' }, 'could not give'],
		['a token without a value', { status: 200, body: { access_token: '' } }, 'could not give'],
		['a refusal', { status: 403, body: { error: 'invalid_client' } }, 'did not accept the keys'],
	] as Array<[string, Answer, string]>)(
		'%s instead of a token is told in plain words',
		async (_name, answer, message) => {
			const odd = await startRecorder(({ url }) =>
				url.includes('token')
					? { ...answer, headers: { 'retry-after': '999', ...answer.headers } }
					: {},
			);
			const credentials = await accounting({ baseUrl: odd.url });
			const { error } = await listLedgers(credentials);
			expect(error?.message).toContain(message);
			expectNoSecrets(error, ['the-secret']);
			expect(odd.received.map(({ url }) => url)).toEqual(['/miami/v1/token']);
			await odd.close();
		},
	);
});

describe.each([
	['accounting', ACCOUNTING, 'accountingApi', 'specialized', accountingKeys],
	['merchant', MERCHANT, 'merchantApi', 'standard', merchantKeys],
] as const)('the token of %s keys', (_name, type, authentication, flow, keysOf) => {
	let simulator: Simulator;
	let credentials: CredentialStore;

	beforeAll(async () => (simulator = await startSimulator({ data: 'merchants' })));

	beforeEach(async () => {
		await simulator.reset();
		credentials = await keysOf(simulator);
	});

	const run = async () => await listLedgers(credentials, authentication);
	const tokenRequests = async () => (await requestLog(simulator)).tokenRequests[flow];

	it('is fetched once for many runs and kept with the credential, encrypted', async () => {
		for (let count = 0; count < 3; count++) expect((await run()).json).not.toEqual([]);
		expect(await tokenRequests()).toBe(1);
		expect(credentials.updates(type)).toBe(1);
		const { accessToken } = await credentials.read(type);
		expect(accessToken).toEqual(expect.stringMatching(/^.{20,}$/));
		expect(credentials.atRest(type)).not.toContain(accessToken);
	});

	it('that is kept with the credential is used without asking for another', async () => {
		await run();
		await forgetRequests(simulator);
		// Keys that have been changed are in no one's memory; only the stored token is left.
		await credentials.edit(type, { clientSecret: 'changed since' });
		const { error, json } = await run();
		expect(error).toBeUndefined();
		expect(json).not.toEqual([]);
		expect(await tokenRequests()).toBe(0);
	});

	it('is fetched anew once when the API refuses it, and the request is sent again', async () => {
		await run();
		const { accessToken: first } = await credentials.read(type);
		await expireTokens(simulator);
		await forgetRequests(simulator);
		const { error, json } = await run();
		expect(error).toBeUndefined();
		expect(json).not.toEqual([]);
		const { requests } = await requestLog(simulator);
		expect(requests.map(({ status }) => status)).toEqual([401, 200, 200]);
		expect(await tokenRequests()).toBe(1);
		const { accessToken: second } = await credentials.read(type);
		expect(second).not.toBe(first);
	});

	it('is asked for once when several reads find it expired at the same time', async () => {
		await run();
		await expireTokens(simulator);
		await forgetRequests(simulator);
		await disturb(simulator, { path: '/report/', delayMs: 100, times: 5 });
		const { error } = await runNode({
			type: ACTION,
			credentials,
			parameters: {
				resource: 'ledgerEntry',
				operation: 'getAll',
				authentication,
				ledgerId: { __rl: true, mode: 'id', value: '300001' },
				fromDate: '2026-09-20',
				toDate: '2026-09-24',
				returnAll: true,
			},
		});
		expect(error).toBeUndefined();
		const { requests, peakConcurrency } = await requestLog(simulator);
		expect(peakConcurrency).toBeGreaterThan(1);
		expect(requests.filter(({ status }) => status === 401).length).toBeGreaterThan(1);
		expect(await tokenRequests()).toBe(1);
		expect(await apiRequests(simulator)).toHaveLength(5);
	});

	it('is asked for once by runs that start side by side', async () => {
		const stores = await Promise.all([1, 2, 3].map(async () => await keysOf(simulator)));
		await disturb(simulator, { path: 'token', delayMs: 100 });
		const results = await Promise.all(
			stores.map(async (store) => await listLedgers(store, authentication)),
		);
		expect(results.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		expect(await tokenRequests()).toBe(1);
	});

	it('goes with the four Vipps-System headers, and so does every request', async () => {
		await run();
		await expireTokens(simulator);
		await run();
		const { requests } = await requestLog(simulator);
		expect(requests.length).toBeGreaterThanOrEqual(5);
		for (const { headers } of requests) expect(headers).toMatchObject(systemHeaders);
	});

	it('and the keys are in no item, error or line of the log', async () => {
		const good = await run();
		await expireTokens(simulator);
		await credentials.edit(type, { clientSecret: 'a-secret-that-is-wrong' });
		const refused = await run();
		expect(refused.error?.message).toContain('did not accept the keys of this credential');
		await disturb(simulator, {
			path: '/settlement/',
			status: 401,
			body: { code: 'Unauthorized', message: 'no' },
			times: 2,
		});
		const fresh = await keysOf(simulator);
		const unauthorized = await listLedgers(fresh, authentication);
		expect(unauthorized.error).toMatchObject({ httpCode: '401' });
		const secrets = [...(await secretsOf(simulator, credentials, fresh)), 'a-secret-that-is-wrong'];
		for (const result of [good, refused, unauthorized]) {
			expectNoSecrets([result.run, result.items, result.error], secrets);
		}
		expectNoSecrets(engineLog.lines, secrets);
	});

	it('and the keys are not in what is told when the connection breaks', async () => {
		// Time goes by with every attempt, so that the repetitions end soon.
		const broken = await startRecorder(() => {
			timeGoesBy(40_000);
			return { drop: true };
		});
		await credentials.edit(type, { baseUrl: broken.url });
		const atToken = await run();
		await credentials.edit(type, { accessToken: 'a-token-of-old' });
		const atApi = await run();
		for (const { error } of [atToken, atApi]) {
			expect(error?.message).toContain('could not be reached');
			expect(error).toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
		}
		const secrets = [...(await secretsOf(simulator, credentials)), 'a-token-of-old'];
		expectNoSecrets([atToken.run, atApi.run, engineLog.lines], secrets);
		await broken.close();
	});

	it.each([
		[500, 'could not give an access token just now', 'temporarily-unavailable'],
		[429, 'received too many token requests', 'rate-limited'],
	])('that cannot be had for a while (%d) is no fault of the keys', async (status, text, cause) => {
		await disturb(simulator, {
			path: 'token',
			status,
			headers: { 'Retry-After': '120' },
			body: {},
			times: 9,
		});
		const { error } = await run();
		expect(error?.message).toContain(text);
		expect(error).toMatchObject({ failure: { cause, retryAfterMs: 120_000 } });
		const { requests } = await requestLog(simulator);
		expect(requests.filter(({ url }) => /token/i.test(url))).toHaveLength(1);
	});

	it('is asked for again after a passing fault of its endpoint', async () => {
		await disturb(simulator, { path: 'token', status: 500, body: {} });
		const { error, json } = await run();
		expect(error).toBeUndefined();
		expect(json).not.toEqual([]);
		expect(await tokenRequests()).toBe(1);
	});
});
