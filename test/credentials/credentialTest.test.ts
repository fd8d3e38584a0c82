import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import {
	engineLog,
	expectNoSecrets,
	startSimulator,
	testCredential,
	type Simulator,
} from '../harness';
import { apiRequests, disturb, requestLog, secretsOf } from '../support/simulated';
import { accountingKeys, merchantKeys } from '../support/vipps';

const ACCOUNTING = 'vippsMobilePayAccountingApi';
const MERCHANT = 'vippsMobilePayMerchantApi';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator()));
beforeEach(async () => await simulator.reset());

const test = async (type: string, changes: ICredentialDataDecryptedObject = {}) => {
	const keysOf = type === MERCHANT ? merchantKeys : accountingKeys;
	return await testCredential(type, await keysOf(simulator, changes));
};

const ok = { status: 'OK', message: 'Connection successful!' };

const refused = {
	status: 'Error',
	message: expect.stringMatching(
		/did not accept the keys of this credential\. Check the Client ID/,
	),
};

it.each([ACCOUNTING, MERCHANT])('good keys of %s pass', async (type) => {
	expect(await test(type)).toEqual(ok);
	expect((await requestLog(simulator)).total).toBeGreaterThan(0);
});

it('good accounting keys pass although no merchant has given access yet', async () => {
	await simulator.reset({ data: 'empty' });
	expect(await test(ACCOUNTING)).toEqual(ok);
	expect(await apiRequests(simulator)).toHaveLength(1);
});

it.each([['with the secondary subscription key', { subscriptionKey: 'secondarySubscriptionKey' }]])(
	'merchant keys %s pass',
	async (_name, { subscriptionKey }) => {
		const key = simulator.keys.merchant[subscriptionKey];
		expect(await test(MERCHANT, { subscriptionKey: key })).toEqual(ok);
	},
);

it('merchant keys without a Merchant Serial Number pass', async () => {
	expect(await test(MERCHANT, { merchantSerialNumber: '' })).toEqual(ok);
});

it('partner keys pass, although they cannot read ledgers', async () => {
	const { clientId, clientSecret, subscriptionKey } = simulator.keys.partner;
	const changes = { clientId, clientSecret, subscriptionKey, merchantSerialNumber: '' };
	expect(await test(MERCHANT, changes)).toEqual(ok);
});

it.each([
	[ACCOUNTING, { clientSecret: 'wrong-secret' }],
	[ACCOUNTING, { clientId: 'wrong-id' }],
	[ACCOUNTING, { clientSecret: '' }],
	[MERCHANT, { clientSecret: 'wrong-secret' }],
	[MERCHANT, { clientId: 'wrong-id' }],
	[MERCHANT, { subscriptionKey: 'wrong-key' }],
])('wrong keys of %s do not pass: %j', async (type, changes) => {
	// Good keys that passed before do not let wrong ones through.
	expect(await test(type)).toEqual(ok);
	expect(await test(type, changes)).toEqual(refused);
});

it('merchant keys in the accounting credential do not pass', async () => {
	const { clientId, clientSecret, subscriptionKey } = simulator.keys.merchant;
	expect(await test(ACCOUNTING, { clientId, clientSecret })).toEqual(refused);
	expect(await test(ACCOUNTING, { clientId, clientSecret, subscriptionKey })).toEqual(refused);
});

it('accounting keys in the merchant credential do not pass', async () => {
	const { clientId, clientSecret } = simulator.keys.accounting;
	const { subscriptionKey } = simulator.keys.merchant;
	expect(await test(MERCHANT, { clientId, clientSecret, subscriptionKey })).toEqual(refused);
	expect(await test(MERCHANT, { clientId, clientSecret, subscriptionKey: '' })).toEqual(refused);
});

it.each([
	[ACCOUNTING, 429, 'received too many token requests'],
	[MERCHANT, 429, 'received too many token requests'],
	[ACCOUNTING, 500, 'could not give an access token just now'],
	[MERCHANT, 500, 'could not give an access token just now'],
	[ACCOUNTING, 503, 'could not give an access token just now'],
])('%s is not blamed for a token endpoint that answers %d', async (type, status, message) => {
	// A subject of its own, so that no token of an earlier test is at hand.
	await simulator.stop();
	simulator = await startSimulator();
	await disturb(simulator, { path: 'token', status, body: { error: 'busy' } });
	expect(await test(type)).toEqual({ status: 'Error', message: expect.stringContaining(message) });
	expect(await test(type)).toEqual(ok);
});

it.each([ACCOUNTING, MERCHANT])('a server that is not there is told for %s', async (type) => {
	const { status, message } = await test(type, { baseUrl: 'http://127.0.0.1:9' });
	expect(status).toBe('Error');
	expect(message).toMatch(/ECONNREFUSED|refused the connection/);
});

it.each([ACCOUNTING, MERCHANT])('no test of %s tells a secret', async (type) => {
	const results = [
		await test(type),
		await test(type, { clientSecret: 'wrong-secret' }),
		await test(type, { baseUrl: 'http://127.0.0.1:9' }),
	];
	const secrets = [...(await secretsOf(simulator)), 'wrong-secret'];
	expectNoSecrets([results, engineLog.lines], secrets);
});
