import type { INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { advanceOrder, manage, NEW_ORDER, ORDERS, ordersOf } from '../../../support/manage';
import { apiRequests, disturb, forgetRequests, setClock } from '../../../support/simulated';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => {
	await simulator.reset();
	// A token is at hand, so that faults meet the request itself.
	await manage(simulator, { resource: 'productOrder', operation: 'getAll' });
	await forgetRequests(simulator);
});

const EXISTING = Object.keys(ORDERS).length;

const V1 = '/management/v1/product-orders';

type Options = Parameters<typeof manage>[2];

const create = async (parameters: INodeParameters = {}, options: Options = {}) =>
	await manage(simulator, { ...NEW_ORDER, ...parameters }, options);

/** The id of a new order. */
const prefill = async (): Promise<string> => String((await create()).json[0].prefilledOrderId);

const get = async (productOrderId: string) =>
	await manage(simulator, { resource: 'productOrder', operation: 'get', productOrderId });

const remove = async (productOrderId: string, options: Options = {}) =>
	await manage(
		simulator,
		{ resource: 'productOrder', operation: 'delete', productOrderId },
		options,
	);

/** How many orders have come into being in a test. */
const made = async (): Promise<number> => (await ordersOf(simulator)).length - EXISTING;

const writes = async () => (await apiRequests(simulator)).filter(({ method }) => method !== 'GET');

const keys = async () => (await writes()).map(({ headers }) => headers['idempotency-key']);

const ONBOARDING = 'onboarding-955555555';

const OWN_KEY = { options: { idempotencyKey: ONBOARDING } };

describe('what makes one order, and only one', () => {
	it('each request has a key that the API takes', async () => {
		await create();
		const [key, ...others] = await keys();
		expect(key).toMatch(/^[a-zA-Z0-9-]{1,50}$/);
		expect(others).toEqual([]);
	});

	it.each([
		['a connection that breaks', { reset: true }],
		['an answer that breaks off', { truncate: true }],
		['a 500', { status: 500, body: {} }],
		['a 429', { status: 429, body: {} }],
	])('%s after it was carried out', async (_name, fault) => {
		await disturb(simulator, { path: V1, method: 'POST', carryOut: true, ...fault });
		const { json, error } = await create();
		expect(error).toBeUndefined();
		expect(await made()).toBe(1);
		const [first, second, ...others] = await keys();
		expect(first).toMatch(/./);
		expect(second).toBe(first);
		expect(others).toEqual([]);
		const orders = await ordersOf(simulator);
		expect(orders.at(-1)?.productOrderId).toBe(json[0].prefilledOrderId);
	});

	it('a connection that breaks before it was carried out', async () => {
		await disturb(simulator, { path: V1, method: 'POST', reset: true });
		expect((await create()).error).toBeUndefined();
		expect(await made()).toBe(1);
	});

	it("n8n's Retry On Fail after an order whose answer was lost", async () => {
		// Too long to be waited for within one try.
		const headers = { 'Retry-After': '3600' };
		await disturb(simulator, { path: V1, method: 'POST', carryOut: true, status: 503, headers });
		const { json, error } = await create(
			{ businessId: '={{ $json.id }}' },
			{
				items: [{ id: '955555555' }, { id: '966666666' }],
				node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			},
		);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(2);
		expect(await made()).toBe(2);
		const [lost, again, other] = await keys();
		expect(again).toBe(lost);
		expect(other).not.toBe(lost);
	});

	it('without a retry, an answer that was lost says what to look at', async () => {
		const headers = { 'Retry-After': '3600' };
		await disturb(simulator, { path: V1, method: 'POST', carryOut: true, status: 503, headers });
		const { error } = await create();
		expect(error?.description).toContain('It is not known whether this was carried out');
		expect(error?.description).toContain('Look at the product orders');
		expect(await made()).toBe(1);
	});
});

describe('what makes several', () => {
	it('items that ask for the same', async () => {
		const { json } = await create({}, { items: [{}, {}] });
		expect(json[0].prefilledOrderId).not.toBe(json[1].prefilledOrderId);
		expect(new Set(await keys()).size).toBe(2);
		expect(await made()).toBe(2);
	});

	it('executions that ask for the same', async () => {
		await create({}, { executionId: 'monday' });
		await create({}, { executionId: 'tuesday' });
		expect(new Set(await keys()).size).toBe(2);
		expect(await made()).toBe(2);
	});

	it('another wish in the same place of the same execution', async () => {
		await create({}, { executionId: 'monday' });
		await create({ productType: 'LOGIN' }, { executionId: 'monday' });
		await create({ options: { merchantSerialNumber: '654321' } }, { executionId: 'monday' });
		expect(new Set(await keys()).size).toBe(3);
		expect(await made()).toBe(3);
	});
});

describe("the user's own key", () => {
	it('makes one order however often the workflow runs', async () => {
		const first = await create(OWN_KEY, { executionId: 'monday' });
		const second = await create(OWN_KEY, { executionId: 'tuesday' });
		expect(second.json).toEqual(first.json);
		expect(await keys()).toEqual([ONBOARDING, ONBOARDING]);
		expect(await made()).toBe(1);
	});

	it('is not taken for another order', async () => {
		await create(OWN_KEY);
		const { error } = await create({ ...OWN_KEY, productType: 'LOGIN' });
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '409' });
		expect(error?.message).toContain('used before for another product order');
		expect(error?.description).toContain('No order was made twice');
		expect(await made()).toBe(1);
	});

	it('differs from item to item, or the second one is refused before sending', async () => {
		const parameters = { ...OWN_KEY, businessId: '={{ $json.id }}' };
		const items = [{ id: '955555555' }, { id: '966666666' }];
		const { json } = await create(parameters, { items, continueOnFail: true });
		expect(json[0].prefilledOrderId).toEqual(expect.any(String));
		expect(json[1].error).toContain("'Idempotency Key' is the same as for item 0");
		expect(await keys()).toEqual([ONBOARDING]);
	});
});

describe('an order that moves on', () => {
	it('is read at every step, and ends as a sales unit', async () => {
		const additionalFields = { salesUnitName: 'Blåbær' };
		const { json } = await create({ additionalFields });
		const { prefilledOrderId, prefillUrl } = json[0];
		const id = String(prefilledOrderId);
		expect((await get(id)).json).toEqual([
			{
				productOrderType: 'PREFILL',
				productOrderId: id,
				productType: 'CASHIER',
				status: 'RECEIVED',
				businessIdentifier: { scheme: 'business:NO:ORG', id: '955555555' },
				productOrderUrl: prefillUrl,
				salesUnit: null,
			},
		]);
		for (const status of ['MERCHANT_VIEWED', 'ORDER_SUBMITTED', 'COMPLETED']) {
			await advanceOrder(simulator, id);
			expect((await get(id)).json[0].status).toBe(status);
		}
		const { salesUnit } = (await get(id)).json[0] as { salesUnit: { msn: string; name: string } };
		expect(salesUnit).toEqual({ msn: '900002', name: 'Blåbær' });
		const unit = await manage(simulator, {
			resource: 'salesUnit',
			operation: 'get',
			merchantSerialNumber: salesUnit.msn,
		});
		expect(unit.json[0]).toMatchObject(salesUnit);
	});

	it('can be waited for', async () => {
		await simulator.reset({ options: { orders: 'progress' } });
		const id = await prefill();
		const seen = [];
		for (let reading = 0; reading < 4; reading++) seen.push((await get(id)).json[0].status);
		expect(seen).toEqual(['RECEIVED', 'MERCHANT_VIEWED', 'ORDER_SUBMITTED', 'COMPLETED']);
	});

	it('can be rejected', async () => {
		const id = await prefill();
		await advanceOrder(simulator, id, 'REJECTED');
		expect((await get(id)).json[0]).toMatchObject({ status: 'REJECTED', salesUnit: null });
	});

	it('expires after 14 days, and is then listed on request only', async () => {
		await simulator.reset({ now: '2026-06-01T10:00:00Z' });
		const id = await prefill();
		const isListed = async (includeExpired: boolean) => {
			const { json } = await manage(simulator, {
				resource: 'productOrder',
				operation: 'getAll',
				options: { includeExpired },
			});
			return json.some(({ productOrderId }) => productOrderId === id);
		};
		expect(await isListed(false)).toBe(true);
		await setClock(simulator, '2026-06-15T10:00:00Z');
		expect([await isListed(false), await isListed(true)]).toEqual([false, true]);
		expect((await get(id)).json[0].status).toBe('EXPIRED');
	});
});

describe('delete', () => {
	it('takes an order back', async () => {
		const id = await prefill();
		const { json, error, items } = await remove(id);
		expect(error).toBeUndefined();
		expect(json).toEqual([{ deleted: true }]);
		expect(items[0][0].pairedItem).toEqual({ item: 0 });
		expect(await made()).toBe(0);
		expect((await writes()).map(({ method, url }) => `${method} ${url}`)).toEqual([
			`POST ${V1}`,
			`DELETE ${V1}/${id}`,
		]);
	});

	it('takes back an order that the merchant has only looked at', async () => {
		const id = await prefill();
		await advanceOrder(simulator, id, 'MERCHANT_VIEWED');
		expect((await remove(id)).json).toEqual([{ deleted: true }]);
	});

	it.each([
		['a connection that breaks', { reset: true }, null],
		['a 502', { status: 502, body: '<html></html>' }, 502],
	])('%s after it was carried out: it is told as deleted', async (_name, fault, status) => {
		const id = await prefill();
		await disturb(simulator, { path: V1, method: 'DELETE', carryOut: true, ...fault });
		const { json, error } = await remove(id);
		expect(error).toBeUndefined();
		expect(json).toEqual([{ deleted: true }]);
		expect((await writes()).map((one) => [one.method, one.status])).toEqual([
			['POST', 201],
			['DELETE', status],
			['DELETE', 404],
		]);
	});

	it('a connection that breaks before it was carried out', async () => {
		const id = await prefill();
		await disturb(simulator, { path: V1, method: 'DELETE', reset: true });
		expect((await remove(id)).json).toEqual([{ deleted: true }]);
		expect(await made()).toBe(0);
	});

	it('an order that is not there is an error', async () => {
		const id = await prefill();
		await remove(id);
		const { error, items } = await remove(id);
		expect(items).toEqual([]);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
		expect(error?.message).toContain(`This product order was not found (product order ${id})`);
	});

	it('neither is it told as deleted after an answer that says that nothing was done', async () => {
		await disturb(simulator, { path: V1, method: 'DELETE', status: 429, body: {} });
		const { error } = await remove('81b83246-5c19-7b94-875b-ea6d1114f099');
		expect(error).toMatchObject({ httpCode: '404' });
	});

	it.each(['ORDER_SUBMITTED', 'COMPLETED', 'REJECTED', 'EXPIRED'])(
		'an order that is %s stays, and it is said why',
		async (status) => {
			const id = await prefill();
			await advanceOrder(simulator, id, status);
			const { error, items } = await remove(id);
			expect(items).toEqual([]);
			expect(error).toMatchObject({ name: 'NodeApiError' });
			expect(error?.message).toContain('This product order can no longer be deleted');
			expect(error?.description).toContain('only until the merchant submits it');
			expect(await made()).toBe(1);
		},
	);
});
