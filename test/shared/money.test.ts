import fc from 'fast-check';
import { parseAmount, toMajor, type AmountUnit } from '../../nodes/shared/money';

/** What the API takes at most, in minor units. */
const LARGEST = 65_000_000;
const UNITS: AmountUnit[] = ['minor', 'major'];

const minor = fc.integer({ min: 0, max: LARGEST });

const valueOf = (given: unknown, unit: AmountUnit) => {
	const parsed = parseAmount(given, unit);
	return 'value' in parsed ? parsed.value : undefined;
};

const problemOf = (given: unknown, unit: AmountUnit) => {
	const parsed = parseAmount(given, unit);
	return 'problem' in parsed ? parsed.problem : undefined;
};

/** Two decimals without any calculation. */
const decimalText = (value: number): string => {
	const digits = `00${value}`.replace(/^0+(?=\d{3})/, '');
	return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

describe('an amount in major units', () => {
	it('is read back from what is shown', () => {
		// All small ones, and every so often one up to the largest. Without Jest's matchers, for speed.
		for (let value = 0; value <= LARGEST; value += value < 50_000 ? 1 : 9973) {
			const text = toMajor(value);
			if (text !== decimalText(value)) throw new Error(`${value} is shown as ${text}`);
			if (valueOf(text, 'major') !== value) throw new Error(`${text} is not read as ${value}`);
			if (valueOf(Number(text), 'major') !== value) throw new Error(`the number ${text} is not`);
		}
	});

	it('is read exactly from a number that is the nearest to it', () => {
		fc.assert(
			fc.property(minor, (value) => {
				expect(valueOf(Number(decimalText(value)), 'major')).toBe(value);
				expect(valueOf(value / 100, 'major')).toBe(value);
			}),
			{ numRuns: 500 },
		);
	});

	it('may be written without one or both decimals, with zeros in front and blanks around', () => {
		fc.assert(
			fc.property(fc.nat({ max: LARGEST / 100 }), fc.nat({ max: 9 }), (whole, tenth) => {
				for (const text of [`${whole}`, ` ${whole} `, `00${whole}`, `${whole}.0`, `${whole}.00`]) {
					expect(valueOf(text, 'major')).toBe(whole * 100);
				}
				expect(valueOf(`${whole}.${tenth}`, 'major')).toBe(whole * 100 + tenth * 10);
			}),
		);
	});

	it('with a third decimal is refused, not rounded', () => {
		fc.assert(
			fc.property(minor, fc.stringMatching(/^\d{1,15}$/), (value, more) => {
				expect(problemOf(decimalText(value) + more, 'major')).toMatch(/more than two decimals/);
			}),
		);
	});

	it('that comes of a sum of fractions is refused rather than guessed', () => {
		for (const given of [0.1 + 0.2, 1.1 * 3, 4.35 * 100, 8.2 - 0.2 + 1e-9]) {
			expect(problemOf(given, 'major')).toMatch(/more than two decimals/);
		}
	});
});

describe('an amount in minor units', () => {
	it('is a whole number, as text or as number', () => {
		fc.assert(
			fc.property(minor, (value) => {
				expect(valueOf(value, 'minor')).toBe(value);
				expect(valueOf(` ${value} `, 'minor')).toBe(value);
			}),
		);
	});

	it('with decimals is refused, even where they are zeros', () => {
		fc.assert(
			fc.property(minor, fc.stringMatching(/^\d{1,9}$/), (value, decimals) => {
				expect(problemOf(`${value}.${decimals}`, 'minor')).toMatch(/it has decimals/);
			}),
		);
		expect(problemOf(19.99, 'minor')).toMatch(/set the amount unit to major units/);
	});
});

describe('what is no amount', () => {
	test.each([
		['', /it is empty/],
		['   ', /it is empty/],
		[null, /it is empty/],
		[undefined, /it is empty/],
		['-5', /it is negative/],
		[-5, /it is negative/],
		['-0.01', /it is negative/],
		['1 234', /contains a blank/],
		['1\u00a0234', /contains a blank/],
		['1\u202f234', /contains a blank/],
		['19,99', /contains a comma/],
		['1,234.50', /contains a comma/],
		['1.234,50', /contains a comma/],
		['1 234,50', /contains a blank/],
		['1e3', /not a plain number/],
		[1e21, /not a plain number/],
		[1e-7, /not a plain number/],
		['0x10', /not a plain number/],
		['+5', /not a plain number/],
		['.5', /not a plain number/],
		['5.', /not a plain number/],
		['1.2.3', /not a plain number/],
		['１９', /not a plain number/],
		['٣', /not a plain number/],
		['NOK 5', /contains a blank/],
		['5kr', /not a plain number/],
		['1_000', /not a plain number/],
		["1'000", /not a plain number/],
		['∞', /not a plain number/],
		[Number.NaN, /not a plain number/],
		[Infinity, /not a plain number/],
		[-Infinity, /it is negative/],
		['9'.repeat(17), /too large/],
		[true, /not a number/],
		[{}, /not a number/],
		[[], /not a number/],
		[[5], /not a number/],
		[5n, /not a number/],
		[new Date(0), /not a number/],
		[{ toString: () => '5' }, /not a number/],
	])('%p is refused in both units, with the reason', (given, reason) => {
		for (const unit of UNITS) expect(problemOf(given, unit)).toMatch(reason);
	});

	it('is told with a way to write it', () => {
		for (const given of ['1 234,50', '19,99', 'abc']) {
			expect(problemOf(given, 'major')).toMatch(/such as 1234\.50/);
			expect(problemOf(given, 'minor')).toMatch(/such as 123450/);
		}
	});

	it('never becomes one: what comes out is a safe whole number that the text itself says, or a reason', () => {
		const anything = fc.oneof(
			fc.anything(),
			fc.string(),
			fc.double(),
			fc.stringMatching(/^[-+ \d.,eE]{0,12}$/),
		);
		fc.assert(
			fc.property(anything, fc.constantFrom(...UNITS), (given, unit) => {
				const parsed = parseAmount(given, unit);
				if ('problem' in parsed) {
					expect(parsed.problem).toMatch(/^it \w.*\w$/);
					return;
				}
				expect(Number.isSafeInteger(parsed.value)).toBe(true);
				expect(parsed.value).toBeGreaterThanOrEqual(0);
				const said = String(given)
					.trim()
					.replace(/^0+(?=\d)/, '');
				const [whole, decimals = ''] = said.split('.');
				const digits = unit === 'major' ? whole + decimals.padEnd(2, '0') : whole;
				expect(BigInt(digits)).toBe(BigInt(parsed.value));
			}),
			{ numRuns: 3000 },
		);
	});
});

describe('an amount that is shown', () => {
	it.each([
		[0, '0.00'],
		[1, '0.01'],
		[99, '0.99'],
		[100, '1.00'],
		[-1, '-0.01'],
		[-123450, '-1234.50'],
		[LARGEST, '650000.00'],
	])('%i is %s', (value, text) => expect(toMajor(value)).toBe(text));

	it('has two decimals, whatever it is', () => {
		fc.assert(
			fc.property(fc.maxSafeInteger(), (value) => {
				expect(toMajor(value)).toMatch(/^-?(0|[1-9]\d*)\.\d\d$/);
				expect(BigInt(toMajor(value).replace('.', ''))).toBe(BigInt(value));
			}),
		);
	});
});
