/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { Socket } from 'node:net';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { customer, NEW_PAYMENT, pay, paymentsOf } from '../../../support/pay';
import { apiPaths, apiRequests, disturb, requestLog } from '../../../support/simulated';
import { merchantKeys } from '../../../support/vipps';

let simulator: Simulator;

const REFERENCE = NEW_PAYMENT.reference;

beforeAll(async () => (simulator = await startSimulator()));

beforeEach(async () => {
	await simulator.reset({ data: 'empty' });
	const additionalFields = {
		metadata: { pairs: [{ key: 'order', value: '17' }] },
		profileScope: ['name', 'email'],
	};
	await pay(simulator, { ...NEW_PAYMENT, additionalFields });
	await simulator.control.delete('/requests');
});

/** What the simulator tells of a payment besides what its API does. */
const CONTROL_ONLY = ['landingUrl', 'events', 'merchantSerialNumber'];

const read = async (operation: string, parameters: INodeParameters = {}) =>
	await pay(simulator, { operation, reference: REFERENCE, ...parameters });

describe('get', () => {
	it('gives the payment as the API has it, money in minor units', async () => {
		await customer(simulator, 'approve', REFERENCE);
		const { json, error } = await read('get');
		expect(error).toBeUndefined();
		const [payment] = await paymentsOf(simulator);
		for (const name of CONTROL_ONLY) delete payment[name];
		expect(json).toEqual([payment]);
		const nok = (value: number) => ({ currency: 'NOK', value });
		expect(json[0]).toMatchObject({
			reference: REFERENCE,
			state: 'AUTHORIZED',
			amount: nok(49900),
			aggregate: {
				authorizedAmount: nok(49900),
				cancelledAmount: nok(0),
				capturedAmount: nok(0),
				refundedAmount: nok(0),
			},
			metadata: { order: '17' },
			userDetails: { firstName: 'Ada', email: 'ada@example.com' },
			captureGuaranteedUntil: expect.any(String),
		});
		expect(await apiPaths(simulator)).toEqual([`/epayment/v1/payments/${REFERENCE}`]);
	});

	it('lets fields and states through that it does not know', async () => {
		const payment = {
			...(await paymentsOf(simulator))[0],
			state: 'PONDERED',
			weather: { wind: [1] },
		};
		await disturb(simulator, { path: '/payments/', status: 200, body: payment });
		expect((await read('get')).json).toEqual([payment]);
	});

	it.each([
		['is HTML', '<html></html>'],
		['is a list', []],
		['has no money', { reference: REFERENCE, state: 'AUTHORIZED' }],
		[
			'has money in decimals',
			{
				reference: REFERENCE,
				aggregate: Object.fromEntries(
					['authorizedAmount', 'cancelledAmount', 'capturedAmount', 'refundedAmount'].map(
						(name) => [name, { currency: 'NOK', value: 0.5 }],
					),
				),
			},
		],
	])('asks again when the answer %s', async (_name, body) => {
		await disturb(simulator, { path: '/payments/', status: 200, body });
		expect((await read('get')).json).toMatchObject([{ state: 'CREATED' }]);
		expect(await apiRequests(simulator)).toHaveLength(2);
	});

	it('says what to do about a payment that is not there', async () => {
		const { error } = await read('get', { reference: 'acme-shop-order-9' });
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
		expect(error?.message).toContain('payment acme-shop-order-9');
		expect(error?.description).toMatch(/reference.*sales unit/is);
	});
});

describe('getEvents', () => {
	it('gives one item an event, oldest first', async () => {
		await customer(simulator, 'approve', REFERENCE);
		await pay(simulator, { operation: 'capture', reference: REFERENCE });
		await simulator.control.delete('/requests');
		const { items, error } = await read('getEvents');
		expect(error).toBeUndefined();
		expect(items[0].map(({ json }) => json)).toEqual((await paymentsOf(simulator))[0].events);
		expect(items[0].map(({ json, pairedItem }) => [json.name, pairedItem])).toEqual([
			['CREATED', { item: 0 }],
			['AUTHORIZED', { item: 0 }],
			['CAPTURED', { item: 0 }],
		]);
		expect(await apiPaths(simulator)).toEqual([`/epayment/v1/payments/${REFERENCE}/events`]);
	});

	it('gives no item when there is none', async () => {
		await disturb(simulator, { path: '/events', status: 200, body: [] });
		const { items, error } = await read('getEvents');
		expect(error).toBeUndefined();
		expect(items).toEqual([[]]);
	});
});

describe('approve', () => {
	it('approves in the place of a test user and gives the payment', async () => {
		const { json, error } = await read('approve', { phoneNumber: '4712345678' });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ reference: REFERENCE, state: 'AUTHORIZED' }]);
		expect(await apiPaths(simulator)).toEqual([
			`/epayment/v1/test/payments/${REFERENCE}/approve`,
			`/epayment/v1/payments/${REFERENCE}`,
		]);
	});

	it('of what cannot be approved tells the reason of the API', async () => {
		await customer(simulator, 'abort', REFERENCE);
		const { error } = await read('approve', { phoneNumber: '4712345678' });
		expect(error).toMatchObject({ name: 'NodeApiError' });
		expect(error?.description).toContain('10010');
	});

	it('wants a phone number', async () => {
		const { error } = await read('approve', { phoneNumber: '123' });
		expect(error?.message).toContain('The phone number is not valid: "123" [item 0]');
		expect((await requestLog(simulator)).total).toBe(0);
	});

	it.each<[string, ICredentialDataDecryptedObject]>([
		['production', { environment: 'production' }],
		['an expression that means production', { environment: '={{ "production" }}' }],
		['an environment that is not said', { environment: '' }],
		['an environment that does not exist', { environment: 'staging' }],
	])('is refused before anything is sent for %s', async (_name, changes) => {
		const credentials = await merchantKeys(simulator, changes);
		const connect = jest.spyOn(Socket.prototype, 'connect');
		const { error } = await pay(
			simulator,
			{ operation: 'approve', reference: REFERENCE, phoneNumber: '4712345678' },
			{ credentials },
		);
		expect(error?.message).toContain('Only the customer can approve a payment in production');
		expect(error?.description).toContain('Nothing was sent');
		expect(connect.mock.calls.length).toBe(0);
		connect.mockRestore();
	});
});
