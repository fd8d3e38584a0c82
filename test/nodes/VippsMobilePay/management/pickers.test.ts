import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import {
	engineLog,
	expectNoSecrets,
	loadOptions,
	loadPackage,
	startSimulator,
	type CredentialStore,
	type Simulator,
} from '../../../harness';
import { manage, ORDERS } from '../../../support/manage';
import { apiPaths, disturb, forgetRequests, secretsOf } from '../../../support/simulated';
import { accountingKeys, ACTION, merchantKeys, partnerKeys } from '../../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => {
	await simulator.reset();
	await forgetRequests(simulator);
});

const search = async (
	method: string,
	filter?: string,
	credentials?: CredentialStore,
	authentication = 'merchantApi',
): Promise<INodeListSearchResult['results']> =>
	(
		await loadOptions({
			type: ACTION,
			kind: 'listSearch',
			method,
			parameters: { resource: 'salesUnit', operation: 'get', authentication },
			credentials: credentials ?? (await partnerKeys(simulator)),
			filter,
		})
	).results;

describe('sales units to choose from', () => {
	const unit = (name: string, msn: string) => ({ name: `${name} · ${msn}`, value: msn });

	it('are those that the keys reach, by name and number, in order', async () => {
		expect(await search('searchSalesUnits')).toEqual([
			unit('Fjord Sport Bergen', '234567'),
			unit('Fjord Sport Oslo', '123456'),
			unit('Havnens Cykler', '654321'),
			unit('Havnens Cykler Kasse', '900001'),
			unit('Saaren Kahvila', '765432'),
		]);
		expect(await apiPaths(simulator)).toEqual(['/management/v1/sales-units']);
	});

	it.each([
		['FJORD', ['234567', '123456']],
		['  kasse ', ['900001']],
		['7654', ['765432']],
		['', ['234567', '123456', '654321', '900001', '765432']],
		['nowhere', []],
	])('a search for "%s"', async (filter, numbers) => {
		expect((await search('searchSalesUnits', filter)).map(({ value }) => value)).toEqual(numbers);
	});

	it('numbers that come as numbers are text to choose', async () => {
		await simulator.reset({ options: { msnAsNumber: true } });
		expect(await search('searchSalesUnits', 'oslo')).toEqual([unit('Fjord Sport Oslo', '123456')]);
	});

	it("are the merchant's own with its keys", async () => {
		const results = await search('searchSalesUnits', '', await merchantKeys(simulator));
		expect(results.map(({ value }) => value)).toEqual(['234567', '123456']);
	});

	it('come for older management keys, too', async () => {
		const credentials = await accountingKeys(simulator, simulator.keys.management);
		expect(await search('searchSalesUnits', '', credentials, 'accountingApi')).toHaveLength(5);
	});
});

describe('product orders to choose from', () => {
	it('have business, product and status in their names; expired ones are there', async () => {
		expect(await search('searchProductOrders')).toEqual([
			{
				name: `12345674 · CASHIER · COMPLETED · ${ORDERS.completed}`,
				value: ORDERS.completed,
			},
			{ name: `912345678 · LOGIN · REJECTED · ${ORDERS.rejected}`, value: ORDERS.rejected },
			{
				name: `923456789 · PAYMENT_INTEGRATION · EXPIRED · ${ORDERS.expired}`,
				value: ORDERS.expired,
			},
			{ name: `934567890 · DONATIONS · RECEIVED · ${ORDERS.received}`, value: ORDERS.received },
		]);
		expect(await apiPaths(simulator)).toEqual([
			'/management/v2/product-orders?includeExpired=true',
		]);
	});

	it.each([
		['cashier', [ORDERS.completed]],
		['received', [ORDERS.received]],
		['9234', [ORDERS.expired]],
		['-0002-', [ORDERS.rejected]],
		['nowhere', []],
	])('a search for "%s"', async (filter, ids) => {
		const results = await search('searchProductOrders', filter);
		expect(results.map(({ value }) => value)).toEqual(ids);
	});

	it('are named by what there is when the API says less', async () => {
		const body = [{ productOrderId: ORDERS.completed, status: 'NEW', businessIdentifier: null }];
		await disturb(simulator, { path: '/product-orders', status: 200, body });
		expect(await search('searchProductOrders')).toEqual([
			{ name: `NEW · ${ORDERS.completed}`, value: ORDERS.completed },
		]);
	});
});

describe('a list that cannot be had', () => {
	it('of keys that reach no sales unit says why', async () => {
		await disturb(simulator, { path: '/sales-units', status: 200, body: [] });
		await expect(search('searchSalesUnits')).rejects.toMatchObject({
			message: 'These keys reach no sales unit',
			description: expect.stringContaining('connected to the partner'),
		});
	});

	it.each(['searchSalesUnits', 'searchProductOrders'])(
		'%s says in plain words which keys it takes, without the keys',
		async (method) => {
			const credentials = await accountingKeys(simulator);
			const error: unknown = await search(method, '', credentials, 'accountingApi').catch(
				(thrown: unknown) => thrown,
			);
			expect(error).toMatchObject({
				message: expect.stringContaining('These keys may not do this'),
				description: expect.stringContaining("credential 'Vipps MobilePay Merchant API'"),
			});
			expectNoSecrets([error, engineLog.lines], await secretsOf(simulator, credentials));
		},
	);

	it.each(['searchSalesUnits', 'searchProductOrders'])(
		'%s: a passing fault does not empty the list',
		async (method) => {
			await disturb(simulator, { path: '/management/', status: 502, body: '<html></html>' });
			expect((await search(method)).length).toBeGreaterThan(3);
		},
	);
});

describe('what was chosen', () => {
	const LOCATORS: Array<[string, INodeParameters[string], string]> = [
		[
			'the list',
			{ __rl: true, mode: 'list', value: '123456', cachedResultName: 'Fjord' },
			'123456',
		],
		['a number', { __rl: true, mode: 'id', value: '123456' }, '123456'],
		['an expression', { __rl: true, mode: 'id', value: '={{ $json.msn }}' }, '654321'],
		[
			'an expression in the list',
			{ __rl: true, mode: 'list', value: '={{ $json.msn }}' },
			'654321',
		],
		['a plain text', '123456', '123456'],
		['a plain expression', '={{ $json.msn }}', '654321'],
		['a number of JSON', '={{ Number($json.msn) }}', '654321'],
		['blanks around it', '={{ " " + $json.msn + "\\n" }}', '654321'],
		['blanks in it', '654 321', '654321'],
		['the handle of its ledger', '={{ "api:" + $json.msn }}', '654321'],
	];

	it.each(LOCATORS)('a sales unit by %s', async (_name, merchantSerialNumber, msn) => {
		const { json, error } = await manage(
			simulator,
			{ resource: 'salesUnit', operation: 'get', merchantSerialNumber },
			{ items: [{ msn: '654321' }] },
		);
		expect(error).toBeUndefined();
		expect(json[0].msn).toBe(msn);
	});

	it.each<[string, INodeParameters[string]]>([
		['the list', { __rl: true, mode: 'list', value: ORDERS.completed }],
		['an ID', { __rl: true, mode: 'id', value: ORDERS.completed }],
		['an expression', { __rl: true, mode: 'id', value: '={{ $json.id }}' }],
		['a plain text', ORDERS.completed],
		['a plain expression', '={{ $json.id }}'],
		['its link', `https://portal.example.com/register/prefilled/${ORDERS.completed}?from=mail`],
	])('a product order by %s', async (_name, productOrderId) => {
		const { json, error } = await manage(
			simulator,
			{ resource: 'productOrder', operation: 'get', productOrderId },
			{ items: [{ id: ORDERS.completed }] },
		);
		expect(error).toBeUndefined();
		expect(json[0].productOrderId).toBe(ORDERS.completed);
	});

	it.each([
		`${ORDERS.completed} ${ORDERS.received}`,
		`https://portal.example.com/${ORDERS.completed}/${ORDERS.received}`,
		`https://portal.example.com/${ORDERS.completed}0`,
		`order ${ORDERS.completed}`,
		'https://portal.example.com/',
	])('is no product order: %s', async (productOrderId) => {
		const asked = { resource: 'productOrder', operation: 'get', productOrderId };
		const { error } = await manage(simulator, asked);
		expect(error?.message).toContain("'Product Order' is no ID of a product order");
		expect(await apiPaths(simulator)).toEqual([]);
	});

	it('the editor finds the methods that the fields name', async () => {
		const node = (await loadPackage()).nodes[ACTION];
		const { properties } = node.description as { properties: Array<{ modes?: object[] }> };
		const named = properties
			.flatMap(({ modes = [] }) => modes as Array<{ typeOptions?: { searchListMethod?: string } }>)
			.map(({ typeOptions }) => typeOptions?.searchListMethod)
			.filter((name) => name !== undefined);
		const { methods } = node as { methods: { listSearch: object } };
		expect(Object.keys(methods.listSearch)).toEqual(expect.arrayContaining(named));
		expect(named).toEqual(expect.arrayContaining(['searchSalesUnits', 'searchProductOrders']));
	});
});
