import type { INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { manage, NEW_ORDER, ordersOf } from '../../../support/manage';
import type { Recorder } from '../../../support/recorder';
import { startRelay } from '../../../support/relay';
import { apiPaths, forgetRequests } from '../../../support/simulated';
import { partnerKeys } from '../../../support/vipps';

let simulator: Simulator;
let relay: Recorder;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'empty' });
	relay = await startRelay(simulator);
});

afterAll(async () => await relay.close());

beforeEach(async () => {
	relay.received.length = 0;
	await forgetRequests(simulator);
});

/** The first bytes of a PNG of 200 by 200 pixels. */
const LOGO =
	'iVBORw0KGgoAAAANSUhEUgAAAMgAAADICAYAAACtWK6eAAAAGXRFWHRTb2Z0d2FyZQBBZG9iZSBJbWFnZVJlYWR5';

const SIMPLE = {
	businessIdentifier: { scheme: 'business:NO:ORG', id: '955555555' },
	productType: 'CASHIER',
};

const ACCOUNT = { scheme: 'BBAN:NO', id: '86011117947' };

const WEBSITE = {
	url: 'https://example.com',
	termsUrl: 'https://example.com/terms',
	testWebsiteUrl: 'https://test.example.com',
	testWebsiteUsername: 'tester',
	testWebsitePassword: 'blueberry',
};

const EVERY_FIELD = {
	salesUnitName: 'Blåbær på nett',
	salesUnitLogo: LOGO,
	pricePackageId: '8a11afb7-c223-48ed-8ca6-4722b97261aa',
	productUseCase: 'WebsiteWithTest',
	annualTurnover: 1_000_000,
	annualTurnoverPercentage: '50',
	intendedPurpose: 'Blueberries by post.\nIn season only.',
	hasRecurring: true,
	merchantCategoryCode: '5942',
};

const create = async (additionalFields: INodeParameters, more: INodeParameters = {}) =>
	await manage(simulator, {
		...NEW_ORDER,
		...more,
		additionalFields,
	});

/** The one body that goes out, and that the API takes. */
async function bodyOf(additionalFields: INodeParameters, more: INodeParameters = {}) {
	const credentials = await partnerKeys(simulator, { baseUrl: relay.url });
	const parameters = { ...NEW_ORDER, ...more, additionalFields };
	const { error, json } = await manage(simulator, parameters, { credentials });
	expect(error).toBeUndefined();
	expect(json).toEqual([
		{ prefilledOrderId: expect.any(String), prefillUrl: expect.stringMatching(/^https:/) },
	]);
	const orders = relay.received.filter(({ url }) => !url.includes('token'));
	expect(orders.map(({ method, url }) => `${method} ${url}`)).toEqual([
		'POST /management/v1/product-orders',
	]);
	expect(orders[0].headers['content-type']).toMatch(/^application\/json/);
	return JSON.parse(orders[0].body) as unknown;
}

it('all fields arrive exactly', async () => {
	const fields = {
		...EVERY_FIELD,
		appName: 'Blåbær',
		settlementBankAccount: { account: ACCOUNT },
		website: { website: WEBSITE },
	};
	const more = { productType: 'PAYMENT_INTEGRATION' };
	expect(await bodyOf(fields, more)).toEqual({
		...SIMPLE,
		...more,
		...EVERY_FIELD,
		app: { appName: 'Blåbær' },
		settlementBankAccount: ACCOUNT,
		website: WEBSITE,
	});
});

it('the two required fields are enough', async () => {
	expect(await bodyOf({})).toEqual(SIMPLE);
});

it.each(['CASHIER', 'CHECKOUT', 'DONATIONS', 'LOGIN'])('%s can be ordered', async (productType) => {
	const { json, error } = await create({}, { productType });
	expect(error).toBeUndefined();
	const order = (await ordersOf(simulator)).find(
		({ productOrderId }) => productOrderId === json[0].prefilledOrderId,
	);
	expect(order).toMatchObject({ ...SIMPLE, productType, status: 'RECEIVED' });
});

it.each([
	['business:DK:CVR', '12345674', '12345674'],
	['business:FI:Y-tunnus', '1234567-1', '1234567-1'],
	['business:NO:ORG', '955 555 555', '955555555'],
	['business:NO:ORG', 955555555, '955555555'],
])('a merchant %s %s', async (scheme, businessId, id) => {
	expect(await bodyOf({}, { scheme, businessId })).toEqual({
		...SIMPLE,
		businessIdentifier: { scheme, id },
	});
});

it.each<[string, INodeParameters, INodeParameters]>([
	[
		'fields that were added and left empty',
		{
			salesUnitName: '',
			salesUnitLogo: ' ',
			pricePackageId: '',
			annualTurnover: '',
			intendedPurpose: '\n',
			merchantCategoryCode: '',
			appName: '  ',
			hasRecurring: '',
		},
		{},
	],
	[
		'fields whose expressions give nothing',
		{
			salesUnitName: null,
			salesUnitLogo: null,
			annualTurnover: null,
			annualTurnoverPercentage: null,
			productUseCase: null,
			appName: null,
			hasRecurring: null,
			settlementBankAccount: null,
			website: null,
		},
		{},
	],
	['a bank account without a number', { settlementBankAccount: { account: { id: '' } } }, {}],
	['an empty row for a bank account', { settlementBankAccount: { account: {} } }, {}],
	['no row for a bank account', { settlementBankAccount: {} }, {}],
	['an empty website', { website: { website: { url: '', termsUrl: '' } } }, {}],
	['no website', { website: {} }, {}],
	[
		'rows whose expressions give nothing',
		{ settlementBankAccount: { account: null }, website: { website: null } },
		{},
	],
	['no turnover', { annualTurnover: 0 }, { annualTurnover: 0 }],
	['a turnover as text', { annualTurnover: ' 250000 ' }, { annualTurnover: 250_000 }],
	['the largest turnover', { annualTurnover: 999_999_999 }, { annualTurnover: 999_999_999 }],
	['no recurring payments', { hasRecurring: false }, { hasRecurring: false }],
	['recurring payments as text', { hasRecurring: 'true' }, { hasRecurring: true }],
	['no recurring payments as text', { hasRecurring: 'false' }, { hasRecurring: false }],
	['a code as a number', { merchantCategoryCode: 5942 }, { merchantCategoryCode: '5942' }],
	[
		'a percentage as a number',
		{ annualTurnoverPercentage: 100 },
		{ annualTurnoverPercentage: '100' },
	],
	['a name of 40 characters', { salesUnitName: 'å'.repeat(40) }, { salesUnitName: 'å'.repeat(40) }],
	[
		'a logo as a data URL',
		{ salesUnitLogo: `data:image/png;base64,${LOGO}` },
		{ salesUnitLogo: LOGO },
	],
	[
		'a logo in lines',
		{ salesUnitLogo: `${LOGO.slice(0, 40)}\r\n${LOGO.slice(40)}\n` },
		{ salesUnitLogo: LOGO },
	],
	['a name with blanks around it', { salesUnitName: '  Fjord  ' }, { salesUnitName: 'Fjord' }],
])('%s', async (_name, fields, sent) => {
	expect(await bodyOf(fields)).toEqual({ ...SIMPLE, ...sent });
});

it.each<[string, INodeParameters, INodeParameters, string]>([
	['no scheme', {}, { scheme: '={{ "" }}' }, "'Business ID Scheme' is empty"],
	['a scheme with a slash', {}, { scheme: 'business/NO/ORG' }, "'Business ID Scheme' is not valid"],
	['a scheme that leads away', {}, { scheme: '..' }, "'Business ID Scheme' is not valid"],
	[
		'a scheme too long',
		{},
		{ scheme: `business:${'N'.repeat(22)}` },
		"'Business ID Scheme' is not",
	],
	['no business', {}, { businessId: '={{ "" }}' }, "'Business ID' is empty"],
	['a business with a country', {}, { businessId: 'NO955555555' }, "'Business ID' is not valid"],
	['a business too short', {}, { businessId: '123' }, "'Business ID' is not valid"],
	['a business too long', {}, { businessId: '1'.repeat(51) }, "'Business ID' is not valid"],
	['a path for a business', {}, { businessId: '../123456' }, "'Business ID' is not valid"],
	['an unknown product', {}, { productType: 'VIPPS_PA_NETT' }, "'Product Type' cannot be"],
	['a name too long', { salesUnitName: 'å'.repeat(41) }, {}, "'Sales Unit Name' cannot be"],
	['a name that is none', { salesUnitName: { a: 1 } }, {}, "'Sales Unit Name' cannot be"],
	['a purpose that is none', { intendedPurpose: ['a'] }, {}, "'Intended Purpose' cannot be"],
	['an app that is none', { appName: { a: 1 } }, {}, "'App Name' cannot be"],
	[
		'a logo that is no PNG',
		{ salesUnitLogo: '/9j/4AAQSkZJRg==' },
		{},
		"'Sales Unit Logo' is no PNG",
	],
	[
		'an address of a logo',
		{ salesUnitLogo: 'https://a.no/l.png' },
		{},
		"'Sales Unit Logo' is no PNG",
	],
	['a package that is no ID', { pricePackageId: '2.99%' }, {}, "'Price Package ID' cannot be"],
	['an unknown use', { productUseCase: 'Shop' }, {}, "'Product Use Case' cannot be"],
	['turnover below zero', { annualTurnover: -1 }, {}, "'Annual Turnover' cannot be"],
	['turnover with decimals', { annualTurnover: 1000.5 }, {}, "'Annual Turnover' cannot be"],
	['turnover in groups', { annualTurnover: '1 000 000' }, {}, "'Annual Turnover' cannot be"],
	['too much turnover', { annualTurnover: 1_000_000_000 }, {}, "'Annual Turnover' cannot be"],
	['turnover yes', { annualTurnover: true }, {}, "'Annual Turnover' cannot be"],
	['15 percent', { annualTurnoverPercentage: '15' }, {}, "'Annual Turnover Percentage' cannot be"],
	['110 percent', { annualTurnoverPercentage: '110' }, {}, "'Annual Turnover Percentage' cannot"],
	['a code of words', { merchantCategoryCode: 'Books' }, {}, "'Merchant Category Code' cannot be"],
	['recurring maybe', { hasRecurring: 'maybe' }, {}, "'Has Recurring' cannot be"],
	[
		'an account with dots',
		{ settlementBankAccount: { account: { scheme: 'BBAN:NO', id: '8601.11.17947' } } },
		{},
		"'Account Number' cannot be",
	],
	[
		'an IBAN',
		{ settlementBankAccount: { account: { scheme: 'IBAN', id: 'NO9386011117947' } } },
		{},
		"'Scheme' cannot be",
	],
	[
		'a website without https',
		{ website: { website: { url: 'http://example.com' } } },
		{},
		"'URL' cannot be",
	],
	[
		'terms that are no address',
		{ website: { website: { termsUrl: 'example.com' } } },
		{},
		"'Terms",
	],
	[
		'a test website without https',
		{ website: { website: { testWebsiteUrl: 'ftp://example.com' } } },
		{},
		"'Test Website URL' cannot be",
	],
	[
		'a key with blanks',
		{},
		{ options: { idempotencyKey: 'my key' } },
		"'Idempotency Key' is not valid",
	],
	[
		'a key with an underscore',
		{},
		{ options: { idempotencyKey: 'my_key' } },
		"'Idempotency Key' is not valid",
	],
	[
		'a key too long',
		{},
		{ options: { idempotencyKey: 'k'.repeat(51) } },
		"'Idempotency Key' is not valid",
	],
])('%s: refused before anything is sent', async (_name, fields, more, message) => {
	const { error, items } = await create(fields, more);
	expect(items).toEqual([]);
	expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
	expect(error?.message).toContain(message);
	expect(error?.message).toContain('[item 0]');
	expect(error?.description).toMatch(/^\S.{15,}/);
	expect(await apiPaths(simulator)).toEqual([]);
});

describe('an order that leaves work to the merchant', () => {
	beforeAll(async () => await simulator.reset({ options: { incompleteOrders: 'accepted' } }));
	afterAll(async () => await simulator.reset());

	it('goes out: a payment integration without a website', async () => {
		const { json, error } = await create({}, { productType: 'PAYMENT_INTEGRATION' });
		expect(error).toBeUndefined();
		expect(json[0].prefilledOrderId).toEqual(expect.any(String));
	});
});

it('what the API refuses is told with the names of its fields', async () => {
	const { error } = await create({}, { productType: 'PAYMENT_INTEGRATION' });
	expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '400' });
	expect(error?.message).toContain('did not accept');
	expect(error?.message).toContain('(new product order)');
	expect(error?.description).toContain('website: Is required for PAYMENT_INTEGRATION');
});

it('a website in part goes out as it is: what is missing is for the API to say', async () => {
	const { error } = await create({ website: { website: { url: 'https://example.com' } } });
	expect(error?.description).toContain('website.termsUrl: Required');
});
