import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keys } from '../keys.mts';
import { basic, feed, sales, specializedToken, standardToken, start } from './helpers.mts';

const simulator = await start({ now: '2026-06-01T10:00:00Z' });
const ledgers = '/settlement/v1/ledgers';

test('the standard flow gives a token with text in every field', async () => {
	for (const path of ['/accesstoken/get', '/accessToken/get']) {
		const { status, body } = await simulator.send(path, standardToken()[1]);
		assert.equal(status, 200);
		assert.ok(Object.values(body).every((value) => typeof value === 'string'));
		assert.equal(body.token_type, 'Bearer');
		assert.equal(body.expires_in, '3600');
		assert.equal(body.expires_on, String(Date.parse('2026-06-01T11:00:00Z') / 1000));
	}
});

test('the specialized flow gives a token for 900 seconds, a number', async () => {
	const { status, body } = await simulator.send(...specializedToken());
	assert.equal(status, 200);
	assert.equal(body.expires_in, 900);
});

test('wrong keys get no token', async () => {
	const [path, init] = standardToken();
	const wrongSecret = { ...init, headers: { ...init.headers, client_secret: 'wrong' } };
	assert.equal((await simulator.send(path, wrongSecret)).status, 401);
	const { 'ocp-apim-subscription-key': _, ...noKey } = init.headers;
	const missing = await simulator.send(path, { ...init, headers: noKey });
	assert.equal(missing.status, 401);
	assert.equal(missing.body.responseInfo.responseCode, 401);
	const [, special] = specializedToken();
	const wrongBasic = {
		...special,
		headers: { ...special.headers, authorization: basic('accounting', 'wrong') },
	};
	const wrong = await simulator.send('/miami/v1/token', wrongBasic);
	assert.deepEqual([wrong.status, wrong.body], [401, { error: 'invalid_client' }]);
});

test('management keys take the specialized flow too, and open no ledger', async () => {
	const { status, body } = await simulator.send(...specializedToken('management'));
	assert.deepEqual([status, body.expires_in], [200, 900]);
	for (const path of [ledgers, feed('12345', 'funds'), sales('302321')]) {
		assert.equal((await simulator.getAs('management', path)).status, 403, path);
	}
	const [path, init] = specializedToken('management');
	const mixed = {
		...init.headers,
		authorization: basic('management', 'simulator-accounting-secret'),
	};
	assert.equal((await simulator.send(path, { ...init, headers: mixed })).status, 401);
});

test('the specialized flow refuses a subscription key and a missing grant type', async () => {
	const [path, init] = specializedToken();
	const subscription = { 'ocp-apim-subscription-key': keys.merchant.subscriptionKey };
	for (const changed of [
		{ ...init, headers: { ...init.headers, ...subscription } },
		{ ...init, body: '' },
	]) {
		const { status, body } = await simulator.send(path, changed);
		assert.deepEqual([status, body], [400, { error: 'invalid_client' }]);
	}
});

test('a missing, malformed or unknown bearer token is refused in the shape of the API', async () => {
	const { body } = await simulator.send(...specializedToken());
	for (const authorization of ['', body.access_token, 'Bearer nonsense', 'Basic abc']) {
		const headers: Record<string, string> = authorization ? { authorization } : {};
		const report = await simulator.send(feed('12345', 'funds'), { headers });
		assert.equal(report.status, 401);
		assert.equal(report.body.code, 'Unauthorized');
		const sale = await simulator.send(sales('302321'), { headers });
		assert.equal(sale.status, 401);
		assert.match(sale.headers.get('content-type')!, /problem\+json/);
	}
});

test('several tokens are valid at once and expire by the clock of the simulator', async () => {
	const first = await simulator.send(...specializedToken());
	await simulator.control('/clock', { advanceSeconds: 600 });
	const second = await simulator.send(...specializedToken());
	const statusWith = async (token: string) =>
		(await simulator.send(ledgers, { headers: { authorization: `Bearer ${token}` } })).status;
	assert.equal(await statusWith(first.body.access_token), 200);
	assert.equal(await statusWith(second.body.access_token), 200);
	await simulator.control('/clock', { advanceSeconds: 300 });
	assert.equal(await statusWith(first.body.access_token), 401);
	assert.equal(await statusWith(second.body.access_token), 200);
	await simulator.control('/tokens/expire', {});
	assert.equal(await statusWith(second.body.access_token), 401);
});

test('a standard token needs its subscription key, primary or secondary', async () => {
	const { body } = await simulator.send(...standardToken());
	const get = (subscription: Record<string, string>) =>
		simulator.send(ledgers, {
			headers: { authorization: `Bearer ${body.access_token}`, ...subscription },
		});
	const name = 'ocp-apim-subscription-key';
	assert.equal((await get({ [name]: keys.merchant.subscriptionKey })).status, 200);
	assert.equal((await get({ [name]: keys.merchant.secondarySubscriptionKey })).status, 200);
	for (const headers of [{}, { [name]: keys.partner.subscriptionKey }]) {
		const { status, body: error } = await get(headers as Record<string, string>);
		assert.equal(status, 401);
		assert.ok(error.result.message);
	}
});

test('each kind of keys reaches what it may and nothing else', async () => {
	const ids = (body: { items: { ledgerId: string }[] }) => body.items.map((item) => item.ledgerId);
	assert.deepEqual(ids((await simulator.get(ledgers)).body), ['12345', '302321']);
	assert.deepEqual(ids((await simulator.getAs('merchant', ledgers)).body), ['12345']);
	assert.equal((await simulator.getAs('merchant', feed('12345', 'funds'))).status, 200);
	assert.equal((await simulator.getAs('merchant', feed('302321', 'funds'))).status, 404);
	assert.equal((await simulator.getAs('merchant', sales('302321'))).status, 403);
	assert.equal((await simulator.getAs('partner', ledgers)).status, 403);
	assert.equal((await simulator.getAs('partner', feed('12345', 'funds'))).status, 403);
	assert.equal((await simulator.getAs('partner', sales('302321'))).status, 403);
});
