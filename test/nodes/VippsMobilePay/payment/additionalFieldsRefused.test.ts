import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { expectRefused } from '../../../support/refused';
import { forgetRequests } from '../../../support/simulated';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => await forgetRequests(simulator));

type Case = [name: string, fields: INodeParameters, message: RegExp, advice: RegExp];

const refuses = async (
	additionalFields: INodeParameters,
	message: RegExp,
	advice: RegExp,
	more: INodeParameters = {},
) => await expectRefused(simulator, { ...more, additionalFields }, message, advice);

describe('the payment method', () => {
	it('passed through is for others', async () => {
		await refuses({ paymentMethod: '={{ "CARD_PASSTHROUGH" }}' }, /cannot be/, /Wallet or Card/);
	});

	it.each<INodeParameters>([
		{ userFlow: 'QR' },
		{ userFlow: 'NATIVE_REDIRECT' },
		{ userFlow: 'PUSH_MESSAGE', customerBy: 'phoneNumber', customerPhoneNumber: '4712345678' },
	])('Card needs the web page: $userFlow', async (flow) => {
		await refuses({ paymentMethod: 'CARD' }, /Card works with/, /Change one of the two/, flow);
	});

	const blockedSources = ['COMMERCIAL_CARDS'];

	it.each<[string, INodeParameters, INodeParameters]>([
		['in Norway', {}, { currency: 'NOK' }],
		['for cards', { paymentMethod: 'CARD' }, { currency: 'DKK' }],
	])('cannot be blocked %s', async (_name, fields, more) => {
		const problem = /'Blocked Sources' can be used in Denmark and Finland only, with the wallet/;
		await refuses({ ...fields, blockedSources }, problem, /Remove the field/, more);
	});
});

it.each<Case>([
	[
		'a scope that is none',
		{ profileScope: '={{ "name shoeSize" }}' },
		/'Profile Scope' cannot be "shoeSize"/,
		/address, birthDate, email, name, phoneNumber, nin/,
	],
	...['-1', '101', '17.5', '={{ "adult" }}'].map(
		(minimumUserAge): Case => [
			`an age of ${minimumUserAge}`,
			{ minimumUserAge },
			/'Minimum User Age' cannot be/,
			/whole number, 0 to 100/,
		],
	),
	[
		'a receipt without https',
		{ receiptUrl: 'http://example.com/1' },
		/'Receipt URL' is not valid/,
		/https/,
	],
	[
		'terms without https',
		{ merchantLegalLinks: { links: { termsOfSaleUrl: 'http://example.com' } } },
		/'Terms of Sale URL' is not valid/,
		/must begin with https:\/\/ and/,
	],
	[
		'privacy in an app',
		{ merchantLegalLinks: { links: { privacyPolicyUrl: 'myapp://privacy' } } },
		/'Privacy Policy URL' is not valid/,
		/must begin with https:\/\/ and/,
	],
])('refused before anything is sent: %s', async (_name, ...refused) => await refuses(...refused));

describe('metadata', () => {
	const pair = (key: string, value = 'x') => ({ key, value });

	it.each<[string, Array<{ key: string; value: string }>, RegExp]>([
		['six pairs', ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => pair(key)), /has 6 pairs/],
		['a long key', [pair('k'.repeat(101))], /has a key of 101 characters/],
		['a long value', [pair('key', 'v'.repeat(501))], /has 501 characters in "key"/],
		['a key twice', [pair('key'), pair(' key ')], /has the same key twice/],
		['no key', [pair('', 'value')], /has a value without a key/],
		['an object', [pair('key', '={{ $json }}')], /has a value that is no text/],
	])('with %s', async (_name, pairs, message) => {
		await refuses({ metadata: { pairs } }, message, /at most 5 different keys of at most 100/);
	});
});

describe('airline data', () => {
	const TICKET = {
		agencyInvoiceNumber: '123456',
		airlineCode: '074',
		airlineDesignatorCode: 'KL',
		passengerName: 'EXAMPLE/ADA MRS',
		ticketNumber: '0741234567890',
	};

	it.each([
		['agencyInvoiceNumber', '', 'Agency Invoice Number', '1 to 6'],
		['agencyInvoiceNumber', '1234567', 'Agency Invoice Number', '1 to 6'],
		['airlineCode', '74', 'Airline Code', '3'],
		['airlineCode', '0074', 'Airline Code', '3'],
		['airlineDesignatorCode', 'K', 'Airline Designator Code', '2'],
		['airlineDesignatorCode', 'KLM', 'Airline Designator Code', '2'],
		['passengerName', '', 'Passenger Name', '1 to 49'],
		['passengerName', 'x'.repeat(50), 'Passenger Name', '1 to 49'],
		['ticketNumber', '1'.repeat(151), 'Ticket Number', '0 to 150'],
	])('with %s of %j', async (name, value, displayName, range) => {
		await refuses(
			{ airlineData: { ticket: { ...TICKET, [name]: value } } },
			new RegExp(`'${displayName}' of the airline data has ${value.length} characters`),
			new RegExp(`^It must have ${range}\\.$`),
		);
	});
});

const LINE = {
	name: 'Socks',
	id: '42',
	taxRate: '25',
	totalAmount: '12500',
	totalTaxAmount: '2500',
};

describe('order lines', () => {
	const REFUSED_UNITS = /needs a quantity together with a unit price/;
	const AMOUNT = /is not an amount in minor units/;

	it.each<[string, INodeParameters, RegExp, RegExp]>([
		['without a name', { name: '' }, /lacks 'name'/, /needs a name, a product ID/],
		['without an ID', { id: '' }, /lacks 'id'/, /needs a name, a product ID/],
		['without an amount', { totalAmount: '' }, /lacks 'totalAmount'/, /total amount/],
		['without a tax', { totalTaxAmount: '={{ null }}' }, /lacks 'totalTaxAmount'/, /tax/],
		['without a tax rate', { taxRate: '' }, /lacks 'taxRate'/, /tax rate/],
		['with more tax than amount', { totalTaxAmount: '12501' }, /"Socks" is more than/, /Check/],
		['with a rate above 100', { taxRate: '100.01' }, /"Socks" is more than/, /Check/],
		['with a rate of three decimals', { taxRate: '25.555' }, /'Tax Rate in Percent'/, /decimals/],
		['with a rate in percent signs', { taxRate: '25%' }, /'Tax Rate in Percent'/, /plain number/],
		['with øre and decimals', { totalAmount: '125.00' }, AMOUNT, /it has decimals/],
		['with an odd discount', { discount: '10%' }, AMOUNT, /plain number/],
		['with an odd unit price', { unitPrice: '6 250' }, AMOUNT, /a blank/],
		['with a quantity alone', { quantity: '2' }, REFUSED_UNITS, /2 or 0\.822/],
		['with a quantity of many digits', units('={{ 0.1 + 0.2 }}'), REFUSED_UNITS, /10 characters/],
		['with a quantity and a comma', units('0,5'), REFUSED_UNITS, /2 or 0\.822/],
		['with a negative quantity', units('-1'), REFUSED_UNITS, /2 or 0\.822/],
		['with a tiny quantity', units('={{ 1e-7 }}'), REFUSED_UNITS, /2 or 0\.822/],
	])('%s', async (_name, changes, message, advice) => {
		await refuses({ orderLines: { lines: [LINE, { ...LINE, ...changes }] } }, message, advice);
	});

	function units(quantity: string) {
		return { quantity, unitPrice: '6250' };
	}

	it('with details alone', async () => {
		const receiptDetails = { details: { posId: 'till-1' } };
		await refuses({ receiptDetails }, /receipt has no order lines/, /Add at least one/);
	});

	it.each(['tipAmount', 'card', 'giftCard', 'voucher', 'cash'])(
		'with an odd %s below',
		async (name) => {
			const receiptDetails = { details: { [name]: '1,50' } };
			await refuses({ orderLines: { lines: [LINE] }, receiptDetails }, AMOUNT, /a comma/);
		},
	);
});

describe('a receipt as JSON', () => {
	const LINE_JSON = {
		name: 'Socks',
		id: '42',
		totalAmount: 12500,
		totalAmountExcludingTax: 10000,
		totalTaxAmount: 2500,
		taxRate: 2500,
	};
	const bottomLine = { currency: 'NOK' };
	const NONE = /it is not an object with orderLines and bottomLine/;

	const line = (changes: IDataObject) => ({
		orderLines: [LINE_JSON, { ...LINE_JSON, ...changes }],
		bottomLine,
	});
	const bottom = (changes: IDataObject) => ({
		orderLines: [LINE_JSON],
		bottomLine: { ...bottomLine, ...changes },
	});

	it.each<[string, unknown, RegExp]>([
		['that is none', '{', NONE],
		['that is a list', [LINE_JSON], NONE],
		['that is a number', 7, NONE],
		['without lines', { bottomLine }, NONE],
		['with an empty list of lines', { orderLines: [], bottomLine }, NONE],
		['without a bottom line', { orderLines: [LINE_JSON] }, /bottomLine is not an object/],
		[
			'with a line that is none',
			{ orderLines: [null], bottomLine },
			/orderLines\[0\] is not an obj/,
		],
		['with another field', { ...line({}), total: 1 }, /: total is not known to the API/],
		['with a foreign field', line({ colour: 'red' }), /orderLines\[1\]\.colour is not known/],
		['with a field of objects', line({ constructor: 1 }), /orderLines\[1\]\.constructor is not/],
		[
			'with a foreign field inside',
			line({ unitInfo: { unitPrice: 1, quantity: '1', colour: 'red' } }),
			/orderLines\[1\]\.unitInfo\.colour is not known/,
		],
		['with an old field', bottom({ totalTax: 1 }), /bottomLine\.totalTax is not known/],
		['with decimals', line({ totalAmount: 125.5 }), /\[1\]\.totalAmount is not a whole number/],
		['with a text as amount', line({ discount: '100' }), /\[1\]\.discount is not a whole/],
		['with a tip in decimals', bottom({ tipAmount: 0.5 }), /bottomLine\.tipAmount is not a whole/],
		[
			'with a source in decimals',
			bottom({ paymentSources: { card: 1.5 } }),
			/bottomLine\.paymentSources\.card is not a whole/,
		],
	])('%s', async (_name, receipt, message) => {
		const receiptJson = typeof receipt === 'string' ? receipt : JSON.stringify(receipt);
		await refuses({ receiptJson }, message, /such as \{"orderLines"/);
	});

	it('with order lines', async () => {
		const fields = { receiptJson: JSON.stringify(line({})), orderLines: { lines: [LINE] } };
		await refuses(fields, /receipt is given twice/, /Use either/);
	});
});

describe('Expires At', () => {
	const orderLines = { lines: [LINE] };
	const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

	it('without a receipt', async () => {
		await refuses(
			{ expiresAt: inMinutes(60) },
			/'Expires At' needs a receipt/,
			/Add 'Order Lines'/,
		);
	});

	it.each([
		['in nine minutes', inMinutes(9), /too soon: \d{4}-.*Z/],
		['yesterday', inMinutes(-24 * 60), /too soon/],
		['in 60 days', inMinutes(60 * 24 * 60 + 10), /too late/],
	])('%s', async (_name, expiresAt, message) => {
		await refuses({ orderLines, expiresAt }, message, /more than 10 minutes and less than 60 days/);
	});

	const nextYear = new Date().getUTCFullYear() + 1;

	it.each([
		'soon',
		`31.12.${nextYear} 18:00`,
		`12/31/${nextYear} 18:00`,
		`${nextYear}-02-30T12:00:00`,
		'12:00',
		'={{ Date.now() }}',
		'={{ {} }}',
	])('as %s', async (expiresAt) => {
		await refuses({ orderLines, expiresAt }, /is no point in time/, /2026-12-31T18:00:00/);
	});
});

describe('shipping', () => {
	const ALL = ['name', 'address', 'email', 'phoneNumber'];
	const OPTION = { id: 'home', name: 'Home', amount: '4900' };
	const options = (changes: INodeParameters) => ({
		shippingOptions: { options: [{ ...OPTION, ...changes }] },
	});
	const callback = (callbackUrl: string) => ({ shippingCallback: { callback: { callbackUrl } } });

	it.each([...ALL, 'none of them'])('without the scope %s', async (missing) => {
		const profileScope = ALL.filter((scope) => ALL.includes(missing) && scope !== missing);
		const message = /needs name, address, e-mail and phone number/;
		await refuses({ ...options({}), profileScope }, message, /'Profile Scope'/);
	});

	it.each<Case>([
		[
			'by card',
			{ ...options({}), paymentMethod: 'CARD' },
			/and the wallet/,
			/'Payment Method' at Wallet/,
		],
		[
			'to a country without a code',
			{ ...options({}), shippingCountries: 'NO, Norway' },
			/"NORWAY"/,
			/two letters/,
		],
		[
			'to countries, of nothing',
			{ shippingCountries: 'NO' },
			/needs shipping options or a shipping callback/,
			/Use either/,
		],
		['in two ways', { ...options({}), ...callback('https://example.com') }, /both/, /Use either/],
		['without an ID', options({ id: '' }), /lacks its ID or its name/, /ID of your own/],
		['without a name', options({ name: '' }), /lacks its ID or its name/, /ID of your own/],
		['without a price', options({ amount: '' }), /'Shipping amount' is not an amount/, /empty/],
		['with an odd price', options({ amount: '49,00' }), /'Shipping amount'/, /a comma/],
		[
			'called back without https',
			callback('http://example.com'),
			/'Shipping Callback URL'/,
			/https/,
		],
		['called back in an app', callback('myapp://shipping'), /'Shipping Callback URL'/, /https/],
	])('%s', async (_name, fields, message, advice) => {
		await refuses({ profileScope: ALL, ...fields }, message, advice);
	});
});
