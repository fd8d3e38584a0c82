import {
	approvePayment,
	cancelPayment,
	createPayment,
	getEvents,
	getPayment,
	movePaymentMoney,
} from '../../../nodes/shared/api/epayment';
import { answeringWith } from '../../support/apiClient';

const REFERENCE = 'acme-shop-order-1';
const KEY = 'a-key';
const money = (value: unknown, currency: unknown = 'NOK') => ({ currency, value });
const AMOUNT = { currency: 'NOK', value: 100 };

const PAYMENT = {
	reference: REFERENCE,
	state: 'AUTHORIZED',
	amount: money(49900),
	aggregate: {
		authorizedAmount: money(49900),
		cancelledAmount: money(0),
		capturedAmount: money(100),
		refundedAmount: money(0),
	},
	new: { field: ['of', 'tomorrow'] },
};

const withAggregate = (changes: object) => ({
	...PAYMENT,
	aggregate: { ...PAYMENT.aggregate, ...changes },
});

describe('a write', () => {
	test.each([
		[
			'creates',
			'',
			{ reference: REFERENCE },
			async (client: ReturnType<typeof answeringWith>) =>
				await createPayment(client, REFERENCE, { reference: REFERENCE }, KEY),
		],
		[
			'captures',
			`/${REFERENCE}/capture`,
			{ modificationAmount: AMOUNT },
			async (client: ReturnType<typeof answeringWith>) =>
				await movePaymentMoney(client, 'capture', REFERENCE, AMOUNT, KEY),
		],
		[
			'refunds',
			`/${REFERENCE}/refund`,
			{ modificationAmount: AMOUNT },
			async (client: ReturnType<typeof answeringWith>) =>
				await movePaymentMoney(client, 'refund', REFERENCE, AMOUNT, KEY),
		],
		[
			'cancels',
			`/${REFERENCE}/cancel`,
			undefined,
			async (client: ReturnType<typeof answeringWith>) =>
				await cancelPayment(client, REFERENCE, false, KEY),
		],
		[
			'cancels what is not approved',
			`/${REFERENCE}/cancel`,
			{ cancelTransactionOnly: true },
			async (client: ReturnType<typeof answeringWith>) =>
				await cancelPayment(client, REFERENCE, true, KEY),
		],
	])('that %s carries its key, may be repeated, and knows what passes', async (...args) => {
		const [, path, body, send] = args;
		const client = answeringWith(PAYMENT);
		expect(await send(client)).toEqual(PAYMENT);
		const [request] = client.asked;
		expect(request).toMatchObject({
			method: 'POST',
			path: `/epayment/v1/payments${path}`,
			headers: { 'Idempotency-Key': KEY },
			repeatable: true,
			passingCodes: ['6160', '6250', '6280'],
			subject: `payment ${REFERENCE}`,
		});
		expect(request.body).toEqual(body);
	});

	it('of the test approval has no key and is not repeated', async () => {
		const client = answeringWith('');
		await approvePayment(client, REFERENCE, '4712345678');
		const [{ path, repeatable, headers, body }] = client.asked;
		expect(path).toBe(`/epayment/v1/test/payments/${REFERENCE}/approve`);
		expect([repeatable, headers]).toEqual([undefined, undefined]);
		expect(body).toEqual({ customer: { phoneNumber: '4712345678' } });
	});
});

describe('an answer', () => {
	it('passes through with all its fields', async () => {
		expect(await getPayment(answeringWith(PAYMENT), REFERENCE)).toEqual(PAYMENT);
	});

	it.each([
		['nothing', undefined],
		['text', 'hello'],
		['a list', [PAYMENT]],
		['a payment without sums', { ...PAYMENT, aggregate: undefined }],
		['a sum that is missing', withAggregate({ capturedAmount: undefined })],
		['a sum without currency', withAggregate({ refundedAmount: { value: 0 } })],
		['a sum that is text', withAggregate({ capturedAmount: money('100') })],
		['a sum with a fraction', withAggregate({ capturedAmount: money(0.5) })],
		['a sum that is not exact', withAggregate({ authorizedAmount: money(2 ** 60) })],
		['a sum that is null', withAggregate({ cancelledAmount: null })],
	])('that is %s is none, so that nothing is calculated with it', async (_name, body) => {
		expect(await getPayment(answeringWith(body), REFERENCE)).toBeUndefined();
		const moved = movePaymentMoney(answeringWith(body), 'refund', REFERENCE, AMOUNT, KEY);
		expect(await moved).toBeUndefined();
	});

	it.each([[{}], [[null]], [['CREATED']], [''], [undefined]])(
		'of events that is %p is none',
		async (body) => expect(await getEvents(answeringWith(body), REFERENCE)).toBeUndefined(),
	);

	it('of events is a list, which may be empty', async () => {
		const events = [{ name: 'CREATED', new: 'field' }];
		expect(await getEvents(answeringWith(events), REFERENCE)).toEqual(events);
		expect(await getEvents(answeringWith([]), REFERENCE)).toEqual([]);
	});

	it('to a new payment names it', async () => {
		const created = { reference: REFERENCE, redirectUrl: 'https://example.com' };
		expect(await createPayment(answeringWith(created), REFERENCE, {}, KEY)).toEqual(created);
		expect(await createPayment(answeringWith({}), REFERENCE, {}, KEY)).toBeUndefined();
		expect(await createPayment(answeringWith(null), REFERENCE, {}, KEY)).toBeUndefined();
	});
});

it('a reference is one part of the path, whatever it holds', async () => {
	const client = answeringWith(PAYMENT);
	await getPayment(client, '../x?y#z/å', 5);
	expect(client.asked[0]).toMatchObject({
		path: '/epayment/v1/payments/..%2Fx%3Fy%23z%2F%C3%A5',
		deadline: 5,
	});
});
