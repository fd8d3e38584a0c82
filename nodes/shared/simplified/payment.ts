import { flatten, withDecimals } from './flatten';

const FIELDS = {
	reference: 'reference',
	pspReference: 'pspReference',
	state: 'state',
	currency: 'amount.currency',
	amount: 'amount.value',
	capturedAmount: 'aggregate.capturedAmount.value',
	refundedAmount: 'aggregate.refundedAmount.value',
};

const AMOUNTS = ['amount', 'capturedAmount', 'refundedAmount'];

/** A payment in ten flat fields: which one, how it stands, what was asked, taken and paid back. */
export const simplifyPayment = (payment: object) => withDecimals(flatten(payment, FIELDS), AMOUNTS);
