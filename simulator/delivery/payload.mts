import { guaranteeOf } from '../api/epaymentViews.mts';
import type { Payment, PaymentEvent } from '../world/payment/payment.mts';

/** The event's name in a registration. */
export function eventNameOf({ name }: PaymentEvent): string {
	return `epayments.payment.${name.toLowerCase()}.v1`;
}

/** What a delivery says about a payment. Assumption: what the customer shares comes with the approval only. */
export function payloadOf(payment: Payment, event: PaymentEvent) {
	const { reference, pspReference, name, amount, timestamp, idempotencyKey, success } = event;
	return {
		msn: payment.unit.msn,
		reference,
		pspReference,
		name,
		amount,
		timestamp,
		...(idempotencyKey === null || name === 'CANCELLED' ? {} : { idempotencyKey }),
		success,
		...(name === 'AUTHORIZED' ? sharedIn(payment) : {}),
	};
}

function sharedIn(payment: Payment) {
	const { shared, shippingDetails } = payment;
	return {
		...(shippingDetails ? { shippingDetails } : {}),
		...(shared ? { userDetails: shared.userDetails, sub: shared.sub } : {}),
		...guaranteeOf(payment),
	};
}
