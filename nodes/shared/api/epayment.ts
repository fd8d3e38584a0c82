import type { Amount, MoneyMove, Payment, PaymentEvent } from '../payment/payment';
import type { ApiClient } from '../transport/client';
import { isObject, segment, type ApiObject } from './page';

const BASE = '/epayment/v1/payments';

const path = (reference: string, action = '') => `${BASE}/${segment(reference)}${action}`;

const subjectOf = (reference: string) => `payment ${reference}`;

/** These pass: another operation holds the payment, or the capture failed for the moment. */
const PASSING_CODES = ['6160', '6250', '6280'];

const isAmount = (value: unknown): value is Amount =>
	isObject(value) && Number.isSafeInteger(value.value) && typeof value.currency === 'string';

/** Money is only ever calculated from a body that has all of it. */
function readPayment(body: unknown): Payment | undefined {
	if (!isObject(body) || !isObject(body.aggregate)) return undefined;
	const { authorizedAmount, cancelledAmount, capturedAmount, refundedAmount } = body.aggregate;
	const amounts = [authorizedAmount, cancelledAmount, capturedAmount, refundedAmount];
	return amounts.every(isAmount) ? (body as Payment) : undefined;
}

/** A write goes out with the same key each time, so that a repetition does nothing twice. */
const write = (reference: string, idempotencyKey: string) =>
	({
		method: 'POST',
		headers: { 'Idempotency-Key': idempotencyKey },
		repeatable: true,
		passingCodes: PASSING_CODES,
		subject: subjectOf(reference),
	}) as const;

/**
 * Creates a payment. Gives its `reference` and, but for push messages, the `redirectUrl` for
 * the customer.
 *
 * @see https://developer.vippsmobilepay.com/api/epayment/
 */
export async function createPayment(
	client: ApiClient,
	reference: string,
	body: ApiObject,
	idempotencyKey: string,
): Promise<ApiObject> {
	return await client.request({
		...write(reference, idempotencyKey),
		path: BASE,
		body,
		read: (answer) => (isObject(answer) && 'reference' in answer ? answer : undefined),
	});
}

/** @param deadline until when (milliseconds since 1970) a failing read is repeated */
export async function getPayment(
	client: ApiClient,
	reference: string,
	deadline?: number,
): Promise<Payment> {
	return await client.request({
		path: path(reference),
		subject: subjectOf(reference),
		deadline,
		read: readPayment,
	});
}

/** Everything that happened to a payment, oldest first. */
export async function getEvents(client: ApiClient, reference: string): Promise<PaymentEvent[]> {
	return await client.request({
		path: path(reference, '/events'),
		subject: subjectOf(reference),
		read: (body) =>
			Array.isArray(body) && body.every(isObject) ? (body as PaymentEvent[]) : undefined,
	});
}

/** Captures or refunds an amount; gives the payment's money afterwards. */
export async function movePaymentMoney(
	client: ApiClient,
	move: MoneyMove,
	reference: string,
	modificationAmount: Amount,
	idempotencyKey: string,
): Promise<Payment> {
	return await client.request({
		...write(reference, idempotencyKey),
		path: path(reference, `/${move}`),
		body: { modificationAmount: { ...modificationAmount } },
		read: readPayment,
	});
}

/**
 * Cancels a payment that the customer has not approved yet, or releases what is reserved and
 * not captured. Whether the API remembers keys of this write is not documented.
 *
 * @param transactionOnly cancels nothing once the customer has approved
 */
export async function cancelPayment(
	client: ApiClient,
	reference: string,
	transactionOnly: boolean,
	idempotencyKey: string,
): Promise<Payment> {
	return await client.request({
		...write(reference, idempotencyKey),
		path: path(reference, '/cancel'),
		...(transactionOnly && { body: { cancelTransactionOnly: true } }),
		read: readPayment,
	});
}

/** Approves a payment in the customer's place; the test environment alone has it. Answers nothing. */
export async function approvePayment(
	client: ApiClient,
	reference: string,
	phoneNumber: string,
): Promise<void> {
	await client.request({
		method: 'POST',
		path: `/epayment/v1/test/payments/${segment(reference)}/approve`,
		body: { customer: { phoneNumber } },
		subject: subjectOf(reference),
		read: () => true,
	});
}
