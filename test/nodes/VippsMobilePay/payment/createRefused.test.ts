import type { INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { NEW_PAYMENT, pay } from '../../../support/pay';
import { expectRefused } from '../../../support/refused';
import { forgetRequests, requestLog } from '../../../support/simulated';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => await forgetRequests(simulator));

const refuses = async (parameters: INodeParameters, message: RegExp, advice: RegExp) =>
	await expectRefused(simulator, parameters, message, advice);

type Case = [name: string, parameters: INodeParameters, message: RegExp, advice: RegExp];

const REFERENCE = /8 to 64 characters/;
const AMOUNT = /between 1\.00 and 650000\.00 NOK/;
const HTTPS_OR_APP = /https:\/\/ \(or with the scheme of your own app/;
const PHONE = /country code and the number, digits only, 9 to 15/;

it.each<Case>([
	['no reference', { reference: '={{ "" }}' }, /'Reference' is empty/, /expression/],
	['a reference of blanks', { reference: '   ' }, /'Reference' is empty/, /expression/],
	['no reference at all', { reference: '={{ $json.none }}' }, /'Reference' is empty/, /expression/],
	['a short reference', { reference: 'order-1' }, /"order-1"/, REFERENCE],
	['a long reference', { reference: 'x'.repeat(65) }, /'Reference' is not valid/, REFERENCE],
	['a reference with a blank', { reference: 'order 12345' }, /'Reference' is not valid/, REFERENCE],
	['a reference with a slash', { reference: 'order/12345' }, /'Reference' is not valid/, REFERENCE],
	['a reference with an underscore', { reference: 'order_12345' }, /'Reference'/, REFERENCE],
	['a reference with a letter of Norway', { reference: 'ordre-ø-123' }, /'Reference'/, REFERENCE],
	['a reference with a line break', { reference: 'order-12\n345' }, /'Reference'/, REFERENCE],
	['a reference that is a list', { reference: '={{ [1, 2] }}' }, /'Reference' is empty/, /check/],
])('refused before anything is sent: %s', async (_name, ...refused) => await refuses(...refused));

it.each<Case>([
	['none', { currency: '' }, /'Currency' is empty/, /Enter a value/],
	['of Sweden', { currency: 'SEK' }, /"SEK" is not one of NOK, DKK and EUR/, /market/],
	['of an expression', { currency: '={{ "nkr" }}' }, /"NKR" is not one of/, /market/],
])('a currency that is refused: %s', async (_name, ...refused) => await refuses(...refused));

it.each<Case>([
	['below the least in Norway', { amount: '99' }, /0\.99 NOK is too small/, AMOUNT],
	['nothing, in Norway', { amount: '0' }, /0\.00 NOK is too small/, AMOUNT],
	[
		'nothing, in Denmark',
		{ amount: '0', currency: 'DKK' },
		/0\.00 DKK is too small/,
		/between 0\.01 and 650000\.00 DKK/,
	],
	[
		'nothing, in Finland',
		{ amount: '0.00', currency: 'EUR', amountUnit: 'major' },
		/0\.00 EUR is too small/,
		/between 0\.01 and/,
	],
	['above the most', { amount: '65000001' }, /650000\.01 NOK is too large/, AMOUNT],
	[
		'a hundred times too much',
		{ amount: '65000001', amountUnit: 'major' },
		/65000001\.00 NOK is too large/,
		/Check the amount unit: "65000001" was read in major units/,
	],
	['missing', { amount: '={{ "" }}' }, /'Amount' is not an amount in minor units/, /it is empty/],
	[
		'in a unit that is none',
		{ amountUnit: '={{ "øre" }}' },
		/'Amount Unit' is neither minor nor major: "øre"/,
		/minor or major/,
	],
])('an amount that is refused: %s', async (_name, ...refused) => await refuses(...refused));

it.each<Case>([
	['unknown', { userFlow: '={{ "CARRIER_PIGEON" }}' }, /'User Flow' cannot be/, /WEB_REDIRECT/],
	[
		'a push message to nobody',
		{ userFlow: 'PUSH_MESSAGE' },
		/push message needs to know its customer/,
		/By Phone Number, By Personal QR Code or By Customer Token/,
	],
	[
		'a QR code in a format that is none',
		{ userFlow: 'QR', qrFormat: '={{ "IMAGE/GIF" }}' },
		/'QR Format' cannot be "IMAGE\/GIF"/,
		/IMAGE\/PNG/,
	],
	...[99, 2001, 100.5].map(
		(qrSize): Case => [
			`a QR code of ${qrSize} pixels`,
			{ userFlow: 'QR', qrFormat: 'IMAGE/PNG', qrSize },
			/'QR Size' must be a whole number, 100 to 2000/,
			/100 to 2000/,
		],
	),
])('a user flow that is refused: %s', async (_name, ...refused) => await refuses(...refused));

it.each([
	'={{ "" }}',
	'http://example.com',
	'HTTP://example.com',
	'example.com/thanks',
	'localhost:5678/thanks',
	'mailto:ada@example.com',
	'javascript:alert(1)',
	'javascript://example.com/%0Aalert(1)',
	'data:text/html,hello',
	'vbscript://x',
	'blob:https://example.com/1',
	'file:///etc/hosts',
	'https://',
	'//example.com',
	`https://example.com/${'x'.repeat(2_500)}`,
	'={{ $json.none }}',
])('a return URL that is refused: %.60s', async (returnUrl) => {
	await refuses({ returnUrl }, /The 'Return URL' is not valid/, HTTPS_OR_APP);
});

it.each(['http://example.com', 'localhost:1234'])(
	'a return URL into an app that is refused: %s',
	async (returnUrl) => {
		const parameters = { userFlow: 'NATIVE_REDIRECT', returnUrl };
		await refuses(parameters, /The 'Return URL' is not valid/, HTTPS_OR_APP);
	},
);

it.each([
	'={{ "" }}',
	'12345678',
	'+4712345678',
	'004712345678 ext. 1',
	'47 123 45 678',
	'47-12345678',
	'4712345678901234',
	'４７１２３４５６７８',
	'={{ null }}',
	'={{ 1e21 }}',
	'={{ 4712345678.5 }}',
	'={{ [4712345678] }}',
])('a phone number that is refused: %j', async (customerPhoneNumber) => {
	const parameters = { customerBy: 'phoneNumber', customerPhoneNumber };
	await refuses(parameters, /The phone number is not valid/, PHONE);
});

it.each<Case>([
	[
		'an empty QR code',
		{ customerBy: 'personalQr', customerPersonalQr: '={{ "" }}' },
		/'Personal QR Code' is empty/,
		/Enter/,
	],
	[
		'a short QR code',
		{ customerBy: 'personalQr', customerPersonalQr: 'abcd' },
		/has 4 characters/,
		/5 to 255/,
	],
	[
		'a long QR code',
		{ customerBy: 'personalQr', customerPersonalQr: 'x'.repeat(256) },
		/has 256 characters/,
		/5 to 255/,
	],
	[
		'an empty token',
		{ customerBy: 'customerToken', customerToken: '={{ "" }}' },
		/'Customer Token' is empty/,
		/Enter/,
	],
])('a customer who is refused: %s', async (_name, ...refused) => await refuses(...refused));

it.each<Case>([
	['of 2 characters', { paymentDescription: 'ab' }, /has 2 characters/, /3 to 100/],
	['of 2 signs that are 4', { paymentDescription: '🧦🧦' }, /has 2 characters/, /3 to 100/],
	['of 101 characters', { paymentDescription: 'x'.repeat(101) }, /has 101 characters/, /3 to 100/],
	['of an object', { paymentDescription: '={{ $json }}' }, /is no text: \{\}/, /3 to 100/],
])('a description that is refused: %s', async (_name, ...refused) => await refuses(...refused));

it.each<Case>([
	['empty key', { idempotencyKey: 'not a key' }, /"not a key"/, /1 to 50/],
	['long key', { idempotencyKey: 'x'.repeat(51) }, /'Idempotency Key' is not valid/, /1 to 50/],
	['odd key', { idempotencyKey: 'nøkkel' }, /'Idempotency Key' is not valid/, /1 to 50/],
])(
	'an own key that is refused: %s',
	async (_name, options, ...refused) => await refuses({ options }, ...refused),
);

it('a refused item stops the node and is named, and those after it are not sent', async () => {
	const { items, error } = await pay(
		simulator,
		{ ...NEW_PAYMENT, reference: '={{ $json.reference }}' },
		{ items: [{ reference: 'bad' }, { reference: 'acme-shop-order-2' }] },
	);
	expect(items).toEqual([]);
	expect(error).toMatchObject({
		name: 'NodeOperationError',
		message: expect.stringContaining('[item 0]'),
		description: expect.stringMatching(REFERENCE),
		context: { itemIndex: 0 },
	});
	expect((await requestLog(simulator)).total).toBe(0);
});
