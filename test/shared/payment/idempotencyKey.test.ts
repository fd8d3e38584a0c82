import fc from 'fast-check';
import { idempotencyKey } from '../../../nodes/shared/payment/idempotencyKey';

const intention = fc.array(fc.jsonValue(), { minLength: 1, maxLength: 6 });

it('a key is one that both APIs take, whatever is to be done', () => {
	fc.assert(
		fc.property(intention, (parts) => {
			expect(idempotencyKey(...parts)).toMatch(/^[a-zA-Z0-9-]{1,50}$/);
		}),
	);
});

it('the same intention has the same key again', () => {
	fc.assert(
		fc.property(intention, (parts) => {
			expect(idempotencyKey(...structuredClone(parts))).toBe(idempotencyKey(...parts));
		}),
	);
	// For good: a payment that was created with an earlier version of this package keeps its key.
	expect(idempotencyKey('create', undefined, 'acme-shop-order-1', { value: 100 })).toBe(
		'n8n-468a003b57cc15ada644e55f57888630bc43c3ae',
	);
});

it('different intentions have different keys', () => {
	fc.assert(
		fc.property(intention, intention, (one, other) => {
			fc.pre(JSON.stringify(one) !== JSON.stringify(other));
			expect(idempotencyKey(...one)).not.toBe(idempotencyKey(...other));
		}),
	);
});

it.each([
	['the item', ['1', 'node', 0, 0, 'capture'], ['1', 'node', 0, 1, 'capture']],
	['the turn of a loop', ['1', 'node', 0, 1, 'capture'], ['1', 'node', 1, 0, 'capture']],
	['the execution', ['1', 'node', 0, 0], ['2', 'node', 0, 0]],
	['where one part ends', ['12', '3'], ['1', '23']],
	['a number and its text', [1], ['1']],
	['the sales unit and its absence', [undefined, 'a'], ['a', undefined]],
	['the amount', [{ value: 100 }], [{ value: 1000 }]],
])('%s makes a difference', (_, one, other) => {
	expect(idempotencyKey(...one)).not.toBe(idempotencyKey(...other));
});
