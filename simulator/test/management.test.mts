import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { start, type Json } from './helpers.mts';

const simulator = await start({ data: 'empty' });
beforeEach(() => simulator.control('/reset', { data: 'empty', now: '2026-06-01T10:00:00Z' }));

const units = '/management/v1/sales-units';
const packages = '/management/v1/partners/price-packages';
const orders = '/management/v2/product-orders';
const merchant = (scheme: string, id: string, rest = ''): string =>
	`/management/v1/merchants/${scheme}/${id}${rest}`;
const fjord = merchant('business:NO:ORG', '987654321');
const finnish = merchant('business:FI:Y-tunnus', '1234567-1');

const get = (path: string) => simulator.getAs('partner', path);
const msns = (body: Json): unknown[] => body.map(({ msn }: Json) => msn);

function assertProblem(
	{ status, body, headers }: Awaited<ReturnType<typeof get>>,
	expected: number,
) {
	assert.equal(status, expected);
	assert.match(headers.get('content-type')!, /problem\+json/);
	const names = ['detail', 'instance', 'status', 'title', 'type'];
	assert.deepEqual(
		Object.keys(body)
			.filter((name) => name !== 'extraDetails')
			.sort(),
		names,
	);
	assert.equal(body.status, expected);
}

test('a partner sees the active sales units that are connected to it', async () => {
	for (const keyType of ['partner', 'management'] as const) {
		const { status, body } = await simulator.getAs(keyType, units);
		assert.equal(status, 200);
		assert.deepEqual(msns(body), ['123456', '234567', '654321', '765432', '900001']);
		assert.deepEqual(Object.keys(body[0]), ['msn', 'name']);
	}
});

test('serial numbers can be numbers, as they once were', async () => {
	await simulator.control('/reset', { options: { msnAsNumber: true } });
	assert.equal(msns((await get(units)).body)[0], 123456);
	assert.deepEqual(msns((await get(`${fjord}/sales-units`)).body), [123456, 234567]);
	assert.equal((await get(`${units}/123456`)).body.msn, '123456');
});

test('a sales unit has its configuration, and a bank account when told', async () => {
	const { body } = await get(`${units}/123456`);
	assert.equal(body.name, 'Fjord Sport Oslo');
	assert.deepEqual(body.businessIdentifier, { scheme: 'business:NO:ORG', id: '987654321' });
	assert.equal(body.configuration.captureType, 'ReserveCapture');
	assert.equal(body.configuration.longLivingPaymentAllowed, true);
	assert.deepEqual(Object.keys(body), ['msn', 'name', 'businessIdentifier', 'configuration']);
	await simulator.control('/reset', { options: { settlementBankAccountShown: true } });
	const shown = await get(`${units}/123456`);
	assert.deepEqual(shown.body.settlementBankAccount, { scheme: 'BBAN:NO', id: '86011117947' });
});

test('what the API does not tell about a sales unit is absent, not false', async () => {
	const { configuration } = (await get(`${units}/765432`)).body;
	assert.equal('longLivingPaymentAllowed' in configuration, false);
	assert.equal(configuration.paymentAllowed, true);
});

test('closed, another partner’s and unknown sales units look alike', async () => {
	const details = [];
	for (const msn of ['222222', '333333', '999999']) {
		const answer = await get(`${units}/${msn}`);
		assertProblem(answer, 404);
		details.push(answer.body.detail.replace(msn, ''));
	}
	assert.equal(new Set(details).size, 1);
	for (const msn of ['12', '12345678901', '12a456'])
		assertProblem(await get(`${units}/${msn}`), 400);
});

test('a merchant is found by scheme and id, with colons as they are or encoded', async () => {
	for (const path of [fjord, merchant('business%3ANO%3AORG', '987654321')]) {
		const { status, body } = await get(path);
		assert.equal(status, 200);
		assert.equal(body.name, 'Fjord Sport AS');
		assert.equal(body.status, 'ACTIVE');
		assert.equal(body.countryCode, 'NO');
		assert.equal(body.businessAddress.city, 'Oslo');
		assert.ok(Date.parse(body.createdAt) <= Date.parse(body.updatedAt));
	}
	const { body } = await get(finnish);
	assert.deepEqual(body.businessAddress.lines, []);
	assert.equal(body.businessAddress.postCode, null);
	assert.equal(body.businessPostAddress, null);
});

test('a merchant without an active sales unit is deactivated and has none to list', async () => {
	const closed = merchant('business:NO:ORG', '900222222');
	const { body } = await get(closed);
	assert.deepEqual([body.status, body.businessAddress], ['DEACTIVATED', null]);
	assert.deepEqual((await get(`${closed}/sales-units`)).body, []);
});

test('the sales units of a merchant', async () => {
	const { body } = await get(`${fjord}/sales-units`);
	assert.deepEqual(body, [
		{ msn: '123456', name: 'Fjord Sport Oslo' },
		{ msn: '234567', name: 'Fjord Sport Bergen' },
	]);
	assert.deepEqual(msns((await get(`${finnish}/sales-units`)).body), ['765432']);
});

test('unknown merchants are 404, impossible identifiers 400', async () => {
	for (const rest of ['', '/sales-units']) {
		for (const path of [
			merchant('business:NO:ORG', '111111111', rest),
			merchant('business:DK:CVR', '987654321', rest),
			merchant('business:SE:ORG', '987654321', rest),
			// Of another partner's sales unit.
			merchant('business:NO:ORG', '900333333', rest),
		]) {
			assertProblem(await get(path), 404);
		}
		for (const path of [
			merchant('business:NO:ORG', '12A45678', rest),
			merchant('business:NO:ORG', '123', rest),
			merchant('NO:ORG', '987654321', rest),
		]) {
			const answer = await get(path);
			assertProblem(answer, 400);
			assert.deepEqual(Object.keys(answer.body.extraDetails[0]), ['key', 'value']);
		}
	}
});

test('merchant keys reach their own business and nothing of the partner’s', async () => {
	const getOwn = (path: string) => simulator.getAs('merchant', path);
	assert.deepEqual(msns((await getOwn(units)).body), ['123456', '234567']);
	assert.equal((await getOwn(`${units}/123456`)).status, 200);
	assert.equal((await getOwn(fjord)).status, 200);
	for (const path of [`${units}/654321`, finnish, `${finnish}/sales-units`]) {
		assertProblem(await getOwn(path), 404);
	}
	for (const path of [packages, orders]) assertProblem(await getOwn(path), 403);
});

test('accounting keys and requests without a token are refused in the shape of the API', async () => {
	for (const path of [units, `${units}/123456`, fjord, `${fjord}/sales-units`, packages, orders]) {
		assertProblem(await simulator.getAs('accounting', path), 403);
		assertProblem(await simulator.send(path), 401);
	}
});

test('query parameters that nobody knows are refused', async () => {
	for (const path of [units, `${units}/123456`, fjord, `${fjord}/sales-units`, packages]) {
		assertProblem(await get(`${path}?page=2`), 400);
	}
});

test('price packages are of three markets, and one has no commission', async () => {
	for (const keyType of ['partner', 'management'] as const) {
		const { status, body } = await simulator.getAs(keyType, packages);
		assert.equal(status, 200);
		const markets = new Set(body.map(({ market }: Json) => market));
		assert.deepEqual([...markets].sort(), ['DK', 'FI', 'NO']);
		assert.ok(new Set(body.map(({ productType }: Json) => productType)).size > 2);
		assert.equal(body.filter(({ commission }: Json) => commission === null).length, 1);
		assert.ok(
			body.every(({ name, description }: Json) => name.length <= 30 && description.length <= 6),
		);
	}
});

test('sales units of a data set’s ledgers are there too', async () => {
	await simulator.control('/reset', { data: 'documented' });
	const { body } = await get(units);
	assert.ok(body.some(({ msn, name }: Json) => msn === '123455' && name === 'ACME Fitness Oslo'));
});

test('the options are checked', async () => {
	for (const options of [
		{ msnAsNumber: 1 },
		{ settlementBankAccountShown: 'yes' },
		{ orders: 'run' },
		{ incompleteOrders: true },
	]) {
		await assert.rejects(simulator.control('/reset', { options }));
	}
});
