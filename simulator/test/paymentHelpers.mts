import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { keys } from '../keys.mts';
import type { Answer, Client, Json } from './helpers.mts';

export const now = '2026-10-05T12:00:00.000Z';

/** The body of a new payment that is in order. */
export const order = {
	amount: { currency: 'NOK', value: 49900 },
	paymentMethod: { type: 'WALLET' },
	reference: 'acme-shop-123-order123abc',
	userFlow: 'WEB_REDIRECT',
	returnUrl: 'https://example.com/redirect?reference=acme-shop-123-order123abc',
	paymentDescription: 'One pair of socks',
};

export const receipt = {
	orderLines: [
		{
			name: 'socks',
			id: '1234567890',
			totalAmount: 1000,
			totalAmountExcludingTax: 800,
			totalTaxAmount: 200,
			taxRate: 2500,
			unitInfo: { unitPrice: 500, quantity: '2', quantityUnit: 'PCS' },
		},
	],
	bottomLine: { currency: 'NOK', receiptNumber: '1234567' },
};

export interface Call {
	keyType?: 'merchant' | 'partner' | 'accounting';
	msn?: string | null;
	/** A new one for each write when left out; none when null. */
	key?: string | null;
	headers?: Record<string, string>;
}

export interface Payer {
	call(method: string, path: string, body?: unknown, call?: Call): Promise<Answer>;
	create(changes?: object, call?: Call): Promise<Answer>;
	/** Creates a payment, which must succeed, and approves it. */
	authorized(changes?: Json, call?: Call): Promise<string>;
	get(reference: string, call?: Call): Promise<Answer>;
	events(reference: string, call?: Call): Promise<Json[]>;
	capture(reference: string, value: number, call?: Call): Promise<Answer>;
	refund(reference: string, value: number, call?: Call): Promise<Answer>;
	cancel(reference: string, body?: object, call?: Call): Promise<Answer>;
}

/** Requests to the ePayment API as a merchant makes them, NOK in the sales unit of the merchant keys unless told otherwise. */
export function payer(simulator: Client, currency = 'NOK', usual: Call = {}): Payer {
	const request: Payer['call'] = (method, path, body, call) => {
		const {
			keyType = 'merchant',
			msn = keys.merchant.merchantSerialNumber,
			key = randomUUID(),
			headers = {},
		} = { ...usual, ...call };
		return simulator.getAs(keyType, `/epayment/v1${path}`, {
			method,
			headers: {
				...(msn === null ? {} : { 'merchant-serial-number': msn }),
				...(method === 'POST' && key !== null ? { 'idempotency-key': key } : {}),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			...(body === undefined
				? {}
				: { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
	};
	const modify = (name: string) => (reference: string, value: number, call?: Call) =>
		request(
			'POST',
			`/payments/${reference}/${name}`,
			{ modificationAmount: { currency, value } },
			call,
		);
	const create: Payer['create'] = (changes, call) =>
		request('POST', '/payments', { ...order, ...changes }, call);
	return {
		call: request,
		create,
		async authorized(changes = {}, call) {
			const reference = changes.reference ?? `order-${randomUUID()}`;
			const made = await create({ ...changes, reference }, call);
			assert.equal(made.status, 201, JSON.stringify(made.body));
			await simulator.control('/payments/approve', { reference });
			return reference;
		},
		get: (reference, call) => request('GET', `/payments/${reference}`, undefined, call),
		events: async (reference, call) =>
			(await request('GET', `/payments/${reference}/events`, undefined, call)).body,
		capture: modify('capture'),
		refund: modify('refund'),
		cancel: (reference, body, call) => request('POST', `/payments/${reference}/cancel`, body, call),
	};
}

/** The ErrorCode of a problem, or undefined where there is none. */
export function codeOf({ body }: Answer): string | undefined {
	return body.extraDetails?.find(({ name }: Json) => name === 'ErrorCode')?.reason;
}

/** What is authorized, cancelled, captured and refunded, in minor units. */
export function sums({ body }: Answer): number[] {
	const { authorizedAmount, cancelledAmount, capturedAmount, refundedAmount } = body.aggregate;
	return [authorizedAmount, cancelledAmount, capturedAmount, refundedAmount].map(
		({ value }) => value,
	);
}
