import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { KeyType } from '../keys.mts';
import { start, type Answer, type Json } from './helpers.mts';

const simulator = await start({ data: 'empty' });
const now = '2026-06-01T10:00:00Z';
beforeEach(() => simulator.control('/reset', { data: 'empty', now }));

const path = '/management/v1/product-orders';
const list = '/management/v2/product-orders';
const detailsOf = (id: string): string => `${list}/${id}/details`;

/** The first bytes of a PNG with those sides. */
function png(width: number, height: number): string {
	const image = Buffer.alloc(33);
	image.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
	image.writeUInt32BE(width, 16);
	image.writeUInt32BE(height, 20);
	return image.toString('base64');
}

const business = { scheme: 'business:NO:ORG', id: '955555555' };
const website = { url: 'https://example.com', termsUrl: 'https://example.com/terms' };
const simple = { businessIdentifier: business, productType: 'CASHIER' };
const full = {
	businessIdentifier: business,
	salesUnitName: 'Blåbær (Nett)',
	salesUnitLogo: png(200, 100),
	settlementBankAccount: { scheme: 'BBAN:NO', id: '86011117947' },
	pricePackageId: '8a11afb7-c223-48ed-8ca6-4722b97261aa',
	productType: 'PAYMENT_INTEGRATION',
	productUseCase: 'WebsiteWithTest',
	annualTurnover: 100000,
	annualTurnoverPercentage: '50',
	intendedPurpose: 'Blueberries by post.',
	website: { ...website, testWebsiteUrl: 'https://example.com/test', testWebsiteUsername: null },
	app: null,
	hasRecurring: true,
	merchantCategoryCode: '5942',
};

let lastKey = 0;

function post(body: unknown, headers: Record<string, string> = {}, keyType: KeyType = 'partner') {
	return simulator.getAs(keyType, path, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'idempotency-key': `key-${++lastKey}`,
			...headers,
		},
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
}

async function create(body: object = simple): Promise<string> {
	const answer = await post(body);
	assert.equal(answer.status, 201, JSON.stringify(answer.body));
	return answer.body.prefilledOrderId;
}

const get = (where: string) => simulator.getAs('partner', where);
const details = async (id: string): Promise<Json> => (await get(detailsOf(id))).body;
const advance = (productOrderId: string, status?: string): Promise<Json> =>
	simulator.control('/product-orders/advance', { productOrderId, status });
const remove = (id: string): Promise<Answer> =>
	simulator.getAs('partner', `${path}/${id}`, { method: 'DELETE' });

test('a prefilled order has an id and an address, and waits for the merchant', async () => {
	for (const keyType of ['partner', 'management'] as const) {
		const { status, body } = await post(full, {}, keyType);
		assert.equal(status, 201);
		assert.deepEqual(Object.keys(body), ['prefilledOrderId', 'prefillUrl']);
		assert.deepEqual(await details(body.prefilledOrderId), {
			productOrderType: 'PREFILL',
			productOrderId: body.prefilledOrderId,
			productType: 'PAYMENT_INTEGRATION',
			status: 'RECEIVED',
			businessIdentifier: business,
			productOrderUrl: body.prefillUrl,
			salesUnit: null,
		});
	}
});

test('only partners order products', async () => {
	const id = await create();
	for (const keyType of ['merchant', 'accounting'] as const) {
		assert.equal((await post(simple, {}, keyType)).status, 403);
		assert.equal((await simulator.getAs(keyType, list)).status, 403);
		assert.equal((await simulator.getAs(keyType, detailsOf(id))).status, 403);
		const where = `${path}/${id}`;
		assert.equal((await simulator.getAs(keyType, where, { method: 'DELETE' })).status, 403);
	}
});

test('the same Idempotency-Key makes one order, and another body with it a conflict', async () => {
	const headers = { 'idempotency-key': 'one-order' };
	const first = await post(simple, headers);
	const again = await post(simple, headers);
	assert.deepEqual([again.status, again.body], [201, first.body]);
	const other = await post({ ...simple, productType: 'LOGIN' }, headers);
	assert.equal(other.status, 409);
	assert.equal('traceId' in other.body, false);
	const { productOrders } = await simulator.control('/product-orders');
	const own = productOrders.filter(
		({ businessIdentifier }: Json) => businessIdentifier.id === business.id,
	);
	assert.equal(own.length, 1);
});

test('a refusal stays with its Idempotency-Key', async () => {
	const headers = { 'idempotency-key': 'refused' };
	const bad = { ...simple, productType: 'VIPPS_PA_NETT' };
	const first = await post(bad, headers);
	assert.equal(first.status, 400);
	assert.deepEqual((await post(bad, headers)).body, first.body);
	assert.equal((await post(simple, headers)).status, 409);
});

test('the Idempotency-Key is required, of letters, digits and hyphens, 50 at most', async () => {
	for (const key of ['', 'x'.repeat(51), 'with space', 'under_score', 'æ']) {
		const { status, body } = await post(simple, { 'idempotency-key': key });
		assert.equal(status, 400, key);
		assert.equal(body.extraDetails[0].key, 'Idempotency-Key');
	}
	assert.equal((await post(simple, { 'idempotency-key': 'X9-'.repeat(16) })).status, 201);
});

test('a wrong body is refused, and the field named', async () => {
	const wrong: [body: object, field: string][] = [
		[{ productType: 'CASHIER' }, 'businessIdentifier'],
		[{ businessIdentifier: business }, 'productType'],
		[{ ...simple, productType: 'VIPPS_I_KASSA' }, 'productType'],
		[{ ...simple, complianceData: {} }, 'complianceData'],
		[{ ...simple, businessIdentifier: { ...business, name: 'A' } }, 'businessIdentifier.name'],
		[{ ...simple, businessIdentifier: { ...business, id: '12A4' } }, 'businessIdentifier.id'],
		[
			{ ...simple, businessIdentifier: { ...business, scheme: 'business:XX:ORG' } },
			'businessIdentifier.scheme',
		],
		[{ ...simple, salesUnitName: '' }, 'salesUnitName'],
		[{ ...simple, salesUnitName: 'x'.repeat(41) }, 'salesUnitName'],
		[{ ...simple, salesUnitName: 'Tom & Jerry' }, 'salesUnitName'],
		[{ ...simple, salesUnitLogo: 'no base64!' }, 'salesUnitLogo'],
		[{ ...simple, salesUnitLogo: 'VGhlIGltYWdlIGdvZXMgaGVyZQ==' }, 'salesUnitLogo'],
		[{ ...simple, salesUnitLogo: png(99, 200) }, 'salesUnitLogo'],
		[{ ...simple, salesUnitLogo: png(200, 1001) }, 'salesUnitLogo'],
		[
			{ ...simple, settlementBankAccount: { scheme: 'IBAN:NO', id: '86011117947' } },
			'settlementBankAccount.scheme',
		],
		[
			{ ...simple, settlementBankAccount: { scheme: 'BBAN:NO', id: '8601.11.17947' } },
			'settlementBankAccount.id',
		],
		[{ ...simple, pricePackageId: 'standard' }, 'pricePackageId'],
		[{ ...simple, pricePackageId: '11111111-2222-4333-8444-555555555555' }, 'pricePackageId'],
		[{ ...simple, productUseCase: 'website' }, 'productUseCase'],
		[{ ...simple, annualTurnover: 1000.5 }, 'annualTurnover'],
		[{ ...simple, annualTurnover: -1 }, 'annualTurnover'],
		[{ ...simple, annualTurnover: 1_000_000_000 }, 'annualTurnover'],
		[{ ...simple, annualTurnoverPercentage: '55' }, 'annualTurnoverPercentage'],
		[{ ...simple, annualTurnoverPercentage: 50 }, 'annualTurnoverPercentage'],
		[{ ...simple, app: {} }, 'app.appName'],
		[{ ...simple, website: { url: 'https://example.com' } }, 'website.termsUrl'],
		[{ ...simple, website: { ...website, url: 'http://example.com' } }, 'website.url'],
		[
			{ ...simple, website: { ...website, testWebsiteUrl: 'example.com' } },
			'website.testWebsiteUrl',
		],
		[{ ...simple, hasRecurring: 'true' }, 'hasRecurring'],
		[{ ...simple, merchantCategoryCode: 5942 }, 'merchantCategoryCode'],
		[{ ...simple, merchantCategoryCode: '594' }, 'merchantCategoryCode'],
		[{ ...simple, productType: 'PAYMENT_INTEGRATION' }, 'website'],
		[{ ...simple, productType: 'PAYMENT_INTEGRATION', website: null }, 'website'],
	];
	for (const [body, field] of wrong) {
		const { status, body: problem, headers } = await post(body);
		assert.equal(status, 400, field);
		assert.match(headers.get('content-type')!, /problem\+json/);
		assert.deepEqual(
			problem.extraDetails.map(({ key }: Json) => key),
			[field],
		);
		assert.ok(problem.extraDetails[0].value);
	}
	for (const body of ['', '{', '[]', 'null', '"text"'])
		assert.equal((await post(body)).status, 400);
	assert.equal((await post(simple, { 'content-type': 'text/plain' })).status, 400);
});

test('what leaves work to the merchant can be accepted', async () => {
	await simulator.control('/reset', { options: { incompleteOrders: 'accepted' } });
	await create({ ...simple, productType: 'PAYMENT_INTEGRATION' });
	await create({ ...simple, salesUnitLogo: 'VGhlIGltYWdlIGdvZXMgaGVyZQ==' });
	assert.equal((await post({ ...simple, salesUnitLogo: 'no base64!' })).status, 400);
});

test('every world has orders of other kinds, and one that has expired', async () => {
	const { body } = await get(list);
	assert.deepEqual(
		body.map(({ productOrderType, status }: Json) => [productOrderType, status]),
		[
			['TEMPLATE', 'COMPLETED'],
			['MANUAL', 'REJECTED'],
			['MANUAL', 'RECEIVED'],
		],
	);
	assert.ok(body.every(({ productOrderUrl }: Json) => productOrderUrl === null));
	assert.deepEqual(body[0].salesUnit, { msn: '900001', name: 'Havnens Cykler Kasse' });
	assert.deepEqual((await get(`${list}?includeExpired=false`)).body, body);
	const all = (await get(`${list}?includeExpired=true`)).body;
	assert.deepEqual(
		all
			.filter(({ status }: Json) => status === 'EXPIRED')
			.map((order: Json) => order.productOrderType),
		['PREFILL'],
	);
	assert.equal(all.length, body.length + 1);
	for (const query of ['?includeExpired=yes', '?limit=1']) {
		assert.equal((await get(list + query)).status, 400);
	}
});

test('an order moves on step by step and ends as a sales unit that can be read', async () => {
	const id = await create(full);
	const seen = [];
	for (const expected of ['MERCHANT_VIEWED', 'ORDER_SUBMITTED', 'COMPLETED']) {
		assert.equal((await details(id)).salesUnit, null);
		seen.push((await advance(id)).status);
		assert.equal((await details(id)).status, expected);
	}
	const { salesUnit } = await details(id);
	assert.deepEqual(salesUnit, { msn: '900002', name: full.salesUnitName });
	const unit = (await get(`/management/v1/sales-units/${salesUnit.msn}`)).body;
	assert.deepEqual(unit.businessIdentifier, business);
	assert.equal(unit.configuration.recurringAllowed, true);
	const all = (await get('/management/v1/sales-units')).body;
	assert.ok(all.some(({ msn }: Json) => msn === salesUnit.msn));
	const merchant = `/management/v1/merchants/${business.scheme}/${business.id}`;
	assert.equal((await get(merchant)).body.createdAt, new Date(now).toISOString());
	assert.deepEqual((await get(`${merchant}/sales-units`)).body, [salesUnit]);
	await assert.rejects(advance(id), /for good/);
});

test('a sales unit for logging in takes no payments', async () => {
	const id = await create({ ...simple, productType: 'LOGIN' });
	const { salesUnit } = await advance(id, 'COMPLETED');
	const { configuration } = (await get(`/management/v1/sales-units/${salesUnit.msn}`)).body;
	assert.deepEqual(
		[configuration.paymentAllowed, configuration.captureType],
		[false, 'NotApplicable'],
	);
});

test('an order can be rejected, and no order goes back or elsewhere', async () => {
	const id = await create();
	await advance(id, 'ORDER_SUBMITTED');
	await assert.rejects(advance(id, 'MERCHANT_VIEWED'), /cannot become/);
	await assert.rejects(advance(id, 'EXPIRED'), /cannot become/);
	await assert.rejects(advance(id, 'ACCESSED'), /cannot become/);
	const rejected = await advance(id, 'REJECTED');
	assert.deepEqual([rejected.status, rejected.salesUnit], ['REJECTED', null]);
	const manual = (await get(list)).body.find(({ status }: Json) => status === 'RECEIVED');
	await assert.rejects(advance(manual.productOrderId, 'MERCHANT_VIEWED'), /cannot become/);
	assert.equal((await advance(manual.productOrderId)).status, 'COMPLETED');
	await assert.rejects(advance('nonsense'), /no product order/);
});

test('an order expires after 14 days unless it has been submitted', async () => {
	const waiting = await create();
	const viewed = await create();
	const submitted = await create();
	await advance(viewed);
	await advance(submitted, 'ORDER_SUBMITTED');
	await simulator.control('/clock', { now: '2026-06-15T09:59:59Z' });
	assert.equal((await details(waiting)).status, 'RECEIVED');
	await simulator.control('/clock', { advanceSeconds: 1 });
	assert.equal((await details(waiting)).status, 'EXPIRED');
	const ids = (await get(list)).body.map(({ productOrderId }: Json) => productOrderId);
	assert.deepEqual(
		[waiting, viewed, submitted].map((id) => ids.includes(id)),
		[false, false, true],
	);
	assert.equal((await details(viewed)).status, 'EXPIRED');
	assert.equal((await remove(waiting)).status, 400);
});

test('a prefilled order is deleted while the merchant has not submitted it', async () => {
	const id = await create();
	await advance(id);
	const { status, body } = await remove(id);
	assert.deepEqual([status, body], [200, '']);
	assert.equal((await get(detailsOf(id))).status, 404);
	assert.equal((await remove(id)).status, 404);
	const submitted = await create();
	await advance(submitted, 'ORDER_SUBMITTED');
	assert.equal((await remove(submitted)).status, 400);
	assert.equal((await details(submitted)).status, 'ORDER_SUBMITTED');
	const manual = (await get(list)).body.find(
		({ productOrderType: type }: Json) => type === 'MANUAL',
	);
	assert.equal((await remove(manual.productOrderId)).status, 400);
});

test('an unknown order is 404 in plain JSON, and what is no UUID is 400', async () => {
	const unknown = '11111111-2222-4333-8444-555555555555';
	for (const answer of [await get(detailsOf(unknown)), await remove(unknown)]) {
		assert.equal(answer.status, 404);
		assert.match(answer.headers.get('content-type')!, /^application\/json/);
		assert.equal(answer.body.status, 404);
	}
	assert.equal((await get(detailsOf('123'))).status, 400);
	assert.equal((await remove('123')).status, 400);
	const id = await create();
	assert.equal((await details(id.toUpperCase())).productOrderId, id);
});

test('an order can move on by itself, one step each time its details are read', async () => {
	await simulator.control('/reset', { options: { orders: 'progress' } });
	const id = await create();
	const seen = [];
	for (let reading = 0; reading < 5; reading++) seen.push((await details(id)).status);
	const way = ['RECEIVED', 'MERCHANT_VIEWED', 'ORDER_SUBMITTED', 'COMPLETED', 'COMPLETED'];
	assert.deepEqual(seen, way);
	assert.ok((await details(id)).salesUnit);
});

test('the same seed gives the same order ids, and orders change nothing else', async () => {
	const reset = () => simulator.control('/reset', { data: 'demo', seed: 3, now });
	const capture = async () =>
		(await simulator.control('/capture', { ledgerId: '302321', amount: 100 })).funds;
	await reset();
	const untouched = await capture();
	await reset();
	const id = await create();
	assert.equal((await capture()).pspReference, untouched.pspReference);
	await reset();
	assert.equal(await create(), id);
	assert.match(id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
});
