import fc from 'fast-check';
import { isPassing, pauseBefore, retryAfterMs } from '../../../nodes/shared/transport/retry';

const NOW = Date.parse('2026-07-01T12:00:00Z');

describe('what is worth repeating', () => {
	it.each([423, 429, 500, 502, 503, 504])('%i passes by itself', (status) => {
		expect(isPassing(status)).toBe(true);
	});

	it.each([200, 301, 400, 401, 403, 404, 409, 410, 422])('%i does not', (status) => {
		expect(isPassing(status)).toBe(false);
	});
});

describe('the pause before a repetition', () => {
	it('grows, differs from time to time, and is never longer than 16 seconds', () => {
		fc.assert(
			fc.property(fc.nat({ max: 100 }), (attempt) => {
				const longest = Math.min(500 * 2 ** attempt, 16_000);
				const pause = pauseBefore(attempt);
				expect(pause).toBeGreaterThanOrEqual(longest / 2);
				expect(pause).toBeLessThanOrEqual(longest);
			}),
		);
		expect(new Set(Array.from({ length: 20 }, () => pauseBefore(3))).size).toBeGreaterThan(1);
	});
});

describe('how long the API asks to wait', () => {
	test.each([
		['seconds', '120', 120_000],
		['seconds as a number', 120, 120_000],
		['no seconds', '0', 0],
		['half a second', '0.5', 500],
		['seconds with blanks', ' 7 ', 7000],
		['a date', 'Wed, 01 Jul 2026 12:00:30 GMT', 30_000],
		['a date of the old form', 'Wednesday, 01-Jul-26 12:00:30 GMT', 30_000],
		['a date that is over', 'Wed, 01 Jul 2026 11:00:00 GMT', 0],
	])('is known from %s', (_, header, ms) => {
		expect(retryAfterMs(header, NOW)).toBe(ms);
	});

	test.each([
		['no header', undefined],
		['null', null],
		['an empty header', ''],
		['words', 'soon'],
		['words with a number', 'in 5 minutes'],
		['a negative number', '-5'],
		['a negative number of seconds', -5],
		['no number', Number.NaN],
		['without end', Infinity],
		['more digits than a number holds', '9'.repeat(400)],
		['a list', ['120']],
		['an object', { seconds: 120 }],
		['true', true],
	])('is not known from %s', (_, header) => {
		expect(retryAfterMs(header, NOW)).toBeUndefined();
	});

	it('is never negative, endless or no number, whatever the header holds', () => {
		const header = fc.oneof(fc.string(), fc.anything(), fc.double().map(String));
		fc.assert(
			fc.property(header, (value) => {
				const ms = retryAfterMs(value, NOW);
				expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
			}),
			{ numRuns: 1000 },
		);
	});
});
