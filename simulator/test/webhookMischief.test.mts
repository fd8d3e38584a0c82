import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { forgeries } from '../delivery/forgery.mts';
import { start, type Json } from './helpers.mts';
import { now, payer } from './paymentHelpers.mts';
import {
	isGenuine,
	openEndpoint,
	paymentEvents,
	register,
	until,
	type Received,
} from './webhookHelpers.mts';

const simulator = await start({ data: 'empty' });
const endpoint = await openEndpoint();
const merchant = payer(simulator);
let secret = '';

const options = { writesPerMinute: 0, readsPerMinute: 0 };
const genuine = (received: Received) => isGenuine(received, endpoint.url, secret);
const isOld = ({ headers }: Received) =>
	Date.parse(now) - Date.parse(String(headers['x-ms-date'])) > 60_000;
const settled = () =>
	until(async () => (await simulator.control('/webhooks')).pending === 0, 'nothing is pending');
const mischief = (body: object) => simulator.control('/webhooks/mischief', body);
const log = async (after = 0): Promise<Json[]> =>
	(await simulator.control(`/webhooks/deliveries?after=${after}`)).deliveries;

beforeEach(async () => {
	await simulator.control('/reset', { data: 'empty', now, options });
	secret = (await register(simulator, endpoint.url, paymentEvents)).secret;
	endpoint.received = [];
	endpoint.answer = (received) => (genuine(received) && !isOld(received) ? 200 : 401);
});

test('an event is forged in every way, and none of it is genuine', async () => {
	await merchant.create();
	await settled();
	for (const forgery of forgeries) {
		for (let bit = 0; bit < 24; bit += 5) {
			endpoint.received = [];
			const body = { eventNumber: 1, forgery, bit };
			const { deliveries } = await simulator.control('/webhooks/send', body);
			assert.equal(endpoint.received.length, 1, `${forgery} ${bit} has not arrived`);
			assert.ok(!genuine(endpoint.received[0]!), `${forgery} ${bit} is genuine`);
			const [{ kind, status, body: answer }] = deliveries;
			assert.deepEqual([kind, status, answer], ['forged', 401, 'noted']);
		}
	}
	const { counts } = await simulator.control('/webhooks');
	const { true: events, forged, forgedAccepted } = counts;
	assert.deepEqual([events, forged, forgedAccepted], [1, forgeries.length * 5, 0]);
});

test('a forgery can flip any bit of a body', async () => {
	await merchant.create();
	await settled();
	const original = endpoint.received[0]!.text;
	const flipped = new Set<string>();
	for (let bit = 0; bit < 16; bit++) {
		await simulator.control('/webhooks/send', { eventNumber: 1, forgery: 'bit', bit });
		flipped.add(endpoint.received.at(-1)!.text);
	}
	assert.ok(flipped.size > 8 && !flipped.has(original));
});

test('an event is sent again, at once or one after the other, and with an old date', async () => {
	await merchant.create();
	await settled();
	const again = (body: object) =>
		simulator.control('/webhooks/send', { eventNumber: 1, copies: 3, ...body });
	for (const concurrently of [false, true]) {
		const { deliveries } = await again({ concurrently });
		assert.deepEqual(
			deliveries.map(({ kind, accepted }: Json) => [kind, accepted]),
			Array(3).fill(['repeated', true]),
		);
	}
	assert.equal(new Set(endpoint.received.map(({ text }) => text)).size, 1);
	const { deliveries } = await again({ ageSeconds: 86_400, copies: 1 });
	assert.equal(deliveries[0].kind, 'late');
	const last = endpoint.received.at(-1)!;
	assert.ok(genuine(last));
	assert.equal(Date.parse(String(last.headers['x-ms-date'])), Date.parse(now) - 86_400_000);
});

test('forgeries come before the event, repeats and late ones after it, as often as ordered', async () => {
	await mischief({ kind: 'forge', every: 3, copies: 2 });
	await mischief({ kind: 'repeat', skip: 1, every: 3, concurrently: true });
	await mischief({ kind: 'late', skip: 2, every: 3, times: 1 });
	for (const reference of ['order-one', 'order-two', 'order-three', 'order-four', 'order-five']) {
		await merchant.create({ reference });
		await settled();
	}
	const kinds = (await log()).map(({ eventNumber, kind }) => `${eventNumber} ${kind}`);
	const [forged, concurrent] = [/forged/, /^[25]/].map((pattern) =>
		kinds.filter((kind) => pattern.test(kind)),
	);
	assert.deepEqual(forged, ['1 forged', '1 forged', '4 forged', '4 forged']);
	assert.deepEqual(concurrent!.sort(), ['2 repeated', '2 true', '5 repeated', '5 true']);
	assert.deepEqual(kinds.slice(0, 3), ['1 forged', '1 forged', '1 true']);
	assert.deepEqual(
		kinds.filter((kind) => /^3/.test(kind)),
		['3 true', '3 late'],
	);
	await simulator.control('/webhooks/mischief', undefined, 'DELETE');
	await merchant.create({ reference: 'order-six' });
	await settled();
	assert.equal((await log(kinds.length)).length, 1);
});

test('an event is delayed, or passed by the next one of its payment', async () => {
	await mischief({ kind: 'delay', times: 1, delayMs: 100 });
	const before = Date.now();
	await merchant.create({ reference: 'delayed-order' });
	await settled();
	assert.ok(Date.now() - before >= 100);

	endpoint.received = [];
	await mischief({ kind: 'reorder', times: 1 });
	const reference = await merchant.authorized();
	await merchant.cancel(reference);
	await settled();
	assert.deepEqual(endpoint.names, ['AUTHORIZED', 'CREATED', 'CANCELLED']);

	endpoint.received = [];
	await mischief({ kind: 'reorder', times: 1, delayMs: 50 });
	await merchant.create({ reference: 'order-of-its-own' });
	await settled();
	assert.deepEqual(endpoint.names, ['CREATED']);
});

test('impossible orders are refused', async () => {
	await merchant.create();
	await settled();
	const wrong: [string, object, number][] = [
		['mischief', { kind: 'steal' }, 400],
		['mischief', { kind: 'forge', forgery: 'charm' }, 400],
		['mischief', { kind: 'repeat', every: 0 }, 400],
		['mischief', { kind: 'repeat', copies: 1.5 }, 400],
		['send', { eventNumber: 7 }, 404],
		['send', { eventNumber: 1, registrationId: 'none' }, 404],
		['send', { eventNumber: 1, copies: 0 }, 400],
		['events', { event: 'user.checked-in.v1' }, 400],
	];
	for (const [path, body, status] of wrong) {
		const answer = await simulator.send(`/simulator/webhooks/${path}`, {
			method: 'POST',
			body: JSON.stringify(body),
		});
		assert.equal(answer.status, status, JSON.stringify([body, answer.body]));
	}
	assert.equal((await simulator.send('/simulator/webhooks/deliveries?after=x')).status, 400);
});
