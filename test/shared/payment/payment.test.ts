import fc from 'fast-check';
import { amountLeft, amountMoved, type Payment } from '../../../nodes/shared/payment/payment';

const money = (value: number) => ({ currency: 'NOK', value });

const paymentOf = (authorized: number, captured = 0, refunded = 0, cancelled = 0): Payment => ({
	reference: 'acme-shop-order-1',
	state: 'AUTHORIZED',
	amount: money(authorized),
	aggregate: {
		authorizedAmount: money(authorized),
		cancelledAmount: money(cancelled),
		capturedAmount: money(captured),
		refundedAmount: money(refunded),
	},
});

describe('what is left of a payment', () => {
	it.each([
		['that nobody has approved', paymentOf(0), 0, 0],
		['that is approved', paymentOf(49900), 49900, 0],
		['of which a part is captured', paymentOf(49900, 100), 49800, 100],
		['of which a part is captured and the rest released', paymentOf(49900, 100, 0, 49800), 0, 100],
		['of which a part is captured and some of it refunded', paymentOf(49900, 100, 40), 49800, 60],
		['that is captured and refunded', paymentOf(49900, 49900, 49900), 0, 0],
	])('%s', (_, payment, toCapture, toRefund) => {
		expect(amountLeft(payment, 'capture')).toBe(toCapture);
		expect(amountLeft(payment, 'refund')).toBe(toRefund);
	});

	it('goes down by what is moved, and only there', () => {
		const amounts = fc.array(fc.nat({ max: 10_000_000 }), { minLength: 4, maxLength: 4 });
		fc.assert(
			fc.property(amounts, fc.nat({ max: 10_000 }), ([a, b, c, d], more) => {
				const captured = b + c;
				const before = paymentOf(a + captured + d, captured, c, d);
				const after = paymentOf(a + captured + d, captured + more, c, d);
				const refunded = paymentOf(a + captured + d, captured, c + more, d);
				expect(amountLeft(before, 'capture')).toBe(a);
				expect(amountLeft(before, 'refund')).toBe(b);
				expect(amountLeft(after, 'capture')).toBe(a - more);
				expect(amountLeft(after, 'refund')).toBe(b + more);
				expect(amountLeft(refunded, 'capture')).toBe(a);
				expect(amountLeft(refunded, 'refund')).toBe(b - more);
				expect([amountMoved(after, 'capture'), amountMoved(refunded, 'refund')]).toEqual([
					captured + more,
					c + more,
				]);
			}),
		);
	});
});
