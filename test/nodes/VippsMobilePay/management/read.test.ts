import { startSimulator, type Simulator } from '../../../harness';
import { manage, ORDERS } from '../../../support/manage';
import { apiPaths, forgetRequests } from '../../../support/simulated';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => await forgetRequests(simulator));

const salesUnits = [
	{ msn: '123456', name: 'Fjord Sport Oslo' },
	{ msn: '234567', name: 'Fjord Sport Bergen' },
	{ msn: '654321', name: 'Havnens Cykler' },
	{ msn: '765432', name: 'Saaren Kahvila' },
	{ msn: '900001', name: 'Havnens Cykler Kasse' },
];

const getUnit = async (merchantSerialNumber: string | number) =>
	await manage(simulator, { resource: 'salesUnit', operation: 'get', merchantSerialNumber });

const getMerchant = async (scheme: string, businessId: string, operation = 'get') =>
	await manage(simulator, { resource: 'merchant', operation, scheme, businessId });

describe('sales units', () => {
	it('a list has number and name of those that the keys reach', async () => {
		const { json, error } = await manage(simulator, {
			resource: 'salesUnit',
			operation: 'getAll',
			returnAll: true,
		});
		expect(error).toBeUndefined();
		expect(json).toEqual(salesUnits);
		expect(await apiPaths(simulator)).toEqual(['/management/v1/sales-units']);
	});

	it('numbers that come as numbers are text like all others', async () => {
		await simulator.reset({ options: { msnAsNumber: true } });
		const { json } = await manage(simulator, { resource: 'salesUnit', operation: 'getAll' });
		expect(json).toEqual(salesUnits);
		const own = await getMerchant('business:NO:ORG', '987654321', 'getSalesUnits');
		expect(own.json).toEqual(salesUnits.slice(0, 2));
		await simulator.reset();
	});

	it('one has its settings; what the API does not tell stays away', async () => {
		const { json } = await getUnit('765432');
		expect(json).toEqual([
			{
				msn: '765432',
				name: 'Saaren Kahvila',
				businessIdentifier: { scheme: 'business:FI:Y-tunnus', id: '1234567-1' },
				configuration: {
					paymentAllowed: true,
					captureType: 'ReserveCapture',
					recurringAllowed: false,
					partialCaptureAllowed: true,
					lateCaptureAllowed: false,
					creditCardPaymentAllowed: true,
				},
			},
		]);
		expect(await apiPaths(simulator)).toEqual(['/management/v1/sales-units/765432']);
	});

	it('a bank account passes through where the API tells it', async () => {
		await simulator.reset({ options: { settlementBankAccountShown: true } });
		const { json } = await getUnit('123456');
		expect(json[0].settlementBankAccount).toEqual({ scheme: 'BBAN:NO', id: '86011117947' });
		await simulator.reset();
	});

	it.each([
		['is inactive', '222222'],
		['is not connected to the partner', '333333'],
		['does not exist', '999999'],
	])('one that %s is not found, and all three meanings are told', async (_name, msn) => {
		const { error, items } = await getUnit(msn);
		expect(items).toEqual([]);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
		expect(error?.message).toContain('This sales unit was not found');
		expect(error?.message).toContain(`(sales unit ${msn})`);
		expect(error?.description).toContain('Check the merchant serial number');
		expect(error?.description).toContain('inactive');
		expect(error?.description).toContain('its merchant is deactivated');
		expect(error?.description).toContain('not connected to the partner');
	});
});

describe('merchants', () => {
	it.each([
		['business:NO:ORG', '987654321', 'Fjord Sport AS', 'NO', 2],
		['business:DK:CVR', '12345674', 'Havnens Cykler ApS', 'DK', 2],
		['business:FI:Y-tunnus', '1234567-1', 'Saaren Kahvila Oy', 'FI', 1],
	])('%s %s is found, with its sales units', async (scheme, id, name, countryCode, units) => {
		const { json, error } = await getMerchant(scheme, id);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1);
		expect(json[0]).toMatchObject({
			businessIdentifier: { scheme, id },
			name,
			status: 'ACTIVE',
			countryCode,
		});
		const list = await getMerchant(scheme, id, 'getSalesUnits');
		expect(list.json).toHaveLength(units);
		expect(salesUnits).toEqual(expect.arrayContaining(list.json));
		// As documented: the colons of the scheme stand in the path as they are.
		const path = `/management/v1/merchants/${scheme}/${id}`;
		expect(await apiPaths(simulator)).toEqual([path, `${path}/sales-units`]);
	});

	it('addresses come as they are, without one, too', async () => {
		const { json } = await getMerchant('business:FI:Y-tunnus', '1234567-1');
		expect(json[0]).toMatchObject({
			businessAddress: { lines: [], postCode: null, city: 'Hanko', countryCode: 'FI' },
			businessPostAddress: null,
		});
	});

	it('an organisation number may be written in groups', async () => {
		const { json } = await getMerchant('business:NO:ORG', ' 987 654 321 ');
		expect(json[0].name).toBe('Fjord Sport AS');
	});

	it('a scheme that the list does not have can come from an expression', async () => {
		const { error } = await manage(
			simulator,
			{
				resource: 'merchant',
				operation: 'get',
				scheme: '={{ $json.scheme }}',
				businessId: '={{ $json.id }}',
			},
			{ items: [{ scheme: 'business:SE:ORG', id: 5566778899 }] },
		);
		// It goes out, and the answer is the API's.
		expect(await apiPaths(simulator)).toEqual([
			'/management/v1/merchants/business:SE:ORG/5566778899',
		]);
		expect(error?.message).toContain('This merchant was not found');
	});

	it.each(['get', 'getSalesUnits'])('%s of one that is not known says so', async (operation) => {
		const { error } = await getMerchant('business:NO:ORG', '111111111', operation);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
		expect(error?.message).toContain('This merchant was not found');
		expect(error?.message).toContain('(merchant business:NO:ORG 111111111)');
		expect(error?.description).toContain('Check the business ID and its scheme');
	});

	it('one without an active sales unit has none to list, and the hint says why', async () => {
		const { json, error, executionHints } = await getMerchant(
			'business:NO:ORG',
			'900222222',
			'getSalesUnits',
		);
		expect(error).toBeUndefined();
		expect(json).toEqual([]);
		expect(executionHints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('no sales units') }),
		]);
	});
});

describe('price packages', () => {
	it('those of all markets are listed as they are', async () => {
		const { json, error } = await manage(simulator, {
			resource: 'pricePackage',
			operation: 'getAll',
		});
		expect(error).toBeUndefined();
		expect(json).toHaveLength(6);
		expect(json[0]).toEqual({
			pricePackageId: '8a11afb7-c223-48ed-8ca6-4722b97261aa',
			name: 'POS standard',
			description: '2.99%',
			visibleInSignupForm: true,
			productType: 'PAYMENT_INTEGRATION',
			market: 'NO',
			commission: '30 %',
		});
		expect(json[1].commission).toBeNull();
		expect(await apiPaths(simulator)).toEqual(['/management/v1/partners/price-packages']);
	});
});

describe('product orders', () => {
	const getOrders = async (includeExpired?: boolean) =>
		await manage(simulator, {
			resource: 'productOrder',
			operation: 'getAll',
			returnAll: true,
			options: includeExpired === undefined ? {} : { includeExpired },
		});

	it.each([undefined, false])('expired ones are not listed with %s', async (includeExpired) => {
		const { json } = await getOrders(includeExpired);
		expect(json.map(({ productOrderId, status }) => [productOrderId, status])).toEqual([
			[ORDERS.completed, 'COMPLETED'],
			[ORDERS.rejected, 'REJECTED'],
			[ORDERS.received, 'RECEIVED'],
		]);
		expect(await apiPaths(simulator)).toEqual(['/management/v2/product-orders']);
	});

	it('with Include Expired they are', async () => {
		const { json } = await getOrders(true);
		expect(json.map(({ status }) => status)).toEqual([
			'COMPLETED',
			'REJECTED',
			'EXPIRED',
			'RECEIVED',
		]);
		expect(await apiPaths(simulator)).toEqual([
			'/management/v2/product-orders?includeExpired=true',
		]);
	});

	it('one that is completed has its sales unit', async () => {
		const { json, error } = await manage(simulator, {
			resource: 'productOrder',
			operation: 'get',
			productOrderId: ORDERS.completed,
		});
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{
				productOrderType: 'TEMPLATE',
				productOrderId: ORDERS.completed,
				productType: 'CASHIER',
				status: 'COMPLETED',
				businessIdentifier: { scheme: 'business:DK:CVR', id: '12345674' },
				productOrderUrl: null,
				salesUnit: { msn: '900001', name: 'Havnens Cykler Kasse' },
			},
		]);
		expect(await apiPaths(simulator)).toEqual([
			`/management/v2/product-orders/${ORDERS.completed}/details`,
		]);
	});

	it('one that does not exist says so', async () => {
		const { error } = await manage(simulator, {
			resource: 'productOrder',
			operation: 'get',
			productOrderId: '81b83246-5c19-7b94-875b-ea6d1114f099',
		});
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
		expect(error?.message).toContain('This product order was not found');
		expect(error?.description).toContain('belongs to another partner');
	});
});

describe('limits', () => {
	it.each([
		['salesUnit', 5],
		['productOrder', 3],
		['pricePackage', 6],
	])('a list of %s is as long as asked for', async (resource, all) => {
		const lengthWith = async (parameters: { returnAll?: boolean; limit?: number }) =>
			(await manage(simulator, { resource, operation: 'getAll', ...parameters })).json.length;
		expect(await lengthWith({})).toBe(all);
		expect(await lengthWith({ limit: 2 })).toBe(2);
		expect(await lengthWith({ limit: 1000 })).toBe(all);
		expect(await lengthWith({ returnAll: true, limit: 1 })).toBe(all);
	});

	it('a limit that is none is refused before anything is sent', async () => {
		for (const limit of [0, -1, 1.5]) {
			const { error } = await manage(simulator, {
				resource: 'salesUnit',
				operation: 'getAll',
				limit,
			});
			expect(error?.message).toContain("'Limit' must be a whole number, at least 1");
		}
		expect(await apiPaths(simulator)).toEqual([]);
	});
});
