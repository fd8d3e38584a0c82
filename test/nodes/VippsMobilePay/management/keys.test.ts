import {
	engineLog,
	expectNoSecrets,
	storeCredentials,
	type CredentialStore,
	type Simulator,
	startSimulator,
} from '../../../harness';
import { manage, NEW_ORDER, ORDERS } from '../../../support/manage';
import {
	apiPaths,
	apiRequests,
	forgetRequests,
	requestLog,
	secretsOf,
} from '../../../support/simulated';
import { accountingKeys, merchantKeys, partnerKeys } from '../../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => {
	await simulator.reset();
	await forgetRequests(simulator);
});

/** Each operation once, with values that the partner can ask for. */
const EVERY = {
	'sales units': { resource: 'salesUnit', operation: 'getAll' },
	'a sales unit': { resource: 'salesUnit', operation: 'get', merchantSerialNumber: '123456' },
	'a merchant': { resource: 'merchant', operation: 'get', businessId: '987654321' },
	"a merchant's sales units": {
		resource: 'merchant',
		operation: 'getSalesUnits',
		businessId: '987654321',
	},
	'product orders': { resource: 'productOrder', operation: 'getAll' },
	'a product order': {
		resource: 'productOrder',
		operation: 'get',
		productOrderId: ORDERS.completed,
	},
	'a new product order': NEW_ORDER,
	'deleting a product order': { resource: 'productOrder', operation: 'delete' },
	'price packages': { resource: 'pricePackage', operation: 'getAll' },
};

const OPEN_TO_MERCHANTS = [
	'sales units',
	'a sales unit',
	'a merchant',
	"a merchant's sales units",
] as const;

const PARTNERS_ONLY = [
	'product orders',
	'a product order',
	'a new product order',
	'deleting a product order',
	'price packages',
] as const;

/** Older management keys, which have no type of their own in n8n. */
const managementKeys = async () =>
	await storeCredentials({
		vippsMobilePayAccountingApi: {
			environment: 'custom',
			baseUrl: simulator.url,
			...simulator.keys.management,
		},
	});

type Name = keyof typeof EVERY;

const NAMES = Object.keys(EVERY) as Name[];

/** The id of an order that the partner has just prefilled. */
async function prefill(): Promise<string> {
	const { json } = await manage(simulator, NEW_ORDER);
	await forgetRequests(simulator);
	return String(json[0].prefilledOrderId);
}

async function run(name: Name, credentials: CredentialStore, authentication = 'merchantApi') {
	const isDelete = name === 'deleting a product order';
	const order = isDelete ? { productOrderId: await prefill() } : {};
	return await manage(simulator, { ...EVERY[name], ...order, authentication }, { credentials });
}

const sentHeaders = async () => (await apiRequests(simulator)).map(({ headers }) => headers);

it.each(NAMES)('partner keys without a serial number: %s', async (name) => {
	const credentials = await partnerKeys(simulator);
	const { error } = await run(name, credentials);
	expect(error).toBeUndefined();
	const [headers, ...others] = await sentHeaders();
	expect(others).toEqual([]);
	expect(headers).toMatchObject({
		authorization: 'present',
		'ocp-apim-subscription-key': 'present',
		'vipps-system-name': 'n8n',
		'vipps-system-plugin-name': 'n8n-nodes-vippsmobilepay',
	});
	expect(headers).not.toHaveProperty('merchant-serial-number');
});

describe("a sales unit's own keys", () => {
	it.each(OPEN_TO_MERCHANTS)('open %s, and name their sales unit', async (name) => {
		const { error, json } = await run(name, await merchantKeys(simulator));
		expect(error).toBeUndefined();
		expect(json.length).toBeGreaterThan(0);
		expect(await sentHeaders()).toMatchObject([{ 'merchant-serial-number': '123456' }]);
	});

	it('see their own business only', async () => {
		const { json } = await run('sales units', await merchantKeys(simulator));
		expect(json.map(({ msn }) => msn)).toEqual(['123456', '234567']);
	});

	it.each(PARTNERS_ONLY)('do not open %s, and it is said which keys do', async (name) => {
		const { error, items } = await run(name, await merchantKeys(simulator));
		expect(items).toEqual([]);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '403' });
		expect(error?.message).toContain('These keys may not do this');
		expect(error?.description).toContain('partner keys only');
	});
});

describe('older management keys', () => {
	it.each(NAMES)('open %s through the accounting credential', async (name) => {
		const { error } = await run(name, await managementKeys(), 'accountingApi');
		expect(error).toBeUndefined();
		const [headers] = await sentHeaders();
		expect(headers).not.toHaveProperty('ocp-apim-subscription-key');
		expect(headers).not.toHaveProperty('merchant-serial-number');
	});

	it('are exchanged for a token by the Basic flow', async () => {
		// Only a token that is not at hand yet is asked for.
		await simulator.control.post('/tokens/expire');
		const { json } = await run('sales units', await managementKeys(), 'accountingApi');
		expect(json).toHaveLength(5);
		const { tokenRequests } = await requestLog(simulator);
		expect(tokenRequests.standard).toBe(0);
		expect(tokenRequests.specialized).toBeGreaterThan(0);
	});
});

describe('accounting keys', () => {
	it.each(OPEN_TO_MERCHANTS)('do not open %s, and it is said which keys do', async (name) => {
		const { error } = await run(name, await accountingKeys(simulator), 'accountingApi');
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '403' });
		expect(error?.message).toContain('These keys may not do this');
		expect(error?.description).toContain('Accounting keys do not open the Management API');
		expect(error?.description).toContain('older management keys');
	});

	it.each(PARTNERS_ONLY)('do not open %s either', async (name) => {
		const { error } = await run(name, await accountingKeys(simulator), 'accountingApi');
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '403' });
		expect(error?.description).toContain('partner keys only');
	});
});

describe('the option Merchant Serial Number', () => {
	const WITH_MSN = { options: { merchantSerialNumber: '={{ $json.msn }}' } };

	it.each(NAMES)('names a sales unit per item: %s', async (name) => {
		await manage(
			simulator,
			{ productOrderId: ORDERS.received, ...EVERY[name], ...WITH_MSN },
			{ items: [{ msn: '654321' }, { msn: 765432 }, { msn: '' }], continueOnFail: true },
		);
		const numbers = (await sentHeaders()).map((headers) => headers['merchant-serial-number']);
		expect(numbers).toEqual(['654321', '765432', undefined]);
	});

	it('wins over the number in the credential', async () => {
		await manage(
			simulator,
			{ ...EVERY['sales units'], ...WITH_MSN },
			{ items: [{ msn: '234567' }, {}], credentials: await merchantKeys(simulator) },
		);
		const numbers = (await sentHeaders()).map((headers) => headers['merchant-serial-number']);
		expect(numbers).toEqual(['234567', '123456']);
	});

	it.each(NAMES)('is refused before sending when it is none: %s', async (name) => {
		const { json } = await manage(
			simulator,
			{ productOrderId: ORDERS.received, ...EVERY[name], ...WITH_MSN },
			{ items: [{ msn: '12' }, { msn: 'shop' }, { msn: '12345678901' }], continueOnFail: true },
		);
		expect(json).toEqual(
			['12', 'shop', '12345678901'].map((msn, item) => ({
				error: `The option 'Merchant Serial Number' is not valid: "${msn}" [item ${item}]`,
				details: 'A merchant serial number (MSN) has 4 to 10 digits, such as 123456.',
			})),
		);
		expect(await apiPaths(simulator)).toEqual([]);
	});
});

it('no secret is in an output, an error or the log', async () => {
	const stores = [
		{ credentials: await partnerKeys(simulator), authentication: 'merchantApi' },
		{ credentials: await merchantKeys(simulator), authentication: 'merchantApi' },
		{ credentials: await managementKeys(), authentication: 'accountingApi' },
		{ credentials: await accountingKeys(simulator), authentication: 'accountingApi' },
	];
	for (const { credentials, authentication } of stores) {
		for (const name of NAMES) {
			const { error, items, runData } = await run(name, credentials, authentication);
			const secrets = await secretsOf(simulator, credentials);
			expectNoSecrets([error, items, runData, engineLog.lines], secrets);
		}
	}
});
