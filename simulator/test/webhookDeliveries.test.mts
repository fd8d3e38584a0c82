import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { seal } from '../delivery/letter.mts';
import { createSimulator } from '../server.mts';
import { clientOf, start, type Json } from './helpers.mts';
import { now, order, payer } from './paymentHelpers.mts';
import { isGenuine, openEndpoint, paymentEvents, register, until } from './webhookHelpers.mts';

const simulator = await start({ data: 'empty' });
const endpoint = await openEndpoint();
const merchant = payer(simulator);

const noLimits = { writesPerMinute: 0, readsPerMinute: 0 };
const reset = (options = {}) =>
	simulator.control('/reset', { data: 'empty', now, options: { ...noLimits, ...options } });
const advance = (seconds: number) => simulator.control('/clock', { advanceSeconds: seconds });
const have = (count: number) =>
	until(() => endpoint.received.length >= count, `${count} deliveries, not ${endpoint.names}`);
const state = () => simulator.control('/webhooks');
const settled = () => until(async () => (await state()).pending === 0, 'nothing is pending');

beforeEach(async () => {
	await reset();
	Object.assign(endpoint, { received: [], answer: () => 200, headers: {} });
});

const hourSeconds = 3600;
const daySeconds = 24 * hourSeconds;

test('deliveries are signed as the documented example is', () => {
	const sealed = seal({
		secret:
			'A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKXCIcrLoHncVJKDILsQSxS6NWCccwWm6r6FhGKhiHTBsG2wo/xU6FY/A==',
		host: 'webhook.site',
		path: '/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63',
		date: 'Thu, 30 Mar 2023 08:38:32 GMT',
		body: Buffer.from('{"some-unique-content":"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world"}'),
	});
	assert.equal(sealed['x-ms-content-sha256'], 'lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4=');
	assert.equal(
		sealed.authorization,
		'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U=',
	);
});

test('what happens to a payment is told in order, signed, with the payload of the documentation', async () => {
	const { secret, id } = await register(simulator, endpoint.url, paymentEvents);
	const { reference } = order;
	await merchant.create({ profile: { scope: 'name' } }, { key: 'create-1' });
	await simulator.control('/payments/approve', { reference });
	await merchant.capture(reference, 10000, { key: 'capture-1' });
	await merchant.refund(reference, 4000);
	await merchant.cancel(reference, undefined, { key: 'cancel-1' });
	await settled();
	assert.deepEqual(endpoint.names, ['CREATED', 'AUTHORIZED', 'CAPTURED', 'REFUNDED', 'CANCELLED']);
	for (const received of endpoint.received) {
		assert.ok(isGenuine(received, endpoint.url, secret));
		assert.equal(received.path, '/hook?of=test');
		assert.equal(received.headers['webhook-id'], id);
		assert.equal(received.headers['x-ms-date'], new Date(now).toUTCString());
	}
	const bodies = endpoint.received.map(({ body }) => body);
	const history = await merchant.events(reference);
	assert.deepEqual(
		bodies.map(({ pspReference }) => pspReference),
		history.map(({ pspReference }) => pspReference),
	);
	assert.deepEqual(bodies[2], {
		msn: '123456',
		reference,
		pspReference: history[2].pspReference,
		name: 'CAPTURED',
		amount: { currency: 'NOK', value: 10000 },
		timestamp: now,
		idempotencyKey: 'capture-1',
		success: true,
	});
	assert.equal(bodies[0].idempotencyKey, 'create-1');
	assert.ok(!('idempotencyKey' in bodies[4]));
	assert.equal(bodies[1].captureGuaranteedUntil, '2026-10-12T12:00:00.000+00:00');
	assert.ok(bodies[1].userDetails.firstName && bodies[1].sub);
	assert.ok(!('userDetails' in bodies[0]) && !('userDetails' in bodies[2]));
});

test('what customer and time do is told without anybody asking', async () => {
	await register(simulator, endpoint.url, paymentEvents);
	for (const reference of ['to-be-aborted', 'to-be-left-alone', 'to-be-called-off']) {
		await merchant.create({ reference });
	}
	await simulator.control('/payments/abort', { reference: 'to-be-aborted' });
	await merchant.cancel('to-be-called-off');
	await have(5);
	await advance(600);
	await have(6);
	const ends = endpoint.received.slice(3).map(({ body }) => [body.reference, body.name]);
	assert.deepEqual(ends.sort(), [
		['to-be-aborted', 'ABORTED'],
		['to-be-called-off', 'TERMINATED'],
		['to-be-left-alone', 'EXPIRED'],
	]);
});

test('what failed is told, too', async () => {
	await register(simulator, endpoint.url, paymentEvents);
	const reference = await merchant.authorized();
	await simulator.control('/payments/fail', { reference, operation: 'capture', code: 6280 });
	await merchant.capture(reference, 100);
	await have(3);
	const { name, success } = endpoint.received[2]!.body;
	assert.deepEqual([name, success], ['CAPTURED', false]);
});

test('only those who registered for the event and the sales unit are told', async () => {
	const [captured] = [['epayments.payment.captured.v1']];
	await register(simulator, endpoint.url, captured);
	const partner = { keyType: 'partner' as const };
	await register(simulator, `${endpoint.url}&all`, captured, { ...partner, msn: null });
	await register(simulator, `${endpoint.url}&bergen`, captured, { ...partner, msn: '234567' });
	const gone = await register(simulator, `${endpoint.url}&gone`, captured);
	await simulator.getAs('merchant', `/webhooks/v1/webhooks/${gone.id}`, {
		method: 'DELETE',
		headers: { 'merchant-serial-number': '123456' },
	});
	const told = async (call: object) => {
		endpoint.received = [];
		await merchant.capture(await merchant.authorized({}, call), order.amount.value, call);
		await settled();
		return endpoint.received.map(({ path, body }) => `${path} ${body.name}`).sort();
	};
	const [own, all, bergen] = ['', '&all', '&bergen'].map((end) => `/hook?of=test${end} CAPTURED`);
	assert.deepEqual(await told({}), [own, all].sort());
	assert.deepEqual(await told({ ...partner, msn: '234567' }), [all, bergen].sort());
});

test('a delivery that is not taken is repeated: four times after 2 s, after a minute, two, then each hour, then each day', async () => {
	await register(simulator, endpoint.url, paymentEvents);
	endpoint.answer = () => 500;
	await merchant.create();
	await have(1);
	const pauses = [2, 2, 2, 2, 60, 120, ...Array(22).fill(hourSeconds), daySeconds, daySeconds];
	for (const [at, seconds] of pauses.entries()) {
		await advance(seconds - 1);
		if (seconds !== pauses[at - 1]) {
			await sleep(60);
			assert.equal(endpoint.received.length, at + 1, `before ${seconds} s were over`);
		}
		await advance(1);
		await have(at + 2);
	}
	const texts = new Set(endpoint.received.map(({ text }) => text));
	assert.equal(texts.size, 1);
	const dates = new Set(endpoint.received.map(({ headers }) => headers['x-ms-date']));
	assert.equal(dates.size, pauses.length + 1);
	endpoint.answer = () => 200;
	await advance(daySeconds);
	await settled();
});

test('an event is given up after seven days, and the next one of the payment is told', async () => {
	await register(simulator, endpoint.url, paymentEvents);
	endpoint.answer = ({ body }) => (body.name === 'CREATED' ? 404 : 200);
	await merchant.authorized();
	await have(1);
	for (let day = 0; day < 7; day++) {
		const count = endpoint.received.length;
		await advance(daySeconds);
		await have(count + 1);
	}
	await settled();
	assert.equal(endpoint.names.at(-1), 'AUTHORIZED');
	assert.equal((await state()).webhooks.length, 1);
});

test('a webhook whose endpoint takes nothing for two weeks is gone', async () => {
	await register(simulator, endpoint.url, paymentEvents);
	endpoint.answer = () => 500;
	for (let day = 0; day < 14; day++) {
		assert.equal((await state()).webhooks.length, 1, `day ${day}`);
		// After a week the first event is given up, so that there have to be others.
		const reference = `order-of-day-${day}`;
		await merchant.create({ reference });
		await until(
			() => endpoint.received.some(({ body }) => body.reference === reference),
			`the delivery of day ${day}`,
		);
		await advance(daySeconds);
	}
	// The two weeks are over with the last day; one more leaves no doubt.
	await advance(daySeconds);
	await settled();
	assert.equal((await state()).webhooks.length, 0);
});

test('an event that is not taken holds up those of its payment, and no others', async () => {
	await register(simulator, endpoint.url, paymentEvents);
	const blocked = order.reference;
	endpoint.answer = ({ body }) => (body.reference === blocked ? 503 : 200);
	await merchant.authorized({ reference: blocked });
	await merchant.authorized({ reference: 'another-order' });
	await have(3);
	await sleep(50);
	const told = () => endpoint.received.map(({ body }) => `${body.reference} ${body.name}`).sort();
	assert.deepEqual(told(), [
		`${blocked} CREATED`,
		'another-order AUTHORIZED',
		'another-order CREATED',
	]);
	assert.equal((await state()).pending, 2);
	endpoint.answer = () => 200;
	endpoint.received = [];
	await advance(2);
	await settled();
	assert.deepEqual(endpoint.names, ['CREATED', 'AUTHORIZED']);
});

test('redirects are not followed, and no answer in time is none', async () => {
	await reset({ webhookTimeoutSeconds: 1 });
	await register(simulator, endpoint.url, paymentEvents);
	endpoint.headers = { location: `${endpoint.url}&elsewhere` };
	endpoint.answer = () => 307;
	await merchant.create();
	await have(1);
	endpoint.answer = async () => {
		await sleep(1500);
		return 200;
	};
	await advance(2);
	const log = async () => (await simulator.control('/webhooks/deliveries')).deliveries;
	await until(async () => (await log()).length === 2, 'two deliveries');
	const [redirected, late] = await log();
	assert.deepEqual([redirected.status, redirected.accepted], [307, false]);
	assert.deepEqual([late.status, late.accepted], [null, false]);
	assert.ok(late.error && late.ms >= 1000 && late.ms < 1500, JSON.stringify(late));
	assert.ok(endpoint.received.every(({ path }) => path === '/hook?of=test'));
});

test('repeats may keep their first date, and may be fast', async () => {
	await reset({ webhookRetryDate: 'original', webhookRetrySpeed: 100 });
	await simulator.control('/clock', { realTime: true });
	await register(simulator, endpoint.url, paymentEvents);
	endpoint.answer = () => (endpoint.received.length < 5 ? 500 : 200);
	const before = Date.now();
	await merchant.create();
	await settled();
	assert.equal(endpoint.received.length, 5);
	assert.ok(Date.now() - before < 2000);
	await advance(0);
	assert.equal(new Set(endpoint.received.map(({ headers }) => headers['x-ms-date'])).size, 1);
});

test('any event can be told with any body', async () => {
	const events = ['recurring.charge-captured.v1', 'user.checked-in.v1'];
	await register(simulator, endpoint.url, events);
	const body = { customerToken: 'AAA=', merchantQrId: 'd8b7d76d', msn: '123456' };
	const told = await simulator.control('/webhooks/events', { event: events[1], body });
	assert.deepEqual(told, { eventNumber: 1, told: 1 });
	await have(1);
	assert.deepEqual(endpoint.received[0]!.body, body);
	await simulator.control('/webhooks/events', { event: events[0], body: '{not JSON' });
	await have(2);
	assert.equal(endpoint.received[1]!.text, '{not JSON');
	const nobody = await simulator.control('/webhooks/events', {
		event: events[0],
		body,
		merchantSerialNumber: '234567',
	});
	assert.equal(nobody.told, 0);
});

test('nothing is sent to other computers, and a reset ends all deliveries', async () => {
	await register(simulator, 'https://webhooks.invalid/hook', paymentEvents);
	await merchant.create();
	const log = async (): Promise<Json[]> =>
		(await simulator.control('/webhooks/deliveries')).deliveries;
	await until(async () => (await log()).length === 1, 'the delivery is in the log');
	assert.match((await log())[0].error, /^Not sent/);

	await register(simulator, endpoint.url, paymentEvents);
	endpoint.answer = () => 500;
	await merchant.create({ reference: 'another-order' });
	await have(1);
	await reset();
	await advance(daySeconds);
	await sleep(120);
	assert.equal(endpoint.received.length, 1);
	assert.deepEqual(await state(), { webhooks: [], pending: 0, counts: {} });
});

test('a simulator that has been closed tells nothing more', async () => {
	const other = await createSimulator({ data: 'empty', options: { customer: 'approves' } });
	const client = clientOf(other.url);
	await register(client, endpoint.url, paymentEvents);
	endpoint.answer = async () => {
		await sleep(150);
		return 200;
	};
	await payer(client).create();
	await have(1);
	await sleep(60);
	await other.close();
	await sleep(200);
	assert.deepEqual(endpoint.names, ['CREATED']);
});
