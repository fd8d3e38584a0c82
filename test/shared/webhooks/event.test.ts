import fc from 'fast-check';
import { identify, readEvent } from '../../../nodes/shared/webhooks/event';
import { paymentEvent } from '../../support/deliver';

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const identityOf = (event: Record<string, unknown>) => identify(event, bytes(event));
const keyOf = (event: Record<string, unknown>) => identityOf(event).dedupeKey;

describe('the dedupe key', () => {
	const event = paymentEvent();

	it('is the same whatever else a repetition of a payment event holds', () => {
		expect(keyOf({ ...event, timestamp: 'later', newField: 1 })).toBe(keyOf(event));
		expect(keyOf(Object.fromEntries(Object.entries(event).reverse()))).toBe(keyOf(event));
	});

	it.each([
		{ reference: 'another-order' },
		{ name: 'CAPTURED' },
		{ pspReference: 'another' },
		{ msn: '654321' },
		{ success: false },
	])('is another one with %j', (change) => {
		expect(keyOf({ ...event, ...change })).not.toBe(keyOf(event));
	});

	it('cannot be made equal by moving text from one field to another', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
				const one = keyOf({ reference: `r${a}`, name: `n${b}`, pspReference: 'p' });
				const other = keyOf({ reference: `r${c}`, name: `n${d}`, pspReference: 'p' });
				expect(one === other).toBe(a === c && b === d);
			}),
		);
	});

	it('is that of the whole body for events that are told apart by nothing documented', () => {
		const checkIn = { customerToken: 'token', merchantQrId: 'qr', initiatedAt: '10:45' };
		expect(keyOf(checkIn)).toBe(keyOf({ ...checkIn }));
		expect(keyOf({ ...checkIn, initiatedAt: '10:46' })).not.toBe(keyOf(checkIn));
		for (const missing of ['reference', 'name', 'pspReference']) {
			expect(keyOf({ ...event, [missing]: '' })).toMatch(/^event-/);
			expect(keyOf({ ...event, [missing]: null })).toMatch(/^event-/);
		}
	});

	it('has a form that fits anywhere', () => {
		expect(keyOf(event)).toMatch(/^payment-[\w-]{22}$/);
		expect(keyOf({})).toMatch(/^event-[\w-]{22}$/);
	});
});

describe('what order is kept for', () => {
	it('is the payment of a sales unit', () => {
		const event = paymentEvent();
		const { subject, payment } = identityOf(event);
		expect(identityOf({ ...event, name: 'CAPTURED', pspReference: 'x' }).subject).toBe(subject);
		expect(identityOf({ ...event, msn: '654321' }).subject).not.toBe(subject);
		expect(payment).toEqual({ reference: event.reference, msn: '123456' });
	});

	it('is the agreement, or the event alone', () => {
		const agreement = { agreementId: 'agr_1', eventType: 'recurring.agreement-stopped.v1' };
		expect(identityOf(agreement).subject).toBe('agreement agr_1');
		const { subject, dedupeKey, payment } = identityOf({ sub: 'x' });
		expect(subject).toBe(dedupeKey);
		expect(payment).toBeUndefined();
	});
});

describe('the content', () => {
	it.each([
		['{"a":"æøå 💶"}', { a: 'æøå 💶' }],
		['\uFEFF{"a":1}', { a: 1 }],
		['[1]', { body: [1] }],
		['null', { body: null }],
		['7', { body: 7 }],
		['"text"', { body: 'text' }],
		['no JSON', { body: 'no JSON' }],
		['', { body: '' }],
	])('of %j is %j', (text, expected) => {
		expect(readEvent(Buffer.from(text))).toEqual(expected);
	});

	it('changes no prototype', () => {
		readEvent(Buffer.from('{"__proto__":{"polluted":true}}'));
		expect(({} as { polluted?: true }).polluted).toBeUndefined();
	});
});
