import { ExecuteContext } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type INode,
} from 'n8n-workflow';
import {
	engineLog,
	expectNoSecrets,
	loadPackage,
	runNode,
	storeCredentials,
	testCredential,
	type CredentialStore,
} from '../harness';
import { createWorld } from '../harness/additional-data';
import { startRecorder, type Recorder } from '../support/recorder';
import { ACTION } from '../support/vipps';

const ACCOUNTING = 'vippsMobilePayAccountingApi';
const MERCHANT = 'vippsMobilePayMerchantApi';

const secrets = ['the-secret', 'the-key', 'a-token'];

let recorder: Recorder;
let elsewhere: Recorder;

beforeEach(async () => {
	elsewhere = await startRecorder();
	recorder = await startRecorder(({ url }) =>
		/token/i.test(url)
			? { body: { access_token: 'a-token', expires_in: 900 } }
			: { body: { items: [], cursor: '' } },
	);
});

afterEach(async () => {
	await recorder.close();
	await elsewhere.close();
});

const fields = (more: ICredentialDataDecryptedObject) => ({
	environment: 'custom',
	baseUrl: recorder.url,
	clientId: 'the-id',
	clientSecret: 'the-secret',
	subscriptionKey: 'the-key',
	...more,
});

const store = async (type: string, more: ICredentialDataDecryptedObject = {}) =>
	await storeCredentials({ [type]: fields(more) });

const listLedgers = async (credentials: CredentialStore, type: string) =>
	await runNode({
		type: ACTION,
		credentials,
		parameters: {
			resource: 'ledger',
			operation: 'getAll',
			authentication: type === MERCHANT ? 'merchantApi' : 'accountingApi',
		},
	});

describe.each([ACCOUNTING, MERCHANT])('the Base URL of %s', (type) => {
	// `PORT` stands for a port at which a server listens on the loopback interface.
	it.each([
		'',
		'   ',
		'not an address',
		'127.0.0.1:PORT',
		'//127.0.0.1:PORT',
		'ftp://127.0.0.1:PORT',
		'file:///etc/hosts',
		'javascript:alert(1)',
		'http://0.0.0.0:PORT',
		'http://[::]:PORT',
		'http://[::ffff:127.0.0.1]:PORT',
		'http://0:PORT',
		'http://user:password@127.0.0.1:PORT',
		'http://user@localhost:PORT',
		'https://api.vipps.no',
		'https://api.vipps.no@127.0.0.1:PORT',
		'http://127.0.0.1:PORT@example.com',
		'http://127.0.0.1.example.com',
		'http://localhost.example.com',
		'http://example.com#127.0.0.1:PORT',
		'http://example.com?127.0.0.1:PORT',
		'http://example.com\\@127.0.0.1:PORT',
		'http://10.0.0.1',
		'http://192.168.0.1:4010',
		'http://169.254.169.254',
		'http://128.0.0.1',
		'http://1127.0.0.1',
		'http://lоcalhost:PORT',
	])('must lead to this computer and nothing is sent otherwise: %s', async (spelling) => {
		const baseUrl = spelling.replace('PORT', String(recorder.port));
		const credentials = await store(type, { baseUrl });
		const { error } = await listLedgers(credentials, type);
		expect(error?.message).toMatch(/Base URL .*must/);
		expect(error?.description).toContain('http://127.0.0.1:4010');
		expect(error).toMatchObject({ failure: { cause: 'credential-invalid' } });
		const test = await testCredential(type, credentials);
		expect(test).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/Base URL .*must/),
		});
		// Also a token from before does not go there.
		await credentials.edit(type, { accessToken: 'a-token' });
		expect((await listLedgers(credentials, type)).error?.message).toMatch(/Base URL .*must/);
		expect(recorder.received).toEqual([]);
		expectNoSecrets([error, test, engineLog.lines], secrets);
	});

	it.each([
		'http://127.0.0.1:PORT/',
		'http://localhost:PORT',
		'HTTP://LOCALHOST:PORT',
		' http://127.0.0.1:PORT ',
	])('may be written as %s', async (spelling) => {
		const baseUrl = spelling.replace('PORT', String(recorder.port));
		const { error } = await listLedgers(await store(type, { baseUrl }), type);
		expect(error).toBeUndefined();
		expect(recorder.received.at(-1)?.url).toBe('/settlement/v1/ledgers');
	});

	it('counts in the custom environment only', async () => {
		const environment = 'elsewhere';
		const { error } = await listLedgers(await store(type, { environment }), type);
		expect(error?.message).toContain('The environment "elsewhere" of the credential is not known');
		expect(recorder.received).toEqual([]);
	});
});

/** What n8n's HTTP Request node does with a credential of this package. */
async function requestWith(
	credentials: CredentialStore,
	type: string,
	options: IHttpRequestOptions,
) {
	const { additionalData, nodeTypes } = await createWorld({ credentials });
	const node: INode = {
		id: 'node-1',
		name: 'Any node',
		type: ACTION,
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			authentication: type === MERCHANT ? 'merchantApi' : 'accountingApi',
			resource: 'ledger',
		},
		credentials: credentials.referencesFor([type]),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const context = new ExecuteContext(
		workflow,
		workflow.nodes[node.name],
		additionalData,
		'manual',
		createEmptyRunExecutionData(),
		0,
		[{ json: {} }],
		{ main: [[{ json: {} }]] },
		{ node, data: { main: [[{ json: {} }]] }, source: null },
		[],
	);
	return await workflow.expression.withIsolate(
		async () =>
			(await context.helpers.httpRequestWithAuthentication.call(context, type, options)) as unknown,
	);
}

describe.each([ACCOUNTING, MERCHANT])('a request that another node makes with %s', (type) => {
	beforeAll(async () => void (await loadPackage()));

	it('gets the keys on the server of the credential, by path or by address', async () => {
		const credentials = await store(type);
		for (const url of ['/settlement/v1/ledgers', `${recorder.url}/settlement/v1/ledgers`]) {
			await requestWith(credentials, type, { url });
			expect(recorder.received.at(-1)).toMatchObject({
				url: '/settlement/v1/ledgers',
				headers: { authorization: 'Bearer a-token' },
			});
		}
	});

	it.each([
		'http://127.0.0.1:OTHER/',
		'http://localhost:OTHER/',
		'http://localhost:HERE/',
		'https://127.0.0.1:HERE/',
		' http://127.0.0.1:OTHER/',
		'HTTP://127.0.0.1:OTHER/',
		'http:\\\\127.0.0.1:OTHER/',
		'//127.0.0.1:OTHER/',
		'\\\\127.0.0.1:OTHER/',
		'/\\127.0.0.1:OTHER/',
		'\t//127.0.0.1:OTHER/',
		'http://127.0.0.1:HERE@127.0.0.1:OTHER/',
		'https://example.com/',
	])('does not get them on another server: %j', async (spelling) => {
		const credentials = await store(type);
		const url = spelling
			.replace('HERE', String(recorder.port))
			.replace('OTHER', String(elsewhere.port));
		const request = requestWith(credentials, type, { url, baseURL: elsewhere.url });
		await expect(request).rejects.toThrow();
		const error: unknown = await request.catch((thrown: unknown) => thrown);
		expect(elsewhere.received).toEqual([]);
		expect(recorder.received.every(({ url: path }) => /token/i.test(path))).toBe(true);
		expectNoSecrets([error, engineLog.lines], secrets);
	});

	it('cannot name another server as its base', async () => {
		await requestWith(await store(type), type, { url: '/x', baseURL: elsewhere.url });
		expect(elsewhere.received).toEqual([]);
		expect(recorder.received.at(-1)?.url).toBe('/x');
	});

	it('cannot replace the headers of the package', async () => {
		await requestWith(await store(type), type, {
			url: '/x',
			headers: { Authorization: 'Bearer other', 'Vipps-System-Name': 'other' },
		});
		expect(recorder.received.at(-1)?.headers).toMatchObject({
			authorization: 'Bearer a-token',
			'vipps-system-name': 'n8n',
		});
	});
});

it('a Merchant-Serial-Number of the request wins over that of the credential', async () => {
	const credentials = await store(MERCHANT, { merchantSerialNumber: '123456' });
	await requestWith(credentials, MERCHANT, { url: '/x' });
	await requestWith(credentials, MERCHANT, {
		url: '/x',
		headers: { 'Merchant-Serial-Number': '654321' },
	});
	const calls = recorder.received.filter(({ url }) => url === '/x');
	expect(calls.map(({ headers }) => headers['merchant-serial-number'])).toEqual([
		'123456',
		'654321',
	]);
});
