import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { beforeEach, test } from 'node:test';
import type { KeyType } from '../keys.mts';
import { start, type Answer } from './helpers.mts';

const simulator = await start({ data: 'empty' });
const reset = (options = {}) => simulator.control('/reset', { data: 'empty', options });
beforeEach(() => reset());

const path = '/webhooks/v1/webhooks';
const url = 'https://example.com/hooks/vipps';
const captured = 'epayments.payment.captured.v1';
const own = { 'merchant-serial-number': '123456' };

interface Whose {
	keyType?: KeyType;
	headers?: Record<string, string>;
}

function call(method: string, suffix: string, body: unknown, whose: Whose = {}): Promise<Answer> {
	const { keyType = 'merchant', headers = own } = whose;
	return simulator.getAs(keyType, `${path}${suffix}`, {
		method,
		headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
}

const register = (body: unknown = { url, events: [captured] }, whose?: Whose) =>
	call('POST', '', body, whose);
const list = async (whose?: Whose) => (await call('GET', '', undefined, whose)).body.webhooks;
const remove = (id: string, whose?: Whose) => call('DELETE', `/${id}`, undefined, whose);

function refused(answer: Answer, status: number, name?: string): void {
	assert.equal(answer.status, status, JSON.stringify(answer.body));
	if (name === undefined) return;
	assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/);
	assert.equal(answer.body.extraDetails[0].name, name);
	assert.ok(answer.body.traceId && answer.body.title);
}

test('a webhook is registered, listed without its secret, and deleted', async () => {
	const made = await register();
	assert.equal(made.status, 201);
	assert.deepEqual(Object.keys(made.body).sort(), ['id', 'secret']);
	assert.deepEqual(await list(), [{ id: made.body.id, url, events: [captured] }]);
	const gone = await remove(made.body.id);
	assert.deepEqual([gone.status, gone.body], [204, '']);
	assert.deepEqual(await list(), []);
	refused(await remove(made.body.id), 404);
});

test('the same address again is another webhook with another secret', async () => {
	const [one, two] = [await register(), await register()];
	assert.notEqual(one.body.id, two.body.id);
	assert.notEqual(one.body.secret, two.body.secret);
	assert.equal((await list()).length, 2);
});

test('merchants name their sales unit, partners may, and accounting keys are not taken', async () => {
	refused(await register(undefined, { headers: {} }), 400, 'Merchant-Serial-Number');
	refused(await register(undefined, { headers: { 'merchant-serial-number': '234567' } }), 403);
	refused(await register(undefined, { keyType: 'accounting' }), 403);
	refused(await register(undefined, { keyType: 'management' }), 403);
	const partner = { keyType: 'partner' as const, headers: {} };
	assert.equal((await register(undefined, partner)).status, 201);
	for (const msn of ['222222', '333333', '999999']) {
		const whose = { ...partner, headers: { 'merchant-serial-number': msn } };
		refused(await register(undefined, whose), 403);
	}
	assert.equal((await register(undefined, { ...partner, headers: own })).status, 201);
});

test('requests without a token or without the subscription key are refused', async () => {
	assert.equal((await simulator.send(path)).status, 401);
	const headers = { ...own, 'ocp-apim-subscription-key': 'another' };
	const token = await simulator.send('/accesstoken/get', {
		method: 'POST',
		headers: {
			client_id: '00000000-0000-4000-8000-00000000a123',
			client_secret: 'simulator-merchant-secret',
			'ocp-apim-subscription-key': 'simulator-merchant-subscription-key',
		},
	});
	const authorization = `Bearer ${token.body.access_token}`;
	assert.equal((await simulator.send(path, { headers: { ...own, authorization } })).status, 401);
	assert.equal(
		(await simulator.send(path, { headers: { ...headers, authorization } })).status,
		401,
	);
});

test('each sees and deletes its own only', async () => {
	const partner = { keyType: 'partner' as const, headers: {} };
	const [mine, theirs] = [await register(), await register(undefined, partner)];
	assert.deepEqual(
		(await list()).map(({ id }: { id: string }) => id),
		[mine.body.id],
	);
	assert.deepEqual(
		(await list(partner)).map(({ id }: { id: string }) => id),
		[theirs.body.id],
	);
	refused(await remove(mine.body.id, partner), 404);
	refused(await remove(theirs.body.id), 404);
	assert.equal((await list()).length, 1);
});

test('25 webhooks for an event, one for check-ins, for each sales unit and for the partner', async () => {
	const another = { url, events: ['epayments.payment.created.v1'] };
	for (let count = 0; count < 25; count++) assert.equal((await register()).status, 201);
	refused(await register(), 400, 'events');
	const [{ id }] = await list();
	assert.equal((await register(another)).status, 201);
	assert.equal((await register(undefined, { keyType: 'partner', headers: {} })).status, 201);
	const bergen = { keyType: 'partner' as const, headers: { 'merchant-serial-number': '234567' } };
	assert.equal((await register(undefined, bergen)).status, 201);
	await remove(id);
	assert.equal((await register()).status, 201);

	const checkIn = { url, events: ['user.checked-in.v1'] };
	assert.equal((await register(checkIn)).status, 201);
	refused(await register(checkIn), 400, 'events');
});

test('what is not as documented is refused by name', async () => {
	const events = [captured];
	const wrong: [string, unknown][] = [
		['url', { events }],
		['events', { url }],
		['events', { url, events: [] }],
		['events[0]', { url, events: [7] }],
		['url', { url: 'no address', events }],
		['url', { url: 'http://example.com/hooks', events }],
		['url', { url: 'ftp://127.0.0.1/hooks', events }],
		['secret', { url, events, secret: 'mine' }],
		['events', { url, events: ['epayments.payment.unknown.v1'] }],
		['body', '{'],
		['body', '[]'],
	];
	for (const [name, body] of wrong) refused(await register(body), 400, name);
	refused(
		await simulator.getAs('merchant', path, { method: 'POST', headers: own, body: '{}' }),
		415,
	);
	refused(await call('GET', '?cursor=1', undefined), 400, 'cursor');
	refused(await remove('497f6eca'), 400, 'id');
	refused(await remove(randomUUID()), 404);
	assert.deepEqual(await list(), []);
});

test('on this computer, addresses may do without HTTPS', async () => {
	for (const host of ['localhost:5678', '127.0.0.1:5678', '[::1]:5678']) {
		assert.equal((await register({ url: `http://${host}/hook`, events: [captured] })).status, 201);
	}
});

test('options open what is not documented', async () => {
	await reset({ unknownEvents: 'accepted', unknownWebhook: '400' });
	assert.equal((await register({ url, events: ['some.thing.v9'] })).status, 201);
	refused(await remove(randomUUID()), 400, 'id');
});
