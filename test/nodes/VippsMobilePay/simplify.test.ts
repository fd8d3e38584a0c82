import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { loadPackage, startSimulator, type Simulator } from '../../harness';
import { RESOURCES } from '../../../nodes/VippsMobilePay/resources';
import { customer, NEW_PAYMENT, pay } from '../../support/pay';
import { manage, ORDERS } from '../../support/manage';
import { byId } from '../../support/settle';
import { act, ACTION } from '../../support/vipps';

let simulator: Simulator;

const REFERENCE = NEW_PAYMENT.reference;

/** As a user has it who leaves the field alone. */
const AS_IT_IS = { simplify: undefined };

beforeAll(async () => (simulator = await startSimulator()));

beforeEach(async () => {
	await simulator.reset({ data: 'demo', options: { writesPerMinute: 0 } });
	await pay(simulator, NEW_PAYMENT);
});

const payment = async (operation: string, parameters: INodeParameters = {}) => {
	const asked = { operation, reference: REFERENCE, ...AS_IT_IS, ...parameters };
	const { json, error } = await pay(simulator, asked as INodeParameters);
	expect(error).toBeUndefined();
	return json;
};

const simple = (state: string, captured = 0, refunded = 0) => ({
	reference: REFERENCE,
	pspReference: expect.any(String),
	state,
	currency: 'NOK',
	amount: 49_900,
	amountDecimal: '499.00',
	capturedAmount: captured,
	capturedAmountDecimal: (captured / 100).toFixed(2),
	refundedAmount: refunded,
	refundedAmountDecimal: (refunded / 100).toFixed(2),
});

describe('payments are simple unless it is said otherwise', () => {
	it('read, captured and refunded', async () => {
		expect(await payment('get')).toEqual([simple('CREATED')]);
		expect(await payment('approve', { phoneNumber: '4712345678' })).toEqual([simple('AUTHORIZED')]);
		const part = { amountMode: 'partial', amount: '6440', currency: 'NOK' };
		expect(await payment('capture', part)).toEqual([simple('AUTHORIZED', 6_440)]);
		const less = { amountMode: 'partial', amount: '29', currency: 'NOK' };
		expect(await payment('refund', less)).toEqual([simple('AUTHORIZED', 6_440, 29)]);
	});

	it('waited for', async () => {
		await customer(simulator, 'abort', REFERENCE);
		expect(await payment('waitForState', { timeoutSeconds: 1 })).toEqual([simple('ABORTED')]);
	});

	it('cancelled', async () => {
		expect(await payment('cancel')).toEqual([simple('TERMINATED')]);
	});

	it('what was created and what happened come as they are', async () => {
		const raw = await pay(simulator, { operation: 'getEvents', reference: REFERENCE });
		expect(await payment('getEvents')).toEqual(raw.json);
		expect(raw.json[0]).toHaveProperty('amount.value');
	});
});

it('each item decides by itself', async () => {
	const { items } = await pay(
		simulator,
		{ operation: 'get', reference: REFERENCE, simplify: '={{ $json.simple }}' },
		{ items: [{ simple: true }, { simple: false }] },
	);
	expect(items[0].map(({ json, pairedItem }) => [Object.keys(json).length, pairedItem])).toEqual([
		[10, { item: 0 }],
		[expect.any(Number), { item: 1 }],
	]);
	expect(items[0][1].json).toHaveProperty('aggregate.capturedAmount.value', 0);
});

it.each([
	['getAll', { fromDate: '2026-05-04', toDate: '2026-05-05', returnAll: true }, 8],
	['getByReference', { reference: '12500000001' }, 2],
	['getByPspReference', { pspReference: '35060010002' }, 1],
])('sales of %s are simple, and otherwise the same', async (operation, parameters, count) => {
	const sales = async (more: INodeParameters) =>
		(
			await act(simulator, {
				resource: 'sale',
				operation,
				ledgerId: byId('302321'),
				...parameters,
				...more,
			})
		).json;
	const raw = await sales({ simplify: false });
	expect(raw).toHaveLength(count);
	const expected = raw.map((sale) => {
		const { topic, ledgerId, dedupeKey, entryType, time, pspReference, reference, currency } = sale;
		const { gross } = sale.amounts as IDataObject;
		return {
			...{ topic, ledgerId, dedupeKey, entryType, time, pspReference, reference, currency },
			amount: gross,
			amountDecimal: (Number(gross) / 100).toFixed(2),
		};
	});
	expect(await sales({})).toEqual(expected);
});

it.each<[string, INodeParameters, IDataObject, number]>([
	[
		'salesUnit',
		{ merchantSerialNumber: '123456' },
		{ msn: '123456', name: 'Fjord Sport Oslo', businessId: '987654321', recurringAllowed: true },
		10,
	],
	[
		'merchant',
		{ scheme: 'business:NO:ORG', businessId: '987654321' },
		{ name: 'Fjord Sport AS', businessId: '987654321', street: 'Fjordgata 5', city: 'Oslo' },
		10,
	],
	[
		'productOrder',
		{ productOrderId: ORDERS.completed },
		{ productOrderId: ORDERS.completed, businessId: '12345674', msn: '900001' },
		9,
	],
])('a %s is simple', async (resource, parameters, some, count) => {
	const asked = { resource, operation: 'get', ...parameters, ...AS_IT_IS } as INodeParameters;
	const { json, error } = await manage(simulator, asked);
	expect(error).toBeUndefined();
	expect(json).toEqual([expect.objectContaining(some)]);
	expect(Object.keys(json[0])).toHaveLength(count);
	expect(Object.values(json[0]).filter((value) => Object(value) === value)).toEqual([]);
});

it('product orders are simple in a list, too', async () => {
	const asked = { resource: 'productOrder', operation: 'getAll', ...AS_IT_IS } as INodeParameters;
	const { json } = await manage(simulator, asked);
	expect(json.map(({ businessId, status }) => [businessId, status])).toEqual([
		['12345674', 'COMPLETED'],
		['912345678', 'REJECTED'],
		['934567890', 'RECEIVED'],
	]);
});

it('the field is there for exactly the operations that have a simple form', async () => {
	const { description } = (await loadPackage()).nodes[ACTION];
	const { properties } = description as { properties: INodeProperties[] };
	const shown = properties
		.filter(({ name }) => name === 'simplify')
		.flatMap(({ displayOptions, default: preset }) => {
			const { resource = [], operation = [] } = displayOptions?.show ?? {};
			return [`${resource.join()} ${operation.join()} ${String(preset)}`];
		});
	const simplified = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
		Object.entries(operations)
			.filter(([, { simplify }]) => simplify)
			.map(([operation]) => `${resource} ${operation} true`),
	);
	expect(shown.sort()).toEqual(simplified.sort());
	expect(shown.length).toBeGreaterThan(10);
});
