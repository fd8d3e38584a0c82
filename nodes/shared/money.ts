/** How a person writes an amount: as øre or cent (1999), or as kroner or euro (19.99). */
export type AmountUnit = 'minor' | 'major';

/** The amount in minor units, or what is wrong with what was given and how to write it. */
export type ParsedAmount = { value: number } | { problem: string };

const refuse = (problem: string): ParsedAmount => ({ problem });

/** Says what about a text keeps it from being an amount. */
function reasonAgainst(text: string, unit: AmountUnit): string {
	const example = unit === 'major' ? '1234.50' : '123450';
	if (/^-/.test(text)) return 'it is negative';
	if (/^\d+\.\d{3,}$/.test(text)) {
		return unit === 'major'
			? 'it has more than two decimals. Round it first, so that you decide about the rest'
			: 'it has decimals. Round it first, or set the amount unit to major units';
	}
	if (/^\d+\.\d+$/.test(text)) {
		return `it has decimals, which minor units have not. Write ${example} for 1234.50, or set the amount unit to major units`;
	}
	if (/\s/.test(text)) return `it contains a blank. Write it without, such as ${example}`;
	if (/,/.test(text)) {
		return `it contains a comma, which can mean thousands or decimals. Write it with a point or without, such as ${example}`;
	}
	return `it is not a plain number. Write digits only, such as ${example}`;
}

/**
 * Reads an amount exactly: as decimal text, never by calculating with fractions. A number is
 * read by its shortest decimal form, so 0.29 is 29 minor units, while 0.1 + 0.2 is refused for
 * its seventeen decimals.
 *
 * @param unit what the amount is written in; all currencies of Vipps MobilePay have two decimals
 */
export function parseAmount(given: unknown, unit: AmountUnit): ParsedAmount {
	if (given === null || given === undefined || given === '') return refuse('it is empty');
	if (typeof given !== 'string' && typeof given !== 'number') {
		return refuse('it is not a number. Check the expression that gives it');
	}
	const text = String(given).trim();
	if (text === '') return refuse('it is empty');
	const pattern = unit === 'major' ? /^(\d+)(?:\.(\d{1,2}))?$/ : /^(\d+)$/;
	const match = pattern.exec(text);
	if (!match) return refuse(reasonAgainst(text, unit));
	const [, whole, decimals = ''] = match;
	const value = Number(unit === 'major' ? whole + decimals.padEnd(2, '0') : whole);
	return Number.isSafeInteger(value) ? { value } : refuse('it is too large');
}

/** The currencies of Vipps MobilePay have two decimals. */
const DECIMALS = 2;

const decimalsOf = new Map<string, number>();

/**
 * How many decimals amounts of a currency have in major units. A currency that came in later
 * may have none, and decimals in the wrong place would be money that is not there.
 */
export function digitsOf(currency: unknown): number {
	if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return DECIMALS;
	const known = decimalsOf.get(currency);
	if (known !== undefined) return known;
	const format = new Intl.NumberFormat('en', { style: 'currency', currency });
	const digits = format.resolvedOptions().maximumFractionDigits ?? DECIMALS;
	decimalsOf.set(currency, digits);
	return digits;
}

/** Minor units as decimal text in major units: 1999 is "19.99". */
export function toMajor(minor: number, decimals = DECIMALS): string {
	const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
	const point = digits.length - decimals;
	const rest = digits.slice(point);
	return `${minor < 0 ? '-' : ''}${digits.slice(0, point)}${rest && `.${rest}`}`;
}
