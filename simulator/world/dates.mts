// Dates are 'YYYY-MM-DD' strings, moments are milliseconds since 1970: nothing else crosses a file.

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string): Intl.DateTimeFormat {
	let known = formats.get(timeZone);
	if (!known) {
		known = new Intl.DateTimeFormat('en-GB', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
		});
		formats.set(timeZone, known);
	}
	return known;
}

/** What a clock on the wall shows at that moment, as if it were UTC (milliseconds). */
function wallClock(timeZone: string, moment: number): number {
	const part: Record<string, number> = {};
	for (const { type, value } of format(timeZone).formatToParts(moment)) part[type] = Number(value);
	return Date.UTC(
		part['year']!,
		part['month']! - 1,
		part['day']!,
		part['hour']!,
		part['minute']!,
		part['second']!,
	);
}

/** True for a date of the calendar in the form YYYY-MM-DD. */
export function isDate(text: string): boolean {
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOfUtc(Date.parse(text)) === text;
}

function dateOfUtc(moment: number): string {
	return Number.isNaN(moment) ? '' : new Date(moment).toISOString().slice(0, 10);
}

/** The date that many days later (or earlier, when negative). */
export function addDays(date: string, days: number): string {
	return dateOfUtc(Date.parse(date) + days * dayMs);
}

/**
 * The moment (milliseconds) at which a ledger date begins.
 * @param cutoffHour hour of the wall clock at which dates change; 0 is midnight
 */
export function startOfDate(timeZone: string, date: string, cutoffHour = 0): number {
	const wanted = Date.parse(date) + cutoffHour * hourMs;
	// Twice, because the first guess may lie on the other side of a change to or from summer time.
	let moment = wanted - (wallClock(timeZone, wanted) - wanted);
	moment = wanted - (wallClock(timeZone, moment) - moment);
	return moment;
}

/** The ledger date that a moment (milliseconds) belongs to. */
export function dateAt(timeZone: string, moment: number, cutoffHour = 0): string {
	return dateOfUtc(wallClock(timeZone, Math.floor(moment / 1000) * 1000) - cutoffHour * hourMs);
}

/**
 * The way generated entries write a moment: UTC, microseconds, `Z`.
 * @param micros 0..999, the digits that milliseconds do not have
 */
export function microTime(moment: number, micros = 0): string {
	return `${new Date(moment).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}

/** The way Sales entries write a moment: UTC, whole seconds, `Z`. */
export function secondTime(moment: number): string {
	return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}
