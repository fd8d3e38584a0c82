import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { start, type Answer, type Json } from './helpers.mts';
import { codeOf, now, order, payer, receipt } from './paymentHelpers.mts';

const simulator = await start({ data: 'empty' });
const reset = (options = {}) => simulator.control('/reset', { data: 'empty', now, options });
beforeEach(() => reset({ writesPerMinute: 0, readsPerMinute: 0 }));

const merchant = payer(simulator);
const advance = (seconds: number) => simulator.control('/clock', { advanceSeconds: seconds });
const path = '/payments/acme-shop-123-order123abc';

/** The names of the fields that a problem without a code blames. */
function blamed(answer: Answer): string[] {
	assert.equal(answer.status, 400, JSON.stringify(answer.body));
	assert.equal(codeOf(answer), undefined);
	assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/);
	return answer.body.extraDetails.map(({ name, reason }: Json) => {
		assert.ok(reason);
		return name;
	});
}

const [line] = receipt.orderLines;
const withLine = (changes: object) => ({
	receipt: { ...receipt, orderLines: [{ ...line, ...changes }] },
});
const group = {
	type: 'MAILBOX',
	brand: 'POSTEN',
	options: [{ id: '1', name: 'Home', amount: { currency: 'NOK', value: 100 } }],
};
const express = { profile: { scope: 'name address email phoneNumber' } };
const fixed = (...fixedOptions: object[]) => ({ ...express, shipping: { fixedOptions } });
const dynamicOptions = { callbackUrl: 'https://example.com/shipping' };
const airlineData = {
	agencyInvoiceNumber: '1',
	airlineCode: '074',
	airlineDesignatorCode: 'KL',
	passengerName: 'FLYER / MARY MS.',
};

test('fields that are missing, unknown or not as documented are named, without a code', async () => {
	const cases: [changes: Json, ...names: string[]][] = [
		[{ amount: undefined }, 'amount'],
		[{ reference: undefined, Reference: 'acme-shop-1' }, 'reference', 'Reference'],
		[{ paymentMethod: {} }, 'paymentMethod.type'],
		[{ userFlow: 'EMAIL' }, 'userFlow'],
		[{ amount: { currency: 'NOK', value: 499.5 } }, 'amount.value'],
		[{ amount: { currency: 'NOK', value: '499' } }, 'amount.value'],
		[{ amount: { currency: 'NOK', value: -1 } }, 'amount.value'],
		[{ amount: { currency: 'NOK', value: 65_000_001 } }, 'amount.value'],
		[{ amount: { currency: 'nok', value: 100 } }, 'amount.currency'],
		[{ amount: { ...order.amount, vat: 1 } }, 'amount.vat'],
		[{ reference: 'short' }, 'reference'],
		[{ reference: 'has_underscore' }, 'reference'],
		[{ reference: 'x'.repeat(65) }, 'reference'],
		[{ returnUrl: `https://example.com/${'x'.repeat(2500)}` }, 'returnUrl'],
		[{ customer: { phoneNumber: '+4712345678' } }, 'customer.phoneNumber'],
		[{ customer: { personalQr: 'abc' } }, 'customer.personalQr'],
		[{ customer: {} }, 'customer'],
		[{ customer: { phoneNumber: '4712345678', customerToken: 'x' } }, 'customer'],
		[{ customerInteraction: 'ABSENT' }, 'customerInteraction'],
		[{ minimumUserAge: 101 }, 'minimumUserAge'],
		[{ profile: { scopes: 'name' } }, 'profile.scopes'],
		[{ expiresAt: '2026-10-06' }, 'expiresAt'],
		[{ qrFormat: { format: 'IMAGE/PNG' } }, 'qrFormat'],
		[{ userFlow: 'QR', qrFormat: { format: 'IMAGE/PNG', size: 99 } }, 'qrFormat.size'],
		[{ userFlow: 'QR', qrFormat: { size: 100 } }, 'qrFormat.format'],
		[{ paymentDescription: 'ab' }, 'paymentDescription'],
		[{ paymentDescription: 'x'.repeat(101) }, 'paymentDescription'],
		[{ metadata: { number: 1 } }, 'metadata.number'],
		[{ paymentMethod: { type: 'CARD' }, userFlow: 'QR' }, 'userFlow'],
		[
			{ paymentMethod: { type: 'WALLET', blockedSources: ['CASH'] } },
			'paymentMethod.blockedSources[0]',
		],
		[{ receipt: { orderLines: [], bottomLine: { currency: 'NOK' } } }, 'receipt.orderLines'],
		[withLine({ taxRate: undefined }), 'receipt.orderLines[0].taxRate'],
		[withLine({ taxRate: 10_001 }), 'receipt.orderLines[0].taxRate'],
		[
			withLine({ id: 5, colour: 'red' }),
			'receipt.orderLines[0].id',
			'receipt.orderLines[0].colour',
		],
		[
			withLine({ unitInfo: { unitPrice: 1, quantity: '1,5' } }),
			'receipt.orderLines[0].unitInfo.quantity',
		],
		[
			{ receipt: { ...receipt, bottomLine: { currency: 'NOK', barcode: { format: 'QR' } } } },
			'receipt.bottomLine.barcode.format',
			'receipt.bottomLine.barcode.data',
		],
		[{ ...express, shipping: {} }, 'shipping'],
		[{ ...express, shipping: { dynamicOptions, fixedOptions: [group] } }, 'shipping'],
		[fixed(group, group), 'shipping.fixedOptions'],
		[fixed({ ...group, brand: 'DRONE' }), 'shipping.fixedOptions[0].brand'],
		[fixed({ ...group, options: [] }), 'shipping.fixedOptions[0].options'],
		[{ shipping: { dynamicOptions } }, 'profile.scope'],
		[
			{ ...express, shipping: { dynamicOptions, allowedCountries: ['Norway'] } },
			'shipping.allowedCountries[0]',
		],
		[
			{ industryData: { airlineData: { ...airlineData, airlineCode: '74' } } },
			'industryData.airlineData.airlineCode',
		],
		[{ merchantLegalLinks: { terms: 'https://example.com' } }, 'merchantLegalLinks.terms'],
		[{ merchantReceiptUrl: 'https://example.com' }, 'merchantReceiptUrl'],
	];
	for (const [changes, ...names] of cases) {
		assert.deepEqual(blamed(await merchant.create(changes)), names, JSON.stringify(changes));
	}
	assert.deepEqual((await simulator.control('/payments')).payments, []);
});

test('everything that is documented is taken', async () => {
	const cases: Json[] = [
		{ customer: { phoneNumber: '299123456' }, customerInteraction: 'CUSTOMER_PRESENT' },
		{ customer: { personalQr: 'https://qr.vipps.no/28/2/01/031/4712345678?v=1' } },
		{ userFlow: 'PUSH_MESSAGE', customer: { customerToken: 'ey%382jf8' }, returnUrl: undefined },
		{ userFlow: 'NATIVE_REDIRECT', returnUrl: 'myshop://paid' },
		{ userFlow: 'QR', qrFormat: { format: 'IMAGE/SVG+XML', size: 1024 } },
		{ minimumUserAge: 18, metadata: null, receiptUrl: null, qrFormat: null, expiresAt: null },
		{ receipt, receiptUrl: 'https://example.com/receipt/1' },
		withLine({ taxRate: null, taxPercentage: 25, isReturn: true, discount: 0 }),
		{ expiresAt: '2026-10-05T12:10:01Z', receipt },
		{ expiresAt: '2026-12-04T11:59:59.5Z', receipt },
		fixed({ ...group, isDefault: true, priority: 0 }, { ...group, type: 'IN_STORE' }),
		{ ...express, shipping: { dynamicOptions, allowedCountries: ['NO', 'SE'] } },
		{ industryData: { airlineData } },
		{
			merchantLegalLinks: {
				termsOfSaleUrl: 'https://example.com/terms',
				privacyPolicyUrl: 'https://example.com/privacy',
			},
		},
		{
			metadata: Object.fromEntries(
				[1, 2, 3, 4, 5].map((i) => [`${i}`.repeat(100), 'x'.repeat(500)]),
			),
		},
		{ amount: { currency: 'NOK', value: 100 } },
		{ amount: { currency: 'NOK', value: 65_000_000 } },
	];
	for (const [index, changes] of cases.entries()) {
		const { status, body } = await merchant.create({
			...changes,
			reference: `documented-${index}`,
		});
		assert.equal(status, 201, JSON.stringify(body));
		assert.equal('redirectUrl' in body, changes.userFlow !== 'PUSH_MESSAGE');
	}
});

test('what the sales unit, the market or the customer does not allow has its code', async () => {
	const danish = payer(simulator, 'DKK', { keyType: 'partner', msn: '654321' });
	const bergen = payer(simulator, 'NOK', { keyType: 'partner', msn: '234567' });
	const kroner = { amount: { currency: 'DKK', value: 1 } };
	const blockedSources = ['COMMERCIAL_CARDS'];
	const pairs = (count: number) =>
		Object.fromEntries(Array.from({ length: count }, (_, i) => [i, '']));
	const cases: [payer: typeof merchant, changes: Json, code: number, status?: number][] = [
		[merchant, { amount: { currency: 'EUR', value: 100 } }, 5040],
		[merchant, { amount: { currency: 'SEK', value: 100 } }, 5040],
		[danish, {}, 5040],
		[
			merchant,
			fixed({ ...group, options: [{ ...group.options[0], amount: kroner.amount }] }),
			5040,
		],
		[merchant, { amount: { currency: 'NOK', value: 99 } }, 6010],
		[danish, { amount: { currency: 'DKK', value: 0 } }, 6010],
		[merchant, { returnUrl: undefined }, 4140],
		[merchant, { userFlow: 'PUSH_MESSAGE' }, 4140],
		[bergen, { userFlow: 'PUSH_MESSAGE', customer: { phoneNumber: '4712345678' } }, 5080, 403],
		[bergen, { paymentMethod: { type: 'CARD' } }, 5070, 403],
		[merchant, { paymentMethod: { type: 'CARD_PASSTHROUGH' } }, 5070, 403],
		[
			merchant,
			{
				cardPassthrough: {
					pspReference: '1',
					cardCallbackUrl: 'https://a.b',
					allowedCardTypes: [],
				},
			},
			4160,
		],
		[merchant, { paymentMethod: { type: 'WALLET', blockedSources } }, 5010],
		[danish, { ...kroner, paymentMethod: { type: 'CARD', blockedSources } }, 5010],
		[merchant, { returnUrl: 'http://example.com' }, 4090],
		[merchant, { returnUrl: 'javascript:alert(1)' }, 4090],
		[merchant, { returnUrl: 'not a url' }, 4090],
		[merchant, { receiptUrl: 'http://example.com' }, 4090],
		[merchant, { merchantLegalLinks: { termsOfSaleUrl: 'myshop://terms' } }, 4090],
		[
			merchant,
			{ ...express, shipping: { dynamicOptions: { callbackUrl: 'http://example.com' } } },
			4090,
		],
		[merchant, { profile: { scope: 'name shoeSize' } }, 4080],
		[merchant, { profile: { scope: 'name nin' } }, 5030, 403],
		[bergen, { expiresAt: '2026-10-06T12:00:00Z', receipt }, 5050, 403],
		[merchant, { expiresAt: '2026-10-06T12:00:00Z' }, 6130],
		[merchant, { expiresAt: '2026-12-04T12:00:00Z', receipt }, 6110],
		[merchant, { expiresAt: '2026-10-05T12:10:00Z', receipt }, 6120],
		[merchant, { expiresAt: '2026-10-04T12:00:00Z', receipt }, 6120],
		[merchant, { metadata: pairs(6) }, 4100],
		[merchant, { metadata: { ['x'.repeat(101)]: '' } }, 4120],
		[merchant, { metadata: { a: 'x'.repeat(501) } }, 4130],
		[merchant, { customer: { phoneNumber: '4799999999' } }, 7010],
		[merchant, { customer: { phoneNumber: '4788888888' }, minimumUserAge: 18 }, 7010],
		[merchant, { customer: { phoneNumber: '0012345678' } }, 4070],
		[merchant, { customer: { customerToken: 'unknown' } }, 4050],
		[merchant, { customer: { personalQr: 'unknown' } }, 4060],
	];
	for (const [who, changes, code, status = 400] of cases) {
		const answer = await who.create(changes);
		const said = [codeOf(answer), answer.status];
		assert.deepEqual(said, [String(code), status], JSON.stringify(changes));
	}
	const young = { customer: { phoneNumber: '4788888888' }, minimumUserAge: 15 };
	assert.equal((await merchant.create(young)).status, 201);
	assert.equal(
		(await danish.create({ ...kroner, paymentMethod: { type: 'WALLET', blockedSources } })).status,
		201,
	);
});

test('metadata with the same key twice is refused', async () => {
	const body = (metadata: string) =>
		JSON.stringify(order).replace(/\}$/, `,"metadata":{${metadata}}}`);
	const twice = await merchant.call('POST', '/payments', body('"a":"1","a\\"}":"2", "a":"3"'));
	assert.equal(codeOf(twice), '4110');
	const once = await merchant.call('POST', '/payments', body('"a":"b","b":"a","c":"\\"a\\":1"'));
	assert.equal(once.status, 201);
});

test('a sales unit without partial capture wants the whole amount', async () => {
	const bergen = payer(simulator, 'NOK', { keyType: 'partner', msn: '234567' });
	const reference = await bergen.authorized();
	assert.equal(codeOf(await bergen.capture(reference, 100)), '6140');
	assert.equal((await bergen.capture(reference, 49900)).status, 200);
});

test('changes and approvals are as strict', async () => {
	const reference = await merchant.authorized();
	const amount = { currency: 'NOK', value: 100 };
	for (const [name, body, ...names] of [
		['capture', {}, 'modificationAmount'],
		['capture', undefined, 'modificationAmount'],
		['capture', { modificationAmount: amount, amount }, 'amount'],
		['refund', { modificationAmount: { ...amount, value: 1.5 } }, 'modificationAmount.value'],
		['cancel', { cancelTransactionOnly: 'true' }, 'cancelTransactionOnly'],
		['cancel', { modificationAmount: amount }, 'modificationAmount'],
	] as const) {
		const answer = await merchant.call('POST', `/payments/${reference}/${name}`, body);
		assert.deepEqual(blamed(answer), names);
	}
	const approve = `/test/payments/${reference}/approve`;
	for (const body of [{}, { phoneNumber: '4712345678' }, { customer: { phoneNumber: '1' } }]) {
		assert.equal((await merchant.call('POST', approve, body)).status, 400);
	}
	assert.equal((await merchant.events(reference)).length, 2);
});

test('only JSON bodies and no query parameters', async () => {
	assert.deepEqual(blamed(await merchant.call('POST', '/payments', '{')), ['body']);
	assert.deepEqual(blamed(await merchant.call('POST', '/payments', '[]')), ['body']);
	const headers = { 'content-type': 'text/plain' };
	const text = await merchant.call('POST', '/payments', order, { headers });
	assert.equal(text.status, 415);
	assert.deepEqual(blamed(await merchant.call('GET', `${path}?expand=events`)), ['expand']);
});

test('each kind of keys reaches its own sales units', async () => {
	const status = async (call: object) => (await merchant.get(order.reference, call)).status;
	await merchant.create();
	assert.equal(await status({}), 200);
	assert.equal(await status({ msn: '234567' }), 403);
	assert.equal(await status({ keyType: 'partner' }), 200);
	for (const msn of ['222222', '333333', '999999']) {
		assert.equal(await status({ keyType: 'partner', msn }), 403, msn);
	}
	assert.equal(await status({ keyType: 'accounting' }), 403);
	assert.deepEqual(blamed(await merchant.get(order.reference, { msn: null })), [
		'Merchant-Serial-Number',
	]);
	const without = await simulator.send(`/epayment/v1${path}`);
	assert.equal(without.status, 401);
});

test('the same key with the same body gives the same answer and does nothing again', async () => {
	const made = await merchant.create({}, { key: 'a' });
	const again = await merchant.create({}, { key: 'a' });
	assert.deepEqual([again.status, again.body], [201, made.body]);
	const { reference } = order;
	await simulator.control('/payments/approve', { reference });
	for (const change of [merchant.capture, merchant.refund]) {
		const first = await change(reference, 100, { key: 'b' });
		const second = await change(reference, 100, { key: 'b' });
		assert.deepEqual([first.status, second.body], [200, first.body]);
	}
	const cancelled = await merchant.cancel(reference, undefined, { key: 'b' });
	const twice = await merchant.cancel(reference, undefined, { key: 'b' });
	assert.deepEqual([cancelled.status, twice.body], [200, cancelled.body]);
	assert.equal((await merchant.events(reference)).length, 5);
});

test('the same key with another body is a conflict, each with its code', async () => {
	await merchant.create({}, { key: 'a' });
	const { reference } = order;
	await simulator.control('/payments/approve', { reference });
	await merchant.capture(reference, 100, { key: 'a' });
	await merchant.refund(reference, 50, { key: 'a' });
	for (const [answer, code] of [
		[await merchant.create({ paymentDescription: 'Another' }, { key: 'a' }), '4020'],
		[await merchant.capture(reference, 101, { key: 'a' }), '4010'],
		[await merchant.refund(reference, 51, { key: 'a' }), '4150'],
	] as const) {
		assert.deepEqual([answer.status, codeOf(answer)], [409, code]);
	}
});

test('a key means something for one sales unit and one operation only', async () => {
	const bergen = payer(simulator, 'NOK', { keyType: 'partner', msn: '234567', key: 'a' });
	const oslo = payer(simulator, 'NOK', { key: 'a' });
	const tokens = [];
	for (const unit of [oslo, bergen]) {
		const { status, body } = await unit.create();
		assert.equal(status, 201);
		tokens.push(body.redirectUrl);
	}
	assert.notEqual(tokens[0], tokens[1]);
	await oslo.cancel(order.reference);
	assert.equal((await oslo.get(order.reference)).body.state, 'TERMINATED');
	assert.equal((await bergen.get(order.reference)).body.state, 'CREATED');
});

test('a refusal stays with its key, even when its reason has gone', async () => {
	await merchant.create();
	const { reference } = order;
	const early = await merchant.capture(reference, 100, { key: 'a' });
	await simulator.control('/payments/approve', { reference });
	const late = await merchant.capture(reference, 100, { key: 'a' });
	assert.deepEqual([codeOf(late), late.body], ['6080', early.body]);
	assert.equal((await merchant.capture(reference, 100, { key: 'b' })).status, 200);
});

test('a key is missing, or too long', async () => {
	for (const key of [null, 'x'.repeat(51)]) {
		assert.deepEqual(blamed(await merchant.create({}, { key })), ['Idempotency-Key']);
		assert.deepEqual(blamed(await merchant.capture(order.reference, 1, { key })), [
			'Idempotency-Key',
		]);
	}
	const key = 'x'.repeat(50);
	assert.equal((await merchant.create({}, { key })).status, 201);
	assert.deepEqual(blamed(await merchant.cancel(order.reference, {}, { key: `${key}x` })), [
		'Idempotency-Key',
	]);
});

test('the sixth write within a minute is too many, for its reference only', async () => {
	await reset();
	await merchant.create();
	for (let count = 0; count < 4; count++) {
		assert.equal((await merchant.capture(order.reference, 100)).status, 400);
	}
	await advance(20);
	const sixth = await merchant.capture(order.reference, 100, { key: 'a' });
	assert.deepEqual([sixth.status, sixth.headers.get('retry-after')], [429, '40']);
	assert.match(sixth.headers.get('content-type')!, /problem\+json/);
	assert.equal((await merchant.create({ reference: 'another-one' })).status, 201);
	assert.equal((await merchant.get(order.reference)).status, 200);
	await simulator.control('/payments/approve', { reference: order.reference });
	await advance(40);
	assert.equal((await merchant.capture(order.reference, 100, { key: 'a' })).status, 200);
});

test('creations whose body does not have the reference count as one payment', async () => {
	await reset({ retryAfter: 'date' });
	const send = (index: number) =>
		merchant.create({ reference: undefined, Reference: `acme-shop-${index}` });
	for (let count = 0; count < 5; count++) assert.equal((await send(count)).status, 400);
	const sixth = await send(6);
	assert.equal(sixth.status, 429);
	assert.equal(sixth.headers.get('retry-after'), 'Mon, 05 Oct 2026 12:01:00 GMT');
});

test('reads have their own limit', async () => {
	await reset({ readsPerMinute: 3, retryAfter: 'none' });
	await merchant.create();
	const statuses = [];
	for (let count = 0; count < 2; count++) {
		statuses.push((await merchant.get(order.reference)).status);
		statuses.push((await merchant.call('GET', `${path}/events`)).status);
	}
	assert.deepEqual(statuses, [200, 200, 200, 429]);
	const last = await merchant.get(order.reference);
	assert.deepEqual([last.status, last.headers.get('retry-after')], [429, null]);
	const partner = payer(simulator, 'NOK', { keyType: 'partner' });
	assert.equal((await partner.get(order.reference)).status, 200);
	await advance(60);
	assert.equal((await merchant.get(order.reference)).status, 200);
});
