import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runWorkflow, startSimulator, type Simulator } from '../../../harness';
import { NEW_PAYMENT, pay, paymentsOf } from '../../../support/pay';
import type { Recorder } from '../../../support/recorder';
import { bodiesTo, startRelay } from '../../../support/relay';
import { ACTION, merchantKeys, partnerKeys } from '../../../support/vipps';

let simulator: Simulator;
let relay: Recorder;

beforeAll(async () => {
	simulator = await startSimulator();
	relay = await startRelay(simulator);
});

afterAll(async () => await relay.close());

beforeEach(async () => {
	await simulator.reset({ data: 'empty' });
	relay.received.length = 0;
});

const CREATE = /\/epayment\/v1\/payments$/;

/** What arrives of `NEW_PAYMENT`, without its way to the customer. */
const PLAIN = {
	reference: 'acme-shop-order-1',
	amount: { currency: 'NOK', value: 49900 },
	paymentMethod: { type: 'WALLET' },
};
const BODY = { ...PLAIN, userFlow: 'WEB_REDIRECT', returnUrl: 'https://example.com/thanks' };

type Options = Parameters<typeof pay>[2];

/** Creates a payment, which must succeed; gives what was sent and what came out. */
async function create(parameters: INodeParameters, options: Options = {}) {
	const credentials =
		options.credentials ?? (await merchantKeys(simulator, { baseUrl: relay.url }));
	const { json, error } = await pay(
		simulator,
		{ ...NEW_PAYMENT, ...parameters },
		{ ...options, credentials },
	);
	expect(error).toBeUndefined();
	return { json, body: bodiesTo(relay, CREATE)[0] };
}

const sent = async (parameters: INodeParameters) => (await create(parameters)).body;

const sentFields = async (additionalFields: INodeParameters, more: INodeParameters = {}) =>
	await sent({ ...more, additionalFields });

describe('the user flow', () => {
	const LANDING = /\/simulator\/landing\?token=./;
	const QR = /\/simulator\/qr\?token=./;

	it.each([
		['a web page', {}, { userFlow: 'WEB_REDIRECT', returnUrl: BODY.returnUrl }, LANDING],
		[
			'a web page that leads back to an app',
			{ returnUrl: ' myapp://paid?order=1 ' },
			{ userFlow: 'WEB_REDIRECT', returnUrl: 'myapp://paid?order=1' },
			LANDING,
		],
		[
			'an app',
			{ userFlow: 'NATIVE_REDIRECT', returnUrl: 'myapp://' },
			{ userFlow: 'NATIVE_REDIRECT', returnUrl: 'myapp://' },
			LANDING,
		],
		[
			'an app that is not led back',
			{ userFlow: 'NATIVE_REDIRECT', returnUrl: '' },
			{ userFlow: 'NATIVE_REDIRECT' },
			LANDING,
		],
		[
			'a QR code as the API draws it by itself',
			{ userFlow: 'QR' },
			{ userFlow: 'QR', qrFormat: { format: 'IMAGE/SVG+XML' } },
			QR,
		],
		[
			'a QR code as SVG, to which no size belongs',
			{ userFlow: 'QR', qrFormat: 'IMAGE/SVG+XML', qrSize: 300 },
			{ userFlow: 'QR', qrFormat: { format: 'IMAGE/SVG+XML' } },
			QR,
		],
		[
			'a QR code as PNG',
			{ userFlow: 'QR', qrFormat: 'IMAGE/PNG' },
			{ userFlow: 'QR', qrFormat: { format: 'IMAGE/PNG', size: 1024 } },
			QR,
		],
		[
			'a QR code as PNG of a certain size, from an expression',
			{ userFlow: 'QR', qrFormat: 'IMAGE/PNG', qrSize: '={{ "300" }}' },
			{ userFlow: 'QR', qrFormat: { format: 'IMAGE/PNG', size: 300 } },
			QR,
		],
		[
			'the content of a QR code',
			{ userFlow: 'QR', qrFormat: 'TEXT/TARGETURL' },
			{ userFlow: 'QR', qrFormat: { format: 'TEXT/TARGETURL' } },
			LANDING,
		],
	])('is %s', async (_name, parameters, flow, address) => {
		const { json, body } = await create(parameters);
		expect(body).toEqual({ ...PLAIN, ...flow });
		expect(json).toEqual([
			{ reference: PLAIN.reference, redirectUrl: expect.stringMatching(address) },
		]);
	});

	it('is a push message, which has no address at all', async () => {
		const { json, body } = await create({
			userFlow: 'PUSH_MESSAGE',
			customerBy: 'phoneNumber',
			customerPhoneNumber: '4712345678',
		});
		expect(body).toEqual({
			...PLAIN,
			userFlow: 'PUSH_MESSAGE',
			customer: { phoneNumber: '4712345678' },
		});
		expect(json).toEqual([{ reference: PLAIN.reference }]);
	});

	it('may come from an expression, and the address of another flow is left behind', async () => {
		const body = await sent({ userFlow: '={{ "QR" }}' });
		expect(body).toEqual({ ...PLAIN, userFlow: 'QR', qrFormat: { format: 'IMAGE/SVG+XML' } });
	});
});

describe('the customer', () => {
	it.each([
		['nobody in particular', { customerBy: 'none', customerPhoneNumber: '4712345678' }, undefined],
		[
			'known by phone number',
			{ customerBy: 'phoneNumber', customerPhoneNumber: ' 4712345678 ' },
			{ phoneNumber: '4712345678' },
		],
		[
			'known by a phone number that is a number',
			{ customerBy: 'phoneNumber', customerPhoneNumber: '={{ 299123456 }}' },
			{ phoneNumber: '299123456' },
		],
		[
			'known by a QR code on the phone',
			{ customerBy: 'personalQr', customerPersonalQr: 'https://qr.example.com/28/2/01/031/abc' },
			{ personalQr: 'https://qr.example.com/28/2/01/031/abc' },
		],
		[
			'known by a scanned QR code of the merchant',
			{ customerBy: 'customerToken', customerToken: 'token-of-a-check-in' },
			{ customerToken: 'token-of-a-check-in' },
		],
	])('is %s', async (_name, parameters, customer) => {
		expect(await sent(parameters)).toEqual({ ...BODY, ...(customer && { customer }) });
	});
});

describe('a field that was added', () => {
	it.each<[string, INodeParameters, IDataObject]>([
		[
			'Customer Interaction',
			{ customerInteraction: 'CUSTOMER_PRESENT' },
			{ customerInteraction: 'CUSTOMER_PRESENT' },
		],
		['Minimum User Age', { minimumUserAge: 18 }, { minimumUserAge: 18 }],
		['Minimum User Age, none', { minimumUserAge: 0 }, { minimumUserAge: 0 }],
		['Minimum User Age, a text', { minimumUserAge: '={{ "16" }}' }, { minimumUserAge: 16 }],
		['Payment Method, a card', { paymentMethod: 'CARD' }, { paymentMethod: { type: 'CARD' } }],
		[
			'Profile Scope',
			{ profileScope: ['name', 'phoneNumber'] },
			{ profile: { scope: 'name phoneNumber' } },
		],
		[
			'Profile Scope, as the API has it',
			{ profileScope: '={{ "address birthDate, email" }}' },
			{ profile: { scope: 'address birthDate email' } },
		],
		[
			'Receipt URL',
			{ receiptUrl: 'https://example.com/receipts/1' },
			{ receiptUrl: 'https://example.com/receipts/1' },
		],
		[
			'Legal Links, both',
			{
				merchantLegalLinks: {
					links: {
						privacyPolicyUrl: 'https://example.com/privacy',
						termsOfSaleUrl: 'https://example.com/terms',
					},
				},
			},
			{
				merchantLegalLinks: {
					privacyPolicyUrl: 'https://example.com/privacy',
					termsOfSaleUrl: 'https://example.com/terms',
				},
			},
		],
		[
			'Legal Links, one',
			{ merchantLegalLinks: { links: { termsOfSaleUrl: 'https://example.com/terms' } } },
			{ merchantLegalLinks: { termsOfSaleUrl: 'https://example.com/terms' } },
		],
		[
			'Metadata, as many as there can be, as long as they can be',
			{
				metadata: {
					pairs: [
						{ key: ' order ', value: ' 17 ' },
						{ key: 'k'.repeat(100), value: 'v'.repeat(500) },
						{ key: 'number', value: '={{ 17 }}' },
						{ key: 'empty', value: '' },
						{ key: '', value: '' },
						{ key: 'øæå "quoted"', value: 'line\nbreak 🧦' },
					],
				},
			},
			{
				metadata: {
					order: ' 17 ',
					['k'.repeat(100)]: 'v'.repeat(500),
					number: '17',
					empty: '',
					'øæå "quoted"': 'line\nbreak 🧦',
				},
			},
		],
		[
			'Airline Data',
			{
				airlineData: {
					ticket: {
						agencyInvoiceNumber: '123456',
						airlineCode: '074',
						airlineDesignatorCode: 'KL',
						passengerName: 'EXAMPLE/ADA MRS',
						ticketNumber: '0741234567890',
					},
				},
			},
			{
				industryData: {
					airlineData: {
						agencyInvoiceNumber: '123456',
						airlineCode: '074',
						airlineDesignatorCode: 'KL',
						passengerName: 'EXAMPLE/ADA MRS',
						ticketNumber: '0741234567890',
					},
				},
			},
		],
		[
			'Airline Data without a ticket number',
			{
				airlineData: {
					ticket: {
						agencyInvoiceNumber: '1',
						airlineCode: '={{ 328 }}',
						airlineDesignatorCode: 'D8',
						passengerName: 'A',
						ticketNumber: '',
					},
				},
			},
			{
				industryData: {
					airlineData: {
						agencyInvoiceNumber: '1',
						airlineCode: '328',
						airlineDesignatorCode: 'D8',
						passengerName: 'A',
					},
				},
			},
		],
	])('arrives as documented: %s', async (_name, fields, expected) => {
		expect(await sentFields(fields)).toEqual({ ...BODY, ...expected });
	});

	it('arrives as documented: Blocked Sources, in Denmark', async () => {
		const { body } = await create(
			{
				currency: 'DKK',
				additionalFields: { blockedSources: ['COMMERCIAL_CARDS'] },
				options: { merchantSerialNumber: '654321' },
			},
			{ credentials: await partnerKeys(simulator, { baseUrl: relay.url }) },
		);
		expect(body).toEqual({
			...BODY,
			amount: { currency: 'DKK', value: 49900 },
			paymentMethod: { type: 'WALLET', blockedSources: ['COMMERCIAL_CARDS'] },
		});
	});

	it('and left empty is not sent', async () => {
		const body = await sentFields({
			airlineData: {},
			blockedSources: [],
			customerInteraction: '',
			expiresAt: '',
			merchantLegalLinks: { links: { privacyPolicyUrl: '', termsOfSaleUrl: '' } },
			metadata: { pairs: [{ key: '', value: '' }] },
			minimumUserAge: '',
			paymentMethod: '',
			profileScope: [],
			orderLines: { lines: [] },
			receiptJson: '',
			receiptDetails: {},
			receiptUrl: '',
			shippingCallback: {},
			shippingCountries: '',
			shippingOptions: { options: [] },
		});
		expect(body).toEqual(BODY);
	});

	it('and given nothing by its expression is not sent', async () => {
		const nothing = '={{ $json.nothing }}';
		const body = await sent({
			paymentDescription: nothing,
			additionalFields: {
				blockedSources: nothing,
				customerInteraction: nothing,
				expiresAt: nothing,
				minimumUserAge: nothing,
				profileScope: nothing,
				receiptJson: nothing,
				receiptUrl: nothing,
				shippingCountries: nothing,
			},
		});
		expect(body).toEqual(BODY);
	});
});

it.each([
	['the shortest', 'abc', 'abc'],
	['the longest', 'x'.repeat(100), 'x'.repeat(100)],
	['the longest of signs that are two for a computer', '🧦'.repeat(50), '🧦'.repeat(50)],
	['with blanks around', '  One pair of socks \n', 'One pair of socks'],
	['a number', '={{ 12345 }}', '12345'],
])('a description arrives: %s', async (_name, paymentDescription, expected) => {
	expect(await sent({ paymentDescription })).toEqual({ ...BODY, paymentDescription: expected });
});

it.each(['    ', '={{ null }}'])('a description of nothing is not sent: %j', async (nothing) => {
	expect(await sent({ paymentDescription: nothing })).toEqual(BODY);
});

describe('the receipt', () => {
	const LINE = {
		name: 'Socks',
		id: '42',
		taxRate: '25',
		totalAmount: '125.00',
		totalTaxAmount: '25.00',
	};
	const SENT_LINE = {
		name: 'Socks',
		id: '42',
		taxRate: 2500,
		totalAmount: 12500,
		totalAmountExcludingTax: 10000,
		totalTaxAmount: 2500,
	};
	const MAJOR = { amountUnit: 'major', amount: '499.00' };

	it('of plain lines has what the API needs and no more', async () => {
		const orderLines = { lines: [LINE] };
		expect(await sentFields({ orderLines }, MAJOR)).toEqual({
			...BODY,
			receipt: { orderLines: [SENT_LINE], bottomLine: { currency: 'NOK' } },
		});
	});

	it('of lines and details with every field arrives exactly', async () => {
		const body = await sentFields(
			{
				orderLines: {
					lines: [
						{
							name: 'Cheese',
							id: 'cheese-1',
							taxRate: '={{ 15 }}',
							totalAmount: '={{ 64.4 }}',
							totalTaxAmount: '8.4',
							discount: '0.29',
							quantity: '0.822',
							quantityUnit: 'KG',
							unitPrice: '={{ 78.7 }}',
							productUrl: 'https://example.com/cheese',
							isReturn: false,
							isShipping: false,
						},
						{ ...LINE, taxRate: '25.55', quantity: '={{ 2 }}', unitPrice: '62.5' },
						{ ...LINE, unitPrice: '125' },
						{ ...LINE, taxRate: '0', totalTaxAmount: '0', isReturn: true },
						{ ...LINE, isShipping: true, discount: '' },
					],
				},
				receiptDetails: {
					details: {
						barcodeData: '5901234123457',
						barcodeFormat: 'EAN-13',
						card: '={{ 0.1 }}',
						giftCard: '1.1',
						voucher: '0.07',
						cash: '0',
						posId: 'till-1',
						receiptNumber: '={{ 1234567 }}',
						tipAmount: '={{ 4.35 }}',
					},
				},
			},
			MAJOR,
		);
		expect(body).toEqual({
			...BODY,
			receipt: {
				orderLines: [
					{
						name: 'Cheese',
						id: 'cheese-1',
						taxRate: 1500,
						totalAmount: 6440,
						totalAmountExcludingTax: 5600,
						totalTaxAmount: 840,
						discount: 29,
						unitInfo: { unitPrice: 7870, quantity: '0.822', quantityUnit: 'KG' },
						productUrl: 'https://example.com/cheese',
					},
					{
						...SENT_LINE,
						taxRate: 2555,
						unitInfo: { unitPrice: 6250, quantity: '2', quantityUnit: 'PCS' },
					},
					{ ...SENT_LINE, unitInfo: { unitPrice: 12500, quantity: '1', quantityUnit: 'PCS' } },
					{
						...SENT_LINE,
						taxRate: 0,
						totalAmountExcludingTax: 12500,
						totalTaxAmount: 0,
						isReturn: true,
					},
					{ ...SENT_LINE, isShipping: true },
				],
				bottomLine: {
					currency: 'NOK',
					tipAmount: 435,
					posId: 'till-1',
					receiptNumber: '1234567',
					paymentSources: { giftCard: 110, card: 10, voucher: 7, cash: 0 },
					barcode: { format: 'EAN-13', data: '5901234123457' },
				},
			},
		});
	});

	it('in minor units arrives exactly', async () => {
		const body = await sentFields({
			orderLines: {
				lines: [{ ...LINE, totalAmount: '12500', totalTaxAmount: '={{ 2500 }}', discount: '29' }],
			},
			receiptDetails: { details: { tipAmount: '435' } },
		});
		expect(body.receipt).toEqual({
			orderLines: [{ ...SENT_LINE, discount: 29 }],
			bottomLine: { currency: 'NOK', tipAmount: 435 },
		});
	});

	const JSON_RECEIPT = {
		orderLines: [
			{
				...SENT_LINE,
				unitInfo: { unitPrice: 6250, quantity: '2', quantityUnit: 'PCS' },
				discount: 0,
				productUrl: 'https://example.com/socks',
				isReturn: false,
				isShipping: false,
			},
			{ ...SENT_LINE, taxRate: null, taxPercentage: 25 },
		],
		bottomLine: {
			currency: 'NOK',
			tipAmount: 100,
			posId: 'till-1',
			paymentSources: { giftCard: 1, card: 2, voucher: 3, cash: 4 },
			barcode: { format: 'CODE 39', data: 'A1' },
			receiptNumber: '7',
		},
	};

	it.each([
		['text', JSON.stringify(JSON_RECEIPT)],
		['an object of an expression', '={{ $json.receipt }}'],
		['a text of an expression', '={{ JSON.stringify($json.receipt) }}'],
	])('as JSON arrives as it is, from %s', async (_name, receiptJson) => {
		const { body } = await create(
			{ ...MAJOR, additionalFields: { receiptJson } },
			{ items: [{ receipt: JSON_RECEIPT }] },
		);
		expect(body).toEqual({ ...BODY, receipt: JSON_RECEIPT });
	});
});

describe('shipping', () => {
	const profileScope = ['name', 'address', 'email', 'phoneNumber'];
	const SHARED = { profile: { scope: 'name address email phoneNumber' } };

	it('with options comes in groups, in the order of the node, with exact amounts', async () => {
		const option = (id: string, more: INodeParameters) => ({ id, name: `Option ${id}`, ...more });
		const body = await sentFields(
			{
				profileScope,
				shippingCountries: 'no, SE',
				shippingOptions: {
					options: [
						option('home', { amount: '49.9', brand: 'POSTEN', type: 'HOME_DELIVERY' }),
						option('shop', {
							amount: '={{ 0.29 }}',
							brand: 'POSTNORD',
							type: 'PICKUP_POINT',
							isDefault: true,
							meta: 'Storgata 1',
							estimatedDelivery: '2-3 days',
						}),
						option('slow', { amount: '0', brand: 'POSTEN', type: 'HOME_DELIVERY' }),
					],
				},
			},
			{ amountUnit: 'major', amount: '499' },
		);
		const amount = (value: number) => ({ currency: 'NOK', value });
		expect(body).toEqual({
			...BODY,
			...SHARED,
			shipping: {
				allowedCountries: ['NO', 'SE'],
				fixedOptions: [
					{
						type: 'HOME_DELIVERY',
						brand: 'POSTEN',
						isDefault: false,
						priority: 0,
						options: [
							{
								id: 'home',
								name: 'Option home',
								amount: amount(4990),
								isDefault: false,
								priority: 0,
							},
							{ id: 'slow', name: 'Option slow', amount: amount(0), isDefault: false, priority: 1 },
						],
					},
					{
						type: 'PICKUP_POINT',
						brand: 'POSTNORD',
						isDefault: true,
						priority: 1,
						options: [
							{
								id: 'shop',
								name: 'Option shop',
								amount: amount(29),
								isDefault: true,
								priority: 0,
								meta: 'Storgata 1',
								estimatedDelivery: '2-3 days',
							},
						],
					},
				],
			},
		});
	});

	it.each([
		['with a token', { callbackAuthorizationToken: 'let-me-in' }],
		['without a token', {}],
	])('by callback names the address, %s', async (_name, token) => {
		const callbackUrl = 'https://example.com/shipping';
		const body = await sentFields({
			profileScope,
			shippingCallback: {
				callback: { callbackUrl, callbackAuthorizationToken: '', ...token },
			},
		});
		const shipping = { dynamicOptions: { callbackUrl, ...token } };
		expect(body).toEqual({ ...BODY, ...SHARED, shipping });
	});
});

describe('the end of a long-living payment', () => {
	const HOUR = 3_600_000;
	const receiptJson = JSON.stringify({
		orderLines: [
			{
				name: 'Socks',
				id: '42',
				totalAmount: 49900,
				totalAmountExcludingTax: 49900,
				totalTaxAmount: 0,
				taxRate: 0,
			},
		],
		bottomLine: { currency: 'NOK' },
	});
	/** A full second, so that it can be written down. */
	const inHours = (hours: number) => new Date(Math.ceil(Date.now() / 1000) * 1000 + hours * HOUR);

	/** The wall clock of a time zone, as n8n's field gives it: without saying which. */
	const wallClock = (moment: Date, timeZone: string) =>
		moment.toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');

	const expiresAt = async (given: string, timezone?: string) => {
		const parameters = {
			resource: 'payment',
			authentication: 'merchantApi',
			...NEW_PAYMENT,
			additionalFields: { receiptJson, expiresAt: given },
		};
		const { error } = await runWorkflow(
			{
				nodes: [
					{ id: '0', name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
					{ id: '1', name: 'Create', type: ACTION, parameters },
				].map((node) => ({ typeVersion: 1, position: [0, 0], parameters: {}, ...node })),
				connections: { Start: { main: [[{ node: 'Create', type: 'main', index: 0 }]] } },
				settings: timezone ? { timezone } : {},
			},
			{
				credentials: await merchantKeys(simulator, { baseUrl: relay.url }),
				startNode: 'Start',
			},
		);
		expect(error).toBeUndefined();
		return bodiesTo(relay, CREATE)[0].expiresAt;
	};

	it.each(['Europe/Oslo', 'Europe/Helsinki', 'America/New_York'])(
		'without a time zone is meant in that of the workflow, %s',
		async (timezone) => {
			const moment = inHours(5);
			expect(await expiresAt(wallClock(moment, timezone), timezone)).toBe(moment.toISOString());
		},
	);

	it('with a time zone of its own keeps it', async () => {
		const moment = inHours(5);
		const given = `${wallClock(moment, 'Asia/Tokyo')}+09:00`;
		expect(await expiresAt(given, 'Europe/Oslo')).toBe(moment.toISOString());
	});

	it.each([
		['={{ $now.plus({ hours: 2 }) }}', 2],
		['={{ $now.plus(7, "days") }}', 7 * 24],
		['={{ new Date(Date.now() + 5 * 3600 * 1000) }}', 5],
	])('may be what the expression %s gives', async (expression, hours) => {
		const before = Date.now();
		const given = Date.parse(String(await expiresAt(expression, 'Europe/Oslo')));
		// n8n gives a Date in full seconds, and a week may hold a change of the clock.
		const off = hours === 7 * 24 ? HOUR : 1000;
		expect(given).toBeGreaterThanOrEqual(before + hours * HOUR - off);
		expect(given).toBeLessThanOrEqual(Date.now() + hours * HOUR + off);
	});

	it('is what the API knows it by, and the payment lives until then', async () => {
		const moment = inHours(5);
		await expiresAt(moment.toISOString());
		await simulator.control.post('/clock', { now: new Date(moment.getTime() - 1000) });
		expect(await paymentsOf(simulator)).toMatchObject([{ state: 'CREATED' }]);
		await simulator.control.post('/clock', { now: new Date(moment.getTime() + 1000) });
		expect(await paymentsOf(simulator)).toMatchObject([{ state: 'EXPIRED' }]);
	});
});

describe('the key of the request', () => {
	const keyOf = async (parameters: INodeParameters) => {
		await simulator.reset();
		relay.received.length = 0;
		await create(parameters);
		return String(
			relay.received.find(({ url }) => CREATE.test(url))?.headers['idempotency-key'] ?? '',
		);
	};

	it('is the same for the same payment in any execution, and another for any other', async () => {
		const key = await keyOf({});
		expect(key).toMatch(/^[a-zA-Z0-9-]{10,50}$/);
		expect(await keyOf({})).toBe(key);
		const others = [
			{ reference: 'acme-shop-order-2' },
			{ amount: '49901' },
			{ returnUrl: 'https://example.com/other' },
			{ paymentDescription: 'One pair of socks' },
			{ options: { merchantSerialNumber: '123456' } },
		];
		const keys = [key];
		for (const other of others) keys.push(await keyOf(other));
		expect(new Set(keys).size).toBe(others.length + 1);
	});

	it('may be the own one', async () => {
		const own = 'order-1-attempt-1';
		expect(await keyOf({ options: { idempotencyKey: own } })).toBe(own);
	});
});
