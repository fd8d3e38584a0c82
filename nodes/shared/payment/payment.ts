/** An amount of the ePayment API: `value` in minor units. */
export interface Amount {
	currency: string;
	value: number;
}

/** The money of a payment that has moved so far. */
export interface Aggregate {
	authorizedAmount: Amount;
	cancelledAmount: Amount;
	capturedAmount: Amount;
	refundedAmount: Amount;
}

/** A payment as the ePayment API gives it; unknown fields pass through. */
export interface Payment {
	reference: string;
	state: string;
	amount: Amount;
	aggregate: Aggregate;
	[field: string]: unknown;
}

/** One entry of a payment's history. */
export interface PaymentEvent {
	name: string;
	amount?: Amount;
	success?: boolean;
	/** Of the request that caused it; absent or null on what the customer did. */
	idempotencyKey?: string | null;
	[field: string]: unknown;
}

/** What changes the money of an authorized payment. */
export type MoneyMove = 'capture' | 'refund';

/** A payment comes out of these no more; only its money moves on. */
export const FINAL_STATES: readonly string[] = ['AUTHORIZED', 'ABORTED', 'EXPIRED', 'TERMINATED'];

/** What can still be captured or refunded, in minor units. */
export function amountLeft({ aggregate }: Payment, move: MoneyMove): number {
	const { authorizedAmount, cancelledAmount, capturedAmount, refundedAmount } = aggregate;
	return move === 'capture'
		? authorizedAmount.value - cancelledAmount.value - capturedAmount.value
		: capturedAmount.value - refundedAmount.value;
}

/** What has been captured or refunded so far, in minor units. */
export const amountMoved = ({ aggregate }: Payment, move: MoneyMove): number =>
	(move === 'capture' ? aggregate.capturedAmount : aggregate.refundedAmount).value;
