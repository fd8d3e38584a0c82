import fc from 'fast-check';
import {
	addDays,
	countDates,
	dateInZone,
	listDates,
	parseLedgerDate,
	parseTime,
} from '../../../nodes/shared/ledger/dates';

const HOUR_MS = 3_600_000;

const anyDate = fc
	.date({
		min: new Date('1990-01-01T00:00:00Z'),
		max: new Date('2099-12-31T00:00:00Z'),
		noInvalidDate: true,
	})
	.map((date) => date.toISOString().slice(0, 10));

const luxonLike = (iso: string | null) => ({ toISO: () => iso, isLuxonDateTime: true });

describe('a date that a user or an expression gives', () => {
	test.each([
		['a plain date', '2026-03-31', '2026-03-31'],
		['a date with blanks around it', ' 2026-03-31\n', '2026-03-31'],
		['the date picker of n8n', '2026-03-31T00:00:00', '2026-03-31'],
		['a date-time with a blank', '2026-03-31 23:59:59', '2026-03-31'],
		['a date-time in UTC', '2026-03-31T23:59:59Z', '2026-03-31'],
		['a date-time of Oslo just after midnight', '2026-04-01T00:30:00.000+02:00', '2026-04-01'],
		['a date-time with the offset without a colon', '2026-04-01T00:30:00+0200', '2026-04-01'],
		['29 February of a leap year', '2028-02-29', '2028-02-29'],
		['29 February of a leap century', '2000-02-29', '2000-02-29'],
	])('%s is taken as it is written', (_, given, date) => {
		expect(parseLedgerDate(given)).toBe(date);
	});

	test.each([
		['30 February', '2026-02-30'],
		['29 February of a common year', '2026-02-29'],
		['29 February of 1900', '1900-02-29'],
		['31 April', '2026-04-31'],
		['month 13', '2026-13-01'],
		['month 0', '2026-00-10'],
		['day 0', '2026-01-00'],
		['day 32', '2026-01-32'],
		['30 February with a time', '2026-02-30T12:00:00Z'],
		['only a month', '2026-03'],
		['the American way', '03/31/2026'],
		['the Norwegian way', '31.03.2026'],
		['no leading zeros', '2026-3-1'],
		['a date with more digits behind', '2026-03-311'],
		['a date with words behind', '2026-03-31 yesterday'],
		['five digits of a year', '12026-03-31'],
		['words', 'yesterday'],
		['an empty text', ''],
		['a number', 20260331],
		['milliseconds', Date.UTC(2026, 2, 31)],
		['true', true],
		['null', null],
		['nothing', undefined],
		['a list', ['2026-03-31']],
		['an object', { date: '2026-03-31' }],
		['an invalid JavaScript date', new Date('nonsense')],
		['an invalid Luxon date', luxonLike(null)],
	])('%s is no date', (_, given) => {
		expect(parseLedgerDate(given)).toBeUndefined();
	});

	it('may be a Luxon date, whose own time zone counts', () => {
		expect(parseLedgerDate(luxonLike('2026-04-01T00:00:00.000+02:00'))).toBe('2026-04-01');
	});

	it('may be a JavaScript date, which is in UTC', () => {
		expect(parseLedgerDate(new Date('2026-03-31T22:30:00Z'))).toBe('2026-03-31');
	});

	it('is never moved by its time of day or its offset', () => {
		const time = fc.constantFrom('', 'T00:00:00', 'T23:59:59.999Z', ' 12:00', 'T00:00:00+02:00');
		fc.assert(
			fc.property(anyDate, time, (date, suffix) => {
				expect(parseLedgerDate(`${date}${suffix}`)).toBe(date);
			}),
		);
	});

	it('is accepted exactly when the calendar has it', () => {
		const two = (value: number) => String(value).padStart(2, '0');
		const daysOf = (year: number, month: number) => {
			const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
			return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
		};
		fc.assert(
			fc.property(
				fc.integer({ min: 1900, max: 2400 }),
				fc.integer({ min: 0, max: 14 }),
				fc.integer({ min: 0, max: 33 }),
				(year, month, day) => {
					const date = `${year}-${two(month)}-${two(day)}`;
					const exists = month >= 1 && day >= 1 && day <= daysOf(year, month);
					expect(parseLedgerDate(date)).toBe(exists ? date : undefined);
				},
			),
			{ numRuns: 500 },
		);
	});

	it('never makes the reader fail, whatever is given', () => {
		fc.assert(
			fc.property(fc.anything({ withDate: true, withNullPrototype: true }), (given) => {
				expect([undefined, expect.any(String)]).toContainEqual(parseLedgerDate(given));
			}),
		);
	});
});

describe('counting with dates', () => {
	test.each([
		['over the end of a month', '2026-01-31', 1, '2026-02-01'],
		['over 29 February', '2028-02-28', 1, '2028-02-29'],
		['over the end of February', '2026-02-28', 1, '2026-03-01'],
		['over the end of a year', '2026-12-31', 1, '2027-01-01'],
		['back over the beginning of a year', '2026-01-01', -1, '2025-12-31'],
		['over the day on which summer time begins', '2026-03-29', 1, '2026-03-30'],
		['over the day on which summer time ends', '2026-10-25', 1, '2026-10-26'],
	])('goes %s', (_, date, days, expected) => {
		expect(addDays(date, days)).toBe(expected);
	});

	it('lists a period with both ends, each date once and in order', () => {
		fc.assert(
			fc.property(anyDate, fc.integer({ min: 0, max: 800 }), (from, days) => {
				const to = addDays(from, days);
				const dates = listDates(from, to);
				expect(dates).toHaveLength(days + 1);
				expect(countDates(from, to)).toBe(days + 1);
				expect([dates[0], dates[days]]).toEqual([from, to]);
				expect([...new Set(dates)].sort()).toEqual(dates);
				expect(dates.every((date) => parseLedgerDate(date) === date)).toBe(true);
			}),
		);
	});

	it('lists one date when the period is one day', () => {
		expect(listDates('2026-03-29', '2026-03-29')).toEqual(['2026-03-29']);
	});

	it('lists nothing when the period ends before it begins', () => {
		expect(listDates('2026-03-02', '2026-03-01')).toEqual([]);
	});
});

describe("the date of a moment in a ledger's market", () => {
	test.each([
		['Oslo in winter, before midnight', 'Europe/Oslo', '2026-01-15T22:59:59Z', '2026-01-15'],
		['Oslo in winter, at midnight', 'Europe/Oslo', '2026-01-15T23:00:00Z', '2026-01-16'],
		['Oslo in summer, before midnight', 'Europe/Oslo', '2026-07-15T21:59:59Z', '2026-07-15'],
		['Oslo in summer, at midnight', 'Europe/Oslo', '2026-07-15T22:00:00Z', '2026-07-16'],
		['Helsinki in winter, at midnight', 'Europe/Helsinki', '2026-01-15T22:00:00Z', '2026-01-16'],
		['Helsinki in summer, at midnight', 'Europe/Helsinki', '2026-07-15T21:00:00Z', '2026-07-16'],
	])('%s', (_, zone, time, date) => {
		expect(dateInZone(Date.parse(time), zone)).toBe(date);
	});

	test.each([
		['Europe/Oslo', 1],
		['Europe/Copenhagen', 1],
		['Europe/Helsinki', 2],
	])('a day of %s has 23 hours in spring and 25 in autumn', (zone, winterOffset) => {
		const hoursOf = (date: string) => {
			const start = Date.parse(`${date}T00:00:00Z`) - 6 * HOUR_MS;
			return Array.from({ length: 40 }, (_, hour) => start + hour * HOUR_MS).filter(
				(ms) => dateInZone(ms, zone) === date,
			).length;
		};
		expect([hoursOf('2026-03-29'), hoursOf('2026-10-25'), hoursOf('2026-06-01')]).toEqual([
			23, 25, 24,
		]);
		// The first moment of the day on which summer time begins is still in winter time.
		const midnight = Date.parse('2026-03-29T00:00:00Z') - winterOffset * HOUR_MS;
		expect(dateInZone(midnight, zone)).toBe('2026-03-29');
		expect(dateInZone(midnight - 1, zone)).toBe('2026-03-28');
	});

	it('is always a date of the calendar, and never goes back as time goes on', () => {
		const zone = fc.constantFrom('Europe/Oslo', 'Europe/Copenhagen', 'Europe/Helsinki');
		const moment = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
		fc.assert(
			fc.property(zone, moment, fc.integer({ min: 0, max: 48 * HOUR_MS }), (where, ms, later) => {
				const [first, second] = [dateInZone(ms, where), dateInZone(ms + later, where)];
				expect(parseLedgerDate(first)).toBe(first);
				expect(first <= second).toBe(true);
			}),
		);
	});
});

describe('a time as the API spells it', () => {
	const noon = Date.UTC(2026, 6, 1, 12);

	test.each([
		['Z', '2026-07-01T12:00:00Z', noon],
		['+02:00', '2026-07-01T14:00:00+02:00', noon],
		['+0200', '2026-07-01T14:00:00+0200', noon],
		['-0330', '2026-07-01T08:30:00-0330', noon],
		['microseconds and Z', '2026-07-01T12:00:00.123456Z', noon + 123],
		['microseconds and +0200', '2026-07-01T14:00:00.123456+0200', noon + 123],
		['seven digits of a second', '2026-07-01T12:00:00.1234567Z', noon + 123],
		['one digit of a second', '2026-07-01T12:00:00.5Z', noon + 500],
		['no offset, which means UTC', '2026-07-01T12:00:00', noon],
	])('with %s', (_, time, ms) => {
		expect(parseTime(time)).toBe(ms);
	});

	test.each([
		['a date alone', '2026-07-01'],
		['hour 25', '2026-07-01T25:00:00Z'],
		['minute 60', '2026-07-01T12:60:00Z'],
		['month 13', '2026-13-01T12:00:00Z'],
		['words behind', '2026-07-01T12:00:00Z or so'],
		['words', 'noon'],
		['an empty text', ''],
		['a number', noon],
		['null', null],
		['nothing', undefined],
	])('%s is no time', (_, value) => {
		expect(parseTime(value)).toBeUndefined();
	});

	it('names the same moment in every spelling', () => {
		const moment = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2050, 0) });
		const micro = fc.integer({ min: 0, max: 999 });
		const hours = fc.integer({ min: -11, max: 12 });
		fc.assert(
			fc.property(moment, micro, hours, fc.constantFrom(':', ''), (ms, us, shift, colon) => {
				const local = new Date(ms + shift * HOUR_MS).toISOString().slice(0, -1);
				const sign = shift < 0 ? '-' : '+';
				const offset = `${sign}${String(Math.abs(shift)).padStart(2, '0')}${colon}00`;
				const spelt = `${local}${String(us).padStart(3, '0')}${offset}`;
				expect(parseTime(spelt)).toBe(ms);
			}),
		);
	});
});
