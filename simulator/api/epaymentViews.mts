import type { Payment } from '../world/payment/payment.mts';

/** The four sums of a payment, as the ePayment API writes them. */
export function aggregateOf({ amount: { currency }, totals }: Payment) {
	const money = (value: number) => ({ currency, value });
	return {
		authorizedAmount: money(totals.authorized),
		cancelledAmount: money(totals.cancelled),
		capturedAmount: money(totals.captured),
		refundedAmount: money(totals.refunded),
	};
}

/** Where the customer is sent. @returns undefined for a push message, which needs no address */
export function redirectUrlOf(payment: Payment, url: string): string | undefined {
	const { userFlow, qrFormat } = payment.order;
	if (userFlow === 'PUSH_MESSAGE') return undefined;
	const isImage = userFlow === 'QR' && qrFormat?.format !== 'TEXT/TARGETURL';
	return isImage ? `${url}/simulator/qr?token=${payment.token}` : landingUrlOf(payment, url);
}

/** The page on which the customer approves or cancels. */
export function landingUrlOf({ token }: Payment, url: string): string {
	return `${url}/simulator/landing?token=${token}`;
}

/** A payment as it is read. */
export function paymentView(payment: Payment, url: string) {
	const { order, state, shared, shippingDetails } = payment;
	// Assumption: the address is told as long as it leads anywhere.
	const redirectUrl = state === 'CREATED' ? redirectUrlOf(payment, url) : undefined;
	return {
		aggregate: aggregateOf(payment),
		amount: payment.amount,
		state,
		paymentMethod: {
			type: order.paymentMethod.type,
			...(order.paymentMethod.type === 'CARD' && state === 'AUTHORIZED'
				? { cardBin: '540185' }
				: {}),
		},
		profile: shared ? { sub: shared.sub } : {},
		pspReference: payment.pspReference,
		reference: payment.reference,
		...(redirectUrl === undefined ? {} : { redirectUrl }),
		...(order.metadata ? { metadata: order.metadata } : {}),
		...(shippingDetails ? { shippingDetails } : {}),
		...(shared ? { userDetails: shared.userDetails } : {}),
		...guaranteeOf(payment),
	};
}

/** How long a capture is guaranteed; nothing until the payment has been approved. */
export function guaranteeOf({ captureGuaranteedUntil }: Payment) {
	if (captureGuaranteedUntil === null) return {};
	const until = new Date(captureGuaranteedUntil).toISOString().replace('Z', '+00:00');
	return { captureGuaranteedUntil: until };
}

/** A payment as captures, refunds and cancellations answer. Assumption: `amount` is the payment's. */
export function modificationView(payment: Payment) {
	return {
		amount: payment.amount,
		state: payment.state,
		aggregate: aggregateOf(payment),
		pspReference: payment.pspReference,
		reference: payment.reference,
	};
}
