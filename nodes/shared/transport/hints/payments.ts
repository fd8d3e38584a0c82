import { PAYMENT_HINTS } from '../paymentHints';
import type { Problem } from '../problem';
import { isWrite, type Advice, type Asked } from './advice';

const FIELDS_REFUSED: Advice = {
	message: 'Vipps MobilePay did not accept some fields',
	hint: 'Check the fields that are named here.',
	cause: 'configuration-invalid',
};

const NOT_ALLOWED: Advice = {
	message: 'This sales unit may not do this, or these keys do not belong to it',
	hint: 'Check the merchant serial number, and that the sales unit has the product that is used here. Payments take the keys of the sales unit, or partner keys that are connected to it.',
	cause: 'credential-invalid',
};

const CONFLICT: Advice = {
	message: 'This request contradicts an earlier one for the same payment',
	hint: "The 'Reference' or the idempotency key was used before for another request; nothing was done twice. Read the payment with 'Get' to see what was done.",
	cause: 'configuration-invalid',
};

const LOCKED: Advice = {
	message: 'Vipps MobilePay is still working on an earlier request for this payment',
	hint: "Wait a minute and read the payment with 'Get' before you run this again: only with the same idempotency key, as 'Retry On Fail' sends it, nothing is done twice.",
	cause: 'temporarily-unavailable',
};

const TOO_MANY: Advice = {
	message: 'Vipps MobilePay received too many requests for this payment',
	hint: 'It takes at most 5 changes and 120 readings a minute for one payment. Wait a minute, then run this again.',
	cause: 'rate-limited',
};

const isPaymentPath = (path: string) => /\/payments\/[^/]+/.test(path);

/** What the ePayment API means: its own code says more than the status. */
export function paymentAdvice(problem: Problem, asked: Asked): Advice | undefined {
	const { status, code, fields } = problem;
	const known = code === undefined ? undefined : PAYMENT_HINTS.get(code);
	if (known) return known;
	if (status === 400 && code === undefined && fields.length > 0) return FIELDS_REFUSED;
	if (status === 403) return NOT_ALLOWED;
	if (status === 404 && isPaymentPath(asked.path)) return PAYMENT_HINTS.get('5090');
	if (status === 409) return CONFLICT;
	if (status === 423 && isWrite(asked)) return LOCKED;
	if (status === 429) return TOO_MANY;
	return undefined;
}
