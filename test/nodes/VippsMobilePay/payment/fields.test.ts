import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { loadPackage } from '../../../harness';
import { ACTION } from '../../../support/vipps';

let description: INodeTypeDescription;

beforeAll(async () => {
	const { nodes } = await loadPackage();
	({ description } = nodes[ACTION] as INodeType);
});

/** The fields that the editor shows for a payment, with defaults for what is not given. */
function shown(parameters: INodeParameters): INodeProperties[] {
	const node: INode = {
		id: '1',
		name: 'Vipps MobilePay',
		type: ACTION,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const given = { resource: 'payment', authentication: 'merchantApi', ...parameters };
	const values = NodeHelpers.getNodeParameters(
		description.properties,
		given,
		true,
		false,
		node,
		description,
	);
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(values ?? {}, property, node, description),
	);
}

const names = (parameters: INodeParameters) => shown(parameters).map(({ name }) => name);

const labels = (parameters: INodeParameters) =>
	shown(parameters).map(({ displayName }) => displayName);

/** The fields of every operation. */
const FRAME = ['resource', 'authentication', 'operation'];

const CREATE = [...FRAME, 'reference', 'amountUnit', 'amount', 'currency', 'userFlow'];
const CREATE_END = ['customerBy', 'paymentDescription', 'additionalFields', 'options'];

describe('the fields of a new payment', () => {
	it.each<[string, INodeParameters, string[]]>([
		['a web page', { userFlow: 'WEB_REDIRECT' }, ['returnUrl']],
		['an app', { userFlow: 'NATIVE_REDIRECT' }, ['returnUrl']],
		['a push message', { userFlow: 'PUSH_MESSAGE' }, []],
		['a QR code', { userFlow: 'QR' }, ['qrFormat']],
		['a QR code as text', { userFlow: 'QR', qrFormat: 'TEXT/TARGETURL' }, ['qrFormat']],
		['a QR code as PNG', { userFlow: 'QR', qrFormat: 'IMAGE/PNG' }, ['qrFormat', 'qrSize']],
	])('are those of the user flow: %s', (_name, flow, own) => {
		expect(names({ operation: 'create', ...flow })).toEqual([...CREATE, ...own, ...CREATE_END]);
	});

	it.each([
		['none', []],
		['phoneNumber', ['customerPhoneNumber']],
		['personalQr', ['customerPersonalQr']],
		['customerToken', ['customerToken']],
	])('are those of the customer: %s', (customerBy, own) => {
		const fields = names({ operation: 'create', customerBy });
		expect(fields.filter((name) => /^customer(?!By)/.test(name))).toEqual(own);
	});

	it('need an address to come back to on a web page, not in an app', () => {
		const returnUrl = (userFlow: string) =>
			shown({ operation: 'create', userFlow }).filter(({ name }) => name === 'returnUrl');
		expect(returnUrl('WEB_REDIRECT')).toMatchObject([{ required: true }]);
		expect(returnUrl('NATIVE_REDIRECT')[0].required).toBeUndefined();
	});

	it('keep a token of a customer and the one for the callback hidden', () => {
		const [token] = shown({ operation: 'create', customerBy: 'customerToken' }).filter(
			({ name }) => name === 'customerToken',
		);
		expect(token.typeOptions).toEqual({ password: true });
		const [{ options = [] }] = shown({ operation: 'create' }).filter(
			({ name }) => name === 'additionalFields',
		);
		const callback = (options as INodeProperties[]).find(({ name }) => name === 'shippingCallback');
		const [{ values }] = callback?.options as INodePropertyCollection[];
		const authorization = values.find(({ name }) => name === 'callbackAuthorizationToken');
		expect(authorization?.typeOptions).toEqual({ password: true });
	});
});

describe.each(['capture', 'refund'])('the fields of a %s', (operation) => {
	it('are the reference alone when all of it is meant', () => {
		expect(names({ operation })).toEqual([
			...FRAME,
			'reference',
			'amountMode',
			'simplify',
			'options',
		]);
		expect(names({ operation, amountMode: 'full', amountUnit: 'major' })).not.toContain('amount');
	});

	it.each([
		['minor', 'Amount in Minor Units'],
		['major', 'Amount in Major Units'],
	])('have one amount in %s units when a part is meant', (amountUnit, label) => {
		const parameters = { operation, amountMode: 'partial', amountUnit };
		expect(names(parameters)).toEqual([
			...FRAME,
			'reference',
			'amountMode',
			'amountUnit',
			'amount',
			'currency',
			'simplify',
			'options',
		]);
		expect(labels(parameters).filter((name) => name.startsWith('Amount in'))).toEqual([label]);
	});
});

it.each([
	['minor', 'Amount in Minor Units'],
	['major', 'Amount in Major Units'],
])('a new payment has one amount, in %s units', (amountUnit, label) => {
	const all = labels({ operation: 'create', amountUnit });
	expect(all.filter((name) => name.startsWith('Amount in'))).toEqual([label]);
});

it.each([
	['get', ['reference', 'simplify', 'options']],
	['getEvents', ['reference', 'options']],
	['cancel', ['reference', 'simplify', 'options']],
	['approve', ['approveNotice', 'reference', 'phoneNumber', 'simplify', 'options']],
	['waitForState', ['reference', 'states', 'timeoutSeconds', 'simplify', 'options']],
])('the fields of %s are its own only', (operation, own) => {
	expect(names({ operation })).toEqual([...FRAME, ...own]);
});

it.each([
	['create', ['idempotencyKey', 'merchantSerialNumber']],
	['get', ['merchantSerialNumber']],
	['getEvents', ['merchantSerialNumber']],
	['capture', ['checkBeforeSending', 'idempotencyKey', 'merchantSerialNumber']],
	['refund', ['checkBeforeSending', 'idempotencyKey', 'merchantSerialNumber']],
	['cancel', ['cancelTransactionOnly', 'idempotencyKey', 'merchantSerialNumber']],
	['approve', ['merchantSerialNumber']],
	['waitForState', ['merchantSerialNumber']],
])('the options of %s', (operation, expected) => {
	const [{ options = [] }] = shown({ operation }).filter(({ name }) => name === 'options');
	expect(options.map(({ name }) => name)).toEqual(expected);
});

it('the check before sending is on unless it is turned off', () => {
	for (const operation of ['capture', 'refund']) {
		const [{ options = [] }] = shown({ operation }).filter(({ name }) => name === 'options');
		expect(options[0]).toMatchObject({ name: 'checkBeforeSending', default: true });
	}
});

it('payments offer the keys of merchants only', () => {
	const [{ options = [] }] = shown({ operation: 'get' }).filter(
		({ name }) => name === 'authentication',
	);
	const offered = (options as INodePropertyOptions[])
		.filter(({ displayOptions }) => !displayOptions?.hide?.resource?.includes('payment'))
		.map(({ value }) => value);
	expect(offered).toEqual(['merchantApi']);
});

it('no other resource shows a field of payments', () => {
	for (const resource of ['ledger', 'sale', 'salesUnit', 'productOrder', 'merchant']) {
		for (const operation of ['getAll', 'get', 'create']) {
			const fields = names({ resource, operation });
			for (const name of ['userFlow', 'amount', 'amountMode', 'states', 'approveNotice']) {
				expect(fields).not.toContain(name);
			}
		}
	}
});
