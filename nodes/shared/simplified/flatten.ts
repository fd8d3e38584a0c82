import { isObject } from '../ledger/object';
import { digitsOf, toMajor } from '../money';

/** What a simple form holds: names, and where each is in the API's answer ("amount.value"). */
export type Fields = Readonly<Record<string, string>>;

/** Undefined where there is nothing; null where the API says null, also on the way there. */
function valueAt(source: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(value, name) => (isObject(value) ? value[name] : value === null ? null : undefined),
			source,
		);
}

/**
 * The named fields, side by side. What the API leaves out is left out here, too, and what is
 * null stays null, so that nothing looks known that is not.
 */
export function flatten(source: unknown, fields: Fields): Record<string, unknown> {
	const found = Object.entries(fields).map(([name, path]) => [name, valueAt(source, path)]);
	return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

/**
 * Adds to each named amount (minor units) the same as decimal text in major units: `amount`
 * 1999 gets `amountDecimal` "19.99". What is no whole number of minor units gets none.
 *
 * @param flat also holds the `currency` of the amounts
 */
export function withDecimals(
	flat: Record<string, unknown>,
	amounts: readonly string[],
): Record<string, unknown> {
	const digits = digitsOf(flat.currency);
	return Object.fromEntries(
		Object.entries(flat).flatMap(([name, value]) =>
			amounts.includes(name) && Number.isSafeInteger(value)
				? [
						[name, value],
						[`${name}Decimal`, toMajor(value as number, digits)],
					]
				: [[name, value]],
		),
	);
}
