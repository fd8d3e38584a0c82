/** A calendar date as the ledgers use it: YYYY-MM-DD. */
export type LedgerDate = string;

const DAY_MS = 86_400_000;

const utc = (date: LedgerDate): number => Date.parse(`${date}T00:00:00Z`);

const fromUtc = (ms: number): LedgerDate => new Date(ms).toISOString().slice(0, 10);

/** ISO 8601 from a text, a Luxon date or a Date; empty when there is none. */
function isoText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	const { toISO } = Object(value) as { toISO?: unknown };
	return typeof toISO === 'function' ? String(toISO.call(value)) : '';
}

/**
 * The calendar date that a text, an ISO date-time, a Date or a Luxon date names, as it is
 * written, without moving it to another time zone. Undefined when it is no date or none that
 * exists (2026-02-30).
 */
export function parseLedgerDate(value: unknown): LedgerDate | undefined {
	const match = /^(\d{4}-\d{2}-\d{2})(?:$|[T ]\d{2})/.exec(isoText(value).trim());
	if (!match) return undefined;
	const date = match[1];
	const ms = utc(date);
	// Date.parse accepts 31 days for every month in some forms: the way back tells.
	return !Number.isNaN(ms) && fromUtc(ms) === date ? date : undefined;
}

export const addDays = (date: LedgerDate, days: number): LedgerDate =>
	fromUtc(utc(date) + days * DAY_MS);

/** Number of dates from the first to the last, both included. */
export const countDates = (from: LedgerDate, to: LedgerDate): number =>
	Math.round((utc(to) - utc(from)) / DAY_MS) + 1;

/** Every date from the first to the last, both included. */
export function listDates(from: LedgerDate, to: LedgerDate): LedgerDate[] {
	return Array.from({ length: Math.max(0, countDates(from, to)) }, (_, i) => addDays(from, i));
}

/** The calendar date of a moment (milliseconds) in a time zone such as Europe/Oslo. */
export function dateInZone(ms: number, timeZone: string): LedgerDate {
	// The Swedish way of writing dates is ISO 8601.
	return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(ms);
}

/**
 * Milliseconds of the API's `time`, which comes with microseconds and with an offset that is
 * spelt `Z`, `+02:00` or `+0200`. Undefined when it is none.
 */
export function parseTime(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/.exec(value);
	if (!match) return undefined;
	const [, seconds, fraction = '', offset = 'Z'] = match;
	const zone = offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
	const ms = Date.parse(`${seconds}${fraction.slice(0, 4)}${zone}`);
	return Number.isNaN(ms) ? undefined : ms;
}
