import fc from 'fast-check';
import { Identifier, type Moment } from '../../../nodes/shared/ledger/dedupeKey';
import type { Entry, Topic } from '../../../nodes/shared/ledger/feed';
import { markEntries, type DateReading } from '../../../nodes/shared/ledger/readDates';

const LEDGER = '302321';

const roundTrip = <T>(value: T): T =>
	value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);

const keysOf = (topic: Topic, entries: Entry[], ledgerId = LEDGER): unknown[] =>
	markEntries(topic, ledgerId, [{ entries: roundTrip(entries) }]).map(({ dedupeKey }) => dedupeKey);

const readingOf = (entry: Entry): DateReading[] => [
	{ date: '2026-07-01', entries: [entry], open: false },
];

const capture: Entry = {
	pspReference: '3343121302',
	time: '2026-07-01T12:00:00.123456Z',
	ledgerDate: '2026-07-01',
	entryType: 'capture',
	reference: 'acme-shop-1',
	currency: 'NOK',
	amount: 10000,
	balanceBefore: 0,
	balanceAfter: 10000,
	recipientHandle: 'api:123455',
};

const fee: Entry = {
	pspReference: '3343121302',
	time: '2026-07-01T12:00:00.123456Z',
	ledgerDate: '2026-07-01',
	entryType: 'capture-fee',
	reference: 'acme-shop-1',
	currency: 'NOK',
	amount: -400,
	balanceBefore: 0,
	balanceAfter: -400,
};

const cashSale: Entry = {
	entryType: 'capture',
	time: '2026-07-01T12:00:00Z',
	pspReference: null,
	reference: 'till-4',
	currency: 'NOK',
	paymentType: 'CASH',
	amounts: { gross: 3900, net: 3120, vat: 780 },
	lines: [],
	customer: null,
};

describe('the dedupe key of an entry stays the same', () => {
	it('when the API adds fields to old entries', () => {
		const later = { ...capture, settledBy: 'bank', tags: ['a'], nested: { x: 1 } };
		expect(keysOf('funds', [later])).toEqual(keysOf('funds', [capture]));
		const laterSale = {
			...cashSale,
			ledgerDate: '2026-07-01',
			completeness: { hasLineItems: true },
		};
		expect(keysOf('sales', [laterSale])).toEqual(keysOf('sales', [cashSale]));
	});

	it('with and without personal data', () => {
		const personal = { ...capture, name: 'Ola N.', message: 'Takk!', maskedPhoneNo: 'xxxx 5678' };
		expect(keysOf('funds', [personal])).toEqual(keysOf('funds', [capture]));
		const known = { ...cashSale, customer: { email: 'ola@example.com' } };
		expect(keysOf('sales', [known])).toEqual(keysOf('sales', [cashSale]));
	});

	it('in whatever order the JSON lists its fields', () => {
		const entry = fc.constantFrom<[Topic, Entry]>(
			['funds', capture],
			['fees', fee],
			['sales', cashSale],
		);
		fc.assert(
			fc.property(entry, fc.infiniteStream(fc.nat()), ([topic, original], numbers) => {
				const shuffled = Object.entries(original)
					.map((field) => ({ field, rank: numbers.next().value as number }))
					.sort((a, b) => a.rank - b.rank)
					.map(({ field }) => field);
				const other = Object.fromEntries(shuffled);
				other.amounts &&= Object.fromEntries(Object.entries(other.amounts).reverse());
				expect(keysOf(topic, [other])).toEqual(keysOf(topic, [original]));
			}),
		);
	});

	it('when an absent field comes as null', () => {
		const { reference, ...without } = capture;
		expect(reference).toBeDefined();
		expect(keysOf('funds', [without])).toEqual(keysOf('funds', [{ ...without, reference: null }]));
	});

	test.each<[Topic, Entry]>([
		['funds', capture],
		['fees', fee],
		['sales', cashSale],
	])('whether it is read from the %s feed or by its date', (topic, entry) => {
		const fromFeed = markEntries(topic, LEDGER, [{ entries: [entry] }]);
		const fromDate = markEntries(topic, LEDGER, readingOf(entry));
		expect(fromDate).toEqual(fromFeed);
	});

	it('whether the answer for a date repeats the ledger date or leaves it out', () => {
		const { ledgerDate, ...without } = capture;
		expect(ledgerDate).toBe('2026-07-01');
		const fromFeed = markEntries('funds', LEDGER, [{ entries: [capture] }]);
		const fromDate = markEntries('funds', LEDGER, readingOf(without));
		expect(fromDate[0].dedupeKey).toBe(fromFeed[0].dedupeKey);
	});
});

describe('the dedupe key of two entries differs', () => {
	it('for identical cash sales in the same second', () => {
		const keys = keysOf('sales', [cashSale, { ...cashSale }, { ...cashSale }]);
		expect(new Set(keys).size).toBe(3);
	});

	it('for fee rows that share one PSP reference', () => {
		const second = { ...fee, balanceBefore: -400, balanceAfter: -800 };
		expect(new Set(keysOf('fees', [fee, second])).size).toBe(2);
	});

	it('for a fee that is charged, given back and charged again', () => {
		const back = { ...fee, amount: 400, balanceBefore: -400, balanceAfter: 0 };
		expect(new Set(keysOf('fees', [fee, back, { ...fee }])).size).toBe(3);
	});

	it('for the same entry on another topic or in another ledger', () => {
		const keys = [
			...keysOf('funds', [capture]),
			...keysOf('fees', [capture]),
			...keysOf('funds', [capture], '302322'),
		];
		expect(new Set(keys).size).toBe(3);
	});

	test.each([
		'entryType',
		'time',
		'pspReference',
		'reference',
		'currency',
		'amount',
		'balanceBefore',
		'balanceAfter',
	])('when only the %s differs', (field) => {
		const other = { ...capture, [field]: `${String(capture[field])}1` };
		expect(new Set(keysOf('funds', [capture, other])).size).toBe(2);
	});

	it('for two sales that differ in the amount only', () => {
		const dearer = { ...cashSale, amounts: { gross: 4900, net: 3920, vat: 980 } };
		expect(keysOf('sales', [dearer])).not.toEqual(keysOf('sales', [cashSale]));
	});

	it('wherever one text ends and the next begins', () => {
		const pair = fc.tuple(fc.stringMatching(/^[~\-1a]{0,6}$/), fc.stringMatching(/^[~\-1a]{0,6}$/));
		fc.assert(
			fc.property(fc.uniqueArray(pair, { selector: String, maxLength: 20 }), (pairs) => {
				const entries = pairs.map(([pspReference, entryType]) => ({
					...capture,
					pspReference,
					entryType,
				}));
				expect(new Set(keysOf('funds', entries)).size).toBe(entries.length);
				// The key of each does not depend on the others, except where they are alike.
				expect(entries.flatMap((entry) => keysOf('funds', [entry]))).toEqual(
					keysOf('funds', entries),
				);
			}),
			{ numRuns: 500 },
		);
	});

	it('also when the API leaves nearly everything out', () => {
		expect(new Set(keysOf('sales', [{}, {}, { amounts: null }, { time: null }])).size).toBe(4);
	});
});

/** A stream in which many entries share a time and many are alike in every respect. */
const stream = fc
	.array(fc.record({ pause: fc.constantFrom(0, 0, 0, 1), kind: fc.integer({ min: 0, max: 2 }) }), {
		maxLength: 40,
	})
	.map((steps) => {
		let second = 0;
		return steps.map(({ pause, kind }): Entry => {
			second += pause;
			const time = new Date(Date.UTC(2026, 6, 1) + second * 1000).toISOString();
			return { ...cashSale, time, reference: `till-${kind}` };
		});
	});

describe('the dedupe keys of a stream', () => {
	it('are all different', () => {
		fc.assert(
			fc.property(stream, (entries) => {
				expect(new Set(keysOf('sales', entries)).size).toBe(entries.length);
			}),
		);
	});

	it('do not depend on where pages and polls begin, nor on the way of the state through JSON', () => {
		fc.assert(
			fc.property(stream, fc.array(fc.nat({ max: 40 })), (entries, cuts) => {
				let moment: Moment | undefined;
				let identifier = new Identifier('sales', LEDGER);
				const keys = entries.map((entry, i) => {
					if (cuts.includes(i)) {
						moment = roundTrip(identifier.moment);
						identifier = new Identifier('sales', LEDGER, moment);
					}
					return identifier.next(entry);
				});
				expect(keys).toEqual(keysOf('sales', entries));
			}),
		);
	});

	it('do not depend on the state that an earlier reader still holds', () => {
		const first = new Identifier('sales', LEDGER);
		first.next(cashSale);
		const moment = first.moment;
		const before = roundTrip(moment);
		const [second, third] = [1, 2].map(() => new Identifier('sales', LEDGER, moment));
		expect(second.next(cashSale)).toBe(third.next(cashSale));
		expect(moment).toEqual(before);
	});
});

describe('what is remembered of a moment', () => {
	it('is nothing before the first entry', () => {
		expect(new Identifier('funds', LEDGER).moment).toBeUndefined();
	});

	it('is plain JSON and stays small when thousands of entries share a time', () => {
		const identifier = new Identifier('sales', LEDGER);
		for (let i = 0; i < 5000; i++) identifier.next({ ...cashSale, reference: `till-${i}` });
		expect(JSON.stringify(identifier.moment).length).toBeLessThan(10_000);
		expect(roundTrip(identifier.moment)).toEqual(identifier.moment);
	});

	it('always holds the latest entry, also when thousands share a time', () => {
		const identifier = new Identifier('sales', LEDGER);
		const first = identifier.next(cashSale);
		for (let i = 0; i < 5000; i++) identifier.next({ ...cashSale, reference: `other-${i}` });
		const again = identifier.next(cashSale);
		const next = new Identifier('sales', LEDGER, roundTrip(identifier.moment)).next(cashSale);
		expect(new Set([first, again, next]).size).toBe(3);
	});

	it('is forgotten as soon as time goes on', () => {
		const identifier = new Identifier('sales', LEDGER);
		for (let i = 0; i < 100; i++) identifier.next({ ...cashSale, reference: `till-${i}` });
		identifier.next({ ...cashSale, time: '2026-07-01T12:00:01Z' });
		expect(JSON.stringify(identifier.moment).length).toBeLessThan(200);
	});
});
