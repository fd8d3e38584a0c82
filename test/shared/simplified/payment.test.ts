import * as fc from 'fast-check';
import { simplifyPayment } from '../../../nodes/shared/simplified/payment';

const money = (value: unknown, currency: unknown = 'NOK') => ({ currency, value });

const PAYMENT = {
	aggregate: {
		authorizedAmount: money(49_900),
		cancelledAmount: money(0),
		capturedAmount: money(6_440),
		refundedAmount: money(29),
	},
	amount: money(49_900),
	state: 'AUTHORIZED',
	paymentMethod: { type: 'WALLET' },
	profile: { sub: 'c06c4afe-d9e1-4c5d-939a-177d752a0944' },
	pspReference: '3343121302',
	reference: 'acme-shop-order-1',
	userDetails: { firstName: 'Ada' },
	weather: { wind: [1] },
};

it('a payment is ten flat fields, amounts in minor units and as decimal text', () => {
	expect(Object.entries(simplifyPayment(PAYMENT))).toEqual([
		['reference', 'acme-shop-order-1'],
		['pspReference', '3343121302'],
		['state', 'AUTHORIZED'],
		['currency', 'NOK'],
		['amount', 49_900],
		['amountDecimal', '499.00'],
		['capturedAmount', 6_440],
		['capturedAmountDecimal', '64.40'],
		['refundedAmount', 29],
		['refundedAmountDecimal', '0.29'],
	]);
});

it('the payment itself stays as it is', () => {
	const before = structuredClone(PAYMENT);
	simplifyPayment(PAYMENT);
	expect(PAYMENT).toEqual(before);
});

it.each([
	['nothing', {}, {}],
	['no money', { reference: 'a', state: 'NEW' }, { reference: 'a', state: 'NEW' }],
	['null', { reference: 'a', amount: null }, { reference: 'a', currency: null, amount: null }],
	[
		'null in the money',
		{ amount: money(null), aggregate: { capturedAmount: null } },
		{ currency: 'NOK', amount: null, capturedAmount: null },
	],
	['text for an object', { reference: 'a', amount: '100', aggregate: [] }, { reference: 'a' }],
	['a fraction', { amount: money(0.5) }, { currency: 'NOK', amount: 0.5 }],
	['text for a number', { amount: money('100') }, { currency: 'NOK', amount: '100' }],
	[
		'a currency without decimals',
		{ amount: money(1_999, 'ISK') },
		{ currency: 'ISK', amount: 1_999, amountDecimal: '1999' },
	],
	[
		'a currency that is none',
		{ amount: money(1_999, 'kroner') },
		{ currency: 'kroner', amount: 1_999, amountDecimal: '19.99' },
	],
])('with %s, what is not known is not made up', (_name, payment, simple) => {
	expect(simplifyPayment(payment)).toEqual(simple);
});

it('whatever comes: ten fields at most, no NaN, and decimals that are exactly the amount', () => {
	const amount = fc.record(
		{ currency: fc.constantFrom('NOK', 'DKK', 'EUR'), value: fc.maxSafeInteger() },
		{ requiredKeys: [] },
	);
	const anything = fc.oneof(amount, fc.anything());
	const payment = fc.record(
		{
			reference: fc.string(),
			amount: anything,
			aggregate: fc.record({ capturedAmount: anything, refundedAmount: anything }),
		},
		{ requiredKeys: [] },
	);
	fc.assert(
		fc.property(payment, (given) => {
			const simple = simplifyPayment(given);
			expect(Object.keys(simple).length).toBeLessThanOrEqual(10);
			for (const [name, value] of Object.entries(simple)) {
				if (!name.endsWith('Decimal')) continue;
				const minor = simple[name.replace('Decimal', '')];
				expect(value).toMatch(/^-?\d+\.\d\d$/);
				expect(BigInt(String(value).replace('.', ''))).toBe(BigInt(minor as number));
			}
		}),
	);
});
