import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { start, type Answer } from './helpers.mts';
import { codeOf, now, order, payer, receipt, sums } from './paymentHelpers.mts';

const simulator = await start({ data: 'empty' });
const noLimits = { writesPerMinute: 0, readsPerMinute: 0 };
const reset = (options = {}) =>
	simulator.control('/reset', { data: 'empty', now, options: { ...noLimits, ...options } });
beforeEach(() => reset());

const merchant = payer(simulator);
const advance = (seconds: number) => simulator.control('/clock', { advanceSeconds: seconds });
const daySeconds = 86_400;

function refused(answer: Answer, code: number, status = 400): void {
	assert.deepEqual(
		[codeOf(answer), answer.status],
		[String(code), status],
		JSON.stringify(answer.body),
	);
	assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/);
	assert.ok(answer.body.traceId && answer.body.title && answer.body.instance);
}

test('a payment is created, approved, captured in parts, refunded, and the rest released', async () => {
	const { reference } = order;
	const made = await merchant.create({}, { key: 'create-1' });
	assert.equal(made.status, 201);
	assert.equal(made.body.reference, reference);
	assert.ok(made.body.redirectUrl.startsWith(`${simulator.url}/simulator/landing?token=`));
	const created = await merchant.get(reference);
	assert.deepEqual([created.body.state, sums(created)], ['CREATED', [0, 0, 0, 0]]);
	assert.equal(created.body.redirectUrl, made.body.redirectUrl);
	assert.equal(created.body.captureGuaranteedUntil, undefined);

	const phoneNumber = '4712345678';
	const approved = await merchant.call('POST', `/test/payments/${reference}/approve`, {
		customer: { phoneNumber },
	});
	assert.deepEqual([approved.status, approved.body], [200, '']);
	const authorized = await merchant.get(reference);
	const { redirectUrl: _, ...rest } = created.body;
	assert.deepEqual(authorized.body, {
		...rest,
		aggregate: { ...rest.aggregate, authorizedAmount: order.amount },
		state: 'AUTHORIZED',
		captureGuaranteedUntil: '2026-10-12T12:00:00.000+00:00',
	});

	const captured = await merchant.capture(reference, 10000, { key: 'capture-1' });
	assert.deepEqual([captured.status, sums(captured)], [200, [49900, 0, 10000, 0]]);
	assert.match(captured.headers.get('content-type')!, /^application\/json/);
	assert.deepEqual(Object.keys(captured.body).sort(), [
		'aggregate',
		'amount',
		'pspReference',
		'reference',
		'state',
	]);
	assert.deepEqual(sums(await merchant.capture(reference, 5000)), [49900, 0, 15000, 0]);
	assert.deepEqual(sums(await merchant.refund(reference, 4000)), [49900, 0, 15000, 4000]);
	const cancelled = await merchant.cancel(reference, undefined, { key: null });
	assert.deepEqual([cancelled.status, sums(cancelled)], [200, [49900, 34900, 15000, 4000]]);
	assert.equal(cancelled.body.state, 'AUTHORIZED');
	assert.deepEqual(sums(await merchant.refund(reference, 11000)), [49900, 34900, 15000, 15000]);

	const events = await merchant.events(reference);
	assert.deepEqual(
		events.map(({ name, amount, idempotencyKey, success }) => [
			name,
			amount.value,
			name === 'CREATED' || amount.value === 10000 ? idempotencyKey : typeof idempotencyKey,
			success,
		]),
		[
			['CREATED', 49900, 'create-1', true],
			['AUTHORIZED', 49900, 'object', true],
			['CAPTURED', 10000, 'capture-1', true],
			['CAPTURED', 5000, 'string', true],
			['REFUNDED', 4000, 'string', true],
			['CANCELLED', 34900, 'object', true],
			['REFUNDED', 11000, 'string', true],
		],
	);
	assert.equal(new Set(events.map(({ pspReference }) => pspReference)).size, events.length);
	for (const { body } of [created, authorized, captured, cancelled]) {
		assert.equal(body.pspReference, events[0].pspReference);
	}
	assert.deepEqual(Object.keys(events[0]).sort(), [
		'amount',
		'idempotencyKey',
		'name',
		'pspReference',
		'reference',
		'success',
		'timestamp',
	]);
});

test('a payment that nobody approves in time has expired, just then', async () => {
	const { reference } = order;
	await merchant.create();
	await advance(599);
	assert.equal((await merchant.get(reference)).body.state, 'CREATED');
	await advance(100);
	assert.equal((await merchant.get(reference)).body.state, 'EXPIRED');
	const [, expired] = await merchant.events(reference);
	assert.equal(expired.name, 'EXPIRED');
	assert.equal(expired.timestamp, '2026-10-05T12:10:00.000Z');
	refused(await merchant.capture(reference, 100), 6200);
	refused(await merchant.refund(reference, 100), 6210);
	refused(await merchant.cancel(reference), 6050);
	const path = `/test/payments/${reference}/approve`;
	const customer = { phoneNumber: '4712345678' };
	refused(await merchant.call('POST', path, { customer }), 10010);
});

test('a long-living payment expires when it says', async () => {
	const expiresAt = '2026-10-25T14:00:00+02:00';
	assert.equal((await merchant.create({ expiresAt, receipt })).status, 201);
	await advance(19 * daySeconds);
	assert.equal((await merchant.get(order.reference)).body.state, 'CREATED');
	await advance(daySeconds);
	const [, expired] = await merchant.events(order.reference);
	assert.equal(expired.timestamp, '2026-10-25T12:00:00.000Z');
});

test('a payment that is called off before it is approved is terminated', async () => {
	const { reference } = order;
	await merchant.create();
	const cancelled = await merchant.cancel(reference, { cancelTransactionOnly: true });
	assert.deepEqual([cancelled.body.state, sums(cancelled)], ['TERMINATED', [0, 0, 0, 0]]);
	refused(await merchant.capture(reference, 100), 6070);
	refused(await merchant.cancel(reference), 6190);
	assert.deepEqual(
		(await merchant.events(reference)).map(({ name }) => name),
		['CREATED', 'TERMINATED'],
	);
});

test('changes before the approval are refused', async () => {
	await merchant.create();
	refused(await merchant.capture(order.reference, 49900), 6080);
	refused(await merchant.refund(order.reference, 49900), 6020);
});

test('captures are refused beyond what is reserved, after the last and after a cancellation', async () => {
	const reference = await merchant.authorized();
	refused(await merchant.capture(reference, 49901), 6090);
	refused(await merchant.capture(reference, 0), 4040);
	const danish = payer(simulator, 'DKK');
	refused(await danish.capture(reference, 100), 5040);
	await merchant.capture(reference, 49900);
	refused(await merchant.capture(reference, 1), 6170);
	refused(await merchant.cancel(reference), 6040);
	const other = await merchant.authorized();
	await merchant.capture(other, 100);
	refused(await merchant.capture(other, 49801), 6090);
	await merchant.cancel(other);
	refused(await merchant.capture(other, 100), 6070);
	refused(await merchant.cancel(other), 6190);
	assert.deepEqual(sums(await merchant.get(other)), [49900, 49800, 100, 0]);
});

test('refunds are refused beyond what is captured', async () => {
	const reference = await merchant.authorized();
	refused(await merchant.refund(reference, 1), 6150);
	await merchant.capture(reference, 1000);
	refused(await merchant.refund(reference, 1001), 6150);
	refused(await payer(simulator, 'EUR').refund(reference, 1), 5040);
	await merchant.refund(reference, 400);
	refused(await merchant.refund(reference, 601), 6150);
	await merchant.refund(reference, 600);
	refused(await merchant.refund(reference, 1), 6180);
});

test('a cancellation may spare what is approved', async () => {
	const reference = await merchant.authorized();
	refused(await merchant.cancel(reference, { cancelTransactionOnly: true }), 6060);
	const cancelled = await merchant.cancel(reference, { cancelTransactionOnly: false });
	assert.deepEqual(sums(cancelled), [49900, 49900, 0, 0]);
});

test('captures, cancellations and refunds have their deadlines', async () => {
	const reference = await merchant.authorized();
	await merchant.capture(reference, 1000);
	await advance(180 * daySeconds);
	assert.equal((await merchant.capture(reference, 1000)).status, 200);
	await advance(1);
	refused(await merchant.capture(reference, 1000), 6100);
	refused(await merchant.cancel(reference), 6030);
	await advance(185 * daySeconds - 1);
	assert.equal((await merchant.refund(reference, 1000)).status, 200);
	await advance(1);
	refused(await merchant.refund(reference, 1000), 6220);
});

test('in Denmark and Finland captures end after two weeks', async () => {
	for (const [msn, currency] of [
		['654321', 'DKK'],
		['765432', 'EUR'],
	] as const) {
		const partner = payer(simulator, currency, { keyType: 'partner', msn });
		const reference = await partner.authorized({ amount: { currency, value: 100 } });
		await advance(14 * daySeconds);
		assert.equal((await partner.capture(reference, 1)).status, 200);
		await advance(1);
		refused(await partner.capture(reference, 1), 6100);
	}
});

test('an unknown reference, and one of another sales unit, is 5090', async () => {
	const reference = await merchant.authorized();
	const partner = payer(simulator, 'NOK', { keyType: 'partner', msn: '234567' });
	for (const answer of [
		await merchant.get('acme-no-such-1'),
		await merchant.capture('acme-no-such-1', 100),
		await partner.get(reference),
		await partner.refund(reference, 100),
	]) {
		refused(answer, 5090, 404);
	}
	// The same reference is free there.
	assert.equal((await partner.create({ reference })).status, 201);
	refused(await partner.create({ reference }), 4150, 409);
});

test('the test approval takes a customer or the token of the payment, once', async () => {
	const { redirectUrl } = (await merchant.create()).body;
	const path = `/test/payments/${order.reference}/approve`;
	const token = new URL(redirectUrl).searchParams.get('token');
	refused(await merchant.call('POST', path, { token: 'another' }), 10010);
	const unknown = { customer: { phoneNumber: '4799999999' } };
	refused(await merchant.call('POST', path, unknown), 7010);
	assert.equal((await merchant.call('POST', path, { token, customer: {} })).status, 400);
	assert.equal((await merchant.call('POST', path, { token }, { key: null })).status, 200);
	refused(await merchant.call('POST', path, { token }), 6230);
});

test('the customer may act without being told, at the time that was set', async () => {
	await reset({ customer: 'approves', customerSeconds: 30 });
	await merchant.create();
	refused(await merchant.capture(order.reference, 100), 6080);
	await advance(45);
	assert.equal((await merchant.capture(order.reference, 100)).status, 200);
	const [, authorized] = await merchant.events(order.reference);
	assert.equal(authorized.timestamp, '2026-10-05T12:00:30.000Z');
	await reset({ customer: 'aborts' });
	await merchant.create();
	assert.equal((await merchant.get(order.reference)).body.state, 'ABORTED');
	await reset({ customer: 'approves', customerSeconds: 700 });
	await merchant.create();
	await advance(3600);
	assert.equal((await merchant.get(order.reference)).body.state, 'EXPIRED');
});

test('successful changes may have the content type of errors', async () => {
	await reset({ modificationContentType: 'problem' });
	const reference = await merchant.authorized();
	for (const answer of [
		await merchant.capture(reference, 100),
		await merchant.refund(reference, 100),
		await merchant.cancel(reference),
	]) {
		assert.equal(answer.status, 200);
		assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/);
	}
});

test('profile data is shared after the approval, as far as it was asked for', async () => {
	const { reference } = order;
	await merchant.create({ profile: { scope: 'name phoneNumber' } });
	assert.deepEqual((await merchant.get(reference)).body.profile, {});
	await simulator.control('/payments/approve', { reference });
	const { body } = await merchant.get(reference);
	assert.match(body.profile.sub, /^[\da-f-]{36}$/);
	assert.deepEqual(Object.keys(body.userDetails), ['firstName', 'lastName', 'mobileNumber']);
	const all = await merchant.authorized({ profile: { scope: 'address birthDate email' } });
	assert.deepEqual(Object.keys((await merchant.get(all)).body.userDetails), [
		'addresses',
		'dateOfBirth',
		'email',
	]);
});

test('with express, the first shipping option is taken and paid, too', async () => {
	const option = {
		id: 'post-1',
		name: 'Home',
		amount: { currency: 'NOK', value: 9900 },
		estimatedDelivery: '1-2 days',
	};
	const express = {
		profile: { scope: 'name address email phoneNumber' },
		shipping: { fixedOptions: [{ type: 'MAILBOX', brand: 'POSTEN', options: [option] }] },
	};
	await merchant.create({ ...express, reference: 'express-1' });
	const path = '/test/payments/express-1/approve';
	const customer = { phoneNumber: '4712345678' };
	refused(await merchant.call('POST', path, { customer }), 10060);
	await simulator.control('/payments/approve', { reference: 'express-1' });
	const read = await merchant.get('express-1');
	assert.deepEqual(sums(read), [59800, 0, 0, 0]);
	assert.equal(read.body.amount.value, 59800);
	const { address, ...chosen } = read.body.shippingDetails;
	assert.deepEqual(chosen, {
		shippingCost: 9900,
		shippingOptionId: 'post-1',
		shippingOptionName: 'Home',
	});
	assert.deepEqual(read.body.userDetails.addresses, [address]);
	assert.equal((await merchant.capture('express-1', 59800)).status, 200);
});

test('metadata comes back, and a card payment tells the start of the card number', async () => {
	const metadata = { table: '12', waiter: 'Kari' };
	const reference = await merchant.authorized({ metadata, paymentMethod: { type: 'CARD' } });
	const { body } = await merchant.get(reference);
	assert.deepEqual(body.metadata, metadata);
	assert.deepEqual(body.paymentMethod, { type: 'CARD', cardBin: '540185' });
});

test('failures can be ordered: they have their code, are in the events, and move nothing', async () => {
	const reference = await merchant.authorized();
	const fail = (operation: string, code: number, more = {}) =>
		simulator.control('/payments/fail', { reference, operation, code, ...more });
	await fail('capture', 6260, { times: 2 });
	await fail('refund', 5100, { status: 403 });
	await fail('cancel', 6250);
	refused(await merchant.capture(reference, 100), 6260);
	// These answers do not stick to their key: the same request may come again.
	refused(await merchant.capture(reference, 100, { key: 'again' }), 6260);
	assert.equal((await merchant.capture(reference, 100, { key: 'again' })).status, 200);
	refused(await merchant.refund(reference, 100, { key: 'stuck' }), 5100, 403);
	refused(await merchant.refund(reference, 100, { key: 'stuck' }), 5100, 403);
	assert.equal((await merchant.refund(reference, 100)).status, 200);
	refused(await merchant.cancel(reference), 6250, 423);
	const cancelled = await merchant.cancel(reference);
	assert.deepEqual(sums(cancelled), [49900, 49800, 100, 100]);
	const failed = (await merchant.events(reference)).filter(({ success }) => !success);
	assert.deepEqual(
		failed.map(({ name, amount }) => [name, amount.value]),
		[
			['CAPTURED', 100],
			['CAPTURED', 100],
			['REFUNDED', 100],
			['CANCELLED', 49800],
		],
	);
});
