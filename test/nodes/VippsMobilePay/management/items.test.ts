import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { manage, ORDERS, ordersOf } from '../../../support/manage';
import { apiPaths, apiRequests, disturb, forgetRequests } from '../../../support/simulated';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => {
	await simulator.reset();
	await manage(simulator, { resource: 'productOrder', operation: 'getAll' });
	await forgetRequests(simulator);
});

const UNKNOWN_ORDER = '81b83246-5c19-7b94-875b-ea6d1114f099';

interface Case {
	parameters: INodeParameters;
	/** A good item, two bad ones with what is said of each, and another good one. */
	items: [IDataObject, IDataObject, IDataObject, IDataObject];
	errors: [string, string];
	/** What tells the results of the good items apart. */
	results: [IDataObject[], IDataObject[]];
}

const MERCHANT = { scheme: '={{ $json.scheme }}', businessId: '={{ $json.id }}' };

const FJORD = { scheme: 'business:NO:ORG', id: '987654321' };
const HAVN = { scheme: 'business:DK:CVR', id: 12345674 };
const SAAREN = { scheme: 'business:FI:Y-tunnus', id: '1234567-1' };
const NOBODY = { scheme: 'business:NO:ORG', id: '111111111' };
const NO_NUMBER = { scheme: 'business:NO:ORG', id: 'NO987654321' };

const WITH_MSN = { options: { merchantSerialNumber: '={{ $json.msn }}' } };

const LIMITED = { limit: '={{ $json.limit }}', ...WITH_MSN };

const LIMITED_ITEMS: Case['items'] = [
	{ limit: 1 },
	{ limit: 0 },
	{ limit: 1, msn: 'shop' },
	{ limit: 2 },
];

const LIMITED_ERRORS: Case['errors'] = [
	"'Limit' must be a whole number",
	"'Merchant Serial Number' is not valid",
];

const CASES: Record<string, Case> = {
	'salesUnit getAll': {
		parameters: { resource: 'salesUnit', operation: 'getAll', ...LIMITED },
		items: LIMITED_ITEMS,
		errors: LIMITED_ERRORS,
		results: [[{ msn: '123456' }], [{ msn: '123456' }, { msn: '234567' }]],
	},
	'salesUnit get': {
		parameters: {
			resource: 'salesUnit',
			operation: 'get',
			merchantSerialNumber: '={{ $json.msn }}',
		},
		items: [{ msn: '123456' }, { msn: '222222' }, { msn: 'shop' }, { msn: 654321 }],
		errors: ['This sales unit was not found', "'Sales Unit' is no merchant serial number"],
		results: [[{ msn: '123456' }], [{ msn: '654321' }]],
	},
	'merchant get': {
		parameters: { resource: 'merchant', operation: 'get', ...MERCHANT },
		items: [FJORD, NOBODY, NO_NUMBER, HAVN],
		errors: ['This merchant was not found', "'Business ID' is not valid"],
		results: [[{ name: 'Fjord Sport AS' }], [{ name: 'Havnens Cykler ApS' }]],
	},
	'merchant getSalesUnits': {
		parameters: { resource: 'merchant', operation: 'getSalesUnits', ...MERCHANT },
		items: [SAAREN, NO_NUMBER, NOBODY, FJORD],
		errors: ["'Business ID' is not valid", 'This merchant was not found'],
		results: [[{ msn: '765432' }], [{ msn: '123456' }, { msn: '234567' }]],
	},
	'productOrder getAll': {
		parameters: {
			resource: 'productOrder',
			operation: 'getAll',
			limit: '={{ $json.limit }}',
			options: {
				merchantSerialNumber: '={{ $json.msn }}',
				includeExpired: '={{ $json.limit === 4 }}',
			},
		},
		items: [LIMITED_ITEMS[0], LIMITED_ITEMS[1], LIMITED_ITEMS[2], { limit: 4 }],
		errors: LIMITED_ERRORS,
		results: [
			[{ status: 'COMPLETED' }],
			[
				{ status: 'COMPLETED' },
				{ status: 'REJECTED' },
				{ status: 'EXPIRED' },
				{ status: 'RECEIVED' },
			],
		],
	},
	'productOrder get': {
		parameters: { resource: 'productOrder', operation: 'get', productOrderId: '={{ $json.id }}' },
		items: [
			{ id: ORDERS.completed },
			{ id: UNKNOWN_ORDER },
			{ id: '123' },
			{ id: ORDERS.rejected.toUpperCase() },
		],
		errors: ['This product order was not found', "'Product Order' is no ID"],
		results: [[{ productOrderId: ORDERS.completed }], [{ productOrderId: ORDERS.rejected }]],
	},
	'productOrder create': {
		parameters: {
			resource: 'productOrder',
			operation: 'create',
			...MERCHANT,
			productType: '={{ $json.product }}',
			additionalFields: { salesUnitName: '={{ $json.name }}' },
		},
		items: [
			{ ...FJORD, product: 'CASHIER', name: 'Kasse' },
			{ ...FJORD, product: 'PAYMENT_INTEGRATION', name: 'Website' },
			{ ...FJORD, product: 'SHOP', name: 'Shop' },
			{ ...SAAREN, product: 'LOGIN', name: 'Kahvila' },
		],
		errors: ['did not accept', "'Product Type' cannot be"],
		results: [
			[{ prefilledOrderId: expect.any(String) }],
			[{ prefilledOrderId: expect.any(String) }],
		],
	},
	'pricePackage getAll': {
		parameters: { resource: 'pricePackage', operation: 'getAll', ...LIMITED },
		items: LIMITED_ITEMS,
		errors: LIMITED_ERRORS,
		results: [[{ name: 'POS standard' }], [{ name: 'POS standard' }, { name: 'Web shop plus' }]],
	},
};

describe.each(Object.entries(CASES))('%s', (_name, { parameters, items, errors, results }) => {
	const paired = (list: IDataObject[], item: number) =>
		list.map((json) => ({ json: expect.objectContaining(json), pairedItem: { item } }));

	const failed = (message: string, item: number) => ({
		json: { error: expect.stringContaining(message), details: expect.stringMatching(/^.{10,}/) },
		pairedItem: { item },
	});

	it('works on each item by its own parameters, and results lead back to it', async () => {
		const { items: output, error } = await manage(simulator, parameters, {
			items: [items[0], items[3]],
		});
		expect(error).toBeUndefined();
		expect(output).toEqual([[...paired(results[0], 0), ...paired(results[1], 1)]]);
	});

	it('with Continue, each error is on its own item and the others go on', async () => {
		const { items: output, error } = await manage(simulator, parameters, {
			items,
			continueOnFail: true,
		});
		expect(error).toBeUndefined();
		expect(output).toEqual([
			[
				...paired(results[0], 0),
				failed(errors[0], 1),
				failed(errors[1], 2),
				...paired(results[1], 3),
			],
		]);
	});

	it('with an error output, what failed goes there', async () => {
		const { items: output } = await manage(simulator, parameters, {
			items,
			continueOnFail: 'continueErrorOutput',
		});
		expect(output[0].map(({ pairedItem }) => pairedItem)).toEqual([
			...paired(results[0], 0).map(({ pairedItem }) => pairedItem),
			...paired(results[1], 3).map(({ pairedItem }) => pairedItem),
		]);
		expect(output[1].map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[expect.stringContaining(errors[0]), { item: 1 }],
			[expect.stringContaining(errors[1]), { item: 2 }],
		]);
	});

	it('without, the first that fails stops the node, and is named', async () => {
		const { items: output, error } = await manage(simulator, parameters, { items });
		expect(output).toEqual([]);
		expect(error?.message).toContain(errors[0]);
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
	});
});

it('productOrder create: each order is that of its item', async () => {
	const { parameters, items } = CASES['productOrder create'];
	const { json } = await manage(simulator, parameters, { items, continueOnFail: true });
	const orders = (await ordersOf(simulator)).slice(-2);
	expect(orders).toMatchObject([
		{ productOrderId: json[0].prefilledOrderId, productType: 'CASHIER' },
		{ productOrderId: json[3].prefilledOrderId, productType: 'LOGIN', businessIdentifier: SAAREN },
	]);
});

describe('productOrder delete', () => {
	const parameters = {
		resource: 'productOrder',
		operation: 'delete',
		productOrderId: '={{ $json.id }}',
	};

	/** Two orders that can be deleted, and between them one that is unknown and one that is none. */
	async function items(): Promise<Case['items']> {
		const { json } = await manage(simulator, CASES['productOrder create'].parameters, {
			items: [CASES['productOrder create'].items[0], CASES['productOrder create'].items[3]],
		});
		const [first, second] = json.map(({ prefilledOrderId }) => prefilledOrderId);
		return [{ id: first }, { id: UNKNOWN_ORDER }, { id: '' }, { id: second }];
	}

	it('with Continue, each error is on its own item and the others go on', async () => {
		const { items: output } = await manage(simulator, parameters, {
			items: await items(),
			continueOnFail: true,
		});
		expect(output[0].map(({ json, pairedItem }) => [json.error ?? json, pairedItem])).toEqual([
			[{ deleted: true }, { item: 0 }],
			[expect.stringContaining('This product order was not found'), { item: 1 }],
			[expect.stringContaining("'Product Order' is empty"), { item: 2 }],
			[{ deleted: true }, { item: 3 }],
		]);
		expect(await ordersOf(simulator)).toHaveLength(4);
	});

	it('with an error output, what failed goes there', async () => {
		const { items: output } = await manage(simulator, parameters, {
			items: await items(),
			continueOnFail: 'continueErrorOutput',
		});
		expect(output[0].map(({ json }) => json)).toEqual([{ deleted: true }, { deleted: true }]);
		expect(output[1].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
	});

	it('without, the first that fails stops the node, and nothing after it is deleted', async () => {
		const { error } = await manage(simulator, parameters, { items: await items() });
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		expect(await ordersOf(simulator)).toHaveLength(5);
	});
});

describe('what can be no number or ID is refused before anything is sent', () => {
	const refused = async (parameters: INodeParameters, value: unknown) =>
		await manage(simulator, parameters, { items: [{ value: value as IDataObject }] });

	it.each(['123', '12345678901', '12a456', '../123456', '12 3', '-12345', '', null, {}, [], 12.5])(
		'the sales unit %j',
		async (value) => {
			const { error } = await refused(
				{ resource: 'salesUnit', operation: 'get', merchantSerialNumber: '={{ $json.value }}' },
				value,
			);
			expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
			expect(error?.message).toMatch(/'Sales Unit' is (empty|no merchant serial number).*item 0/);
			expect(await apiPaths(simulator)).toEqual([]);
		},
	);

	it.each(['get', 'delete'])('an order to %s', async (operation) => {
		for (const value of ['123', `${UNKNOWN_ORDER}/details`, '..', '', null, 42, {}]) {
			const { error } = await refused(
				{ resource: 'productOrder', operation, productOrderId: '={{ $json.value }}' },
				value,
			);
			expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
			expect(error?.message).toMatch(/'Product Order' is (empty|no ID)/);
		}
		expect(await apiPaths(simulator)).toEqual([]);
	});

	it.each(['get', 'getSalesUnits'])('a merchant to %s', async (operation) => {
		for (const value of ['123', 'NO987654321', '9876/54321', '..', '1234567–1', '', null, {}]) {
			const { error } = await refused(
				{ resource: 'merchant', operation, businessId: '={{ $json.value }}' },
				value,
			);
			expect(error?.message).toMatch(/'Business ID' is (empty|not valid)/);
		}
		for (const value of ['NO:ORG', 'business NO ORG', 'business/NO/ORG', '..', '', null, {}]) {
			const { error } = await refused(
				{ resource: 'merchant', operation, businessId: '987654321', scheme: '={{ $json.value }}' },
				value,
			);
			expect(error?.message).toMatch(/'Business ID Scheme' is (empty|not valid)/);
		}
		expect(await apiPaths(simulator)).toEqual([]);
	});
});

describe('hints', () => {
	it.each([
		['salesUnit', '/sales-units', 'Partner keys see the sales units that are connected'],
		['productOrder', '/product-orders', "with the option 'Include Expired' only"],
		['pricePackage', '/price-packages', 'ask your partner manager'],
	])('an empty list of %s says what it may mean', async (resource, path, message) => {
		await disturb(simulator, { path, status: 200, body: [] });
		const { json, error, executionHints } = await manage(simulator, {
			resource,
			operation: 'getAll',
		});
		expect(error).toBeUndefined();
		expect(json).toEqual([]);
		expect(executionHints).toEqual([
			expect.objectContaining({ message: expect.stringContaining(message) }),
		]);
	});
});

describe('answers that are none', () => {
	it.each<[string, unknown]>([
		['a page of HTML', '<html></html>'],
		['an object in place of a list', { items: [] }],
		['a list of texts', ['123456']],
		['nothing', ''],
	])('%s is asked for again', async (_name, body) => {
		await disturb(simulator, { path: '/sales-units', status: 200, body });
		const { json, error } = await manage(simulator, { resource: 'salesUnit', operation: 'getAll' });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(5);
		expect(await apiRequests(simulator)).toHaveLength(2);
	});
});
