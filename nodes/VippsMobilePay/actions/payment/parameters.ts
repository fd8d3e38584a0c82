import type { IExecuteFunctions } from 'n8n-workflow';
import { parseAmount, toMajor, type AmountUnit } from '../../../shared/money';
import type { Amount } from '../../../shared/payment/payment';
import { readText, refusal, show } from '../../parameters';

/** What the API takes at most, in minor units. */
const LARGEST_AMOUNT = 65_000_000;

const CURRENCIES = ['NOK', 'DKK', 'EUR'];

/** @throws NodeOperationError unless it is one that the API can know */
export function readReference(context: IExecuteFunctions, itemIndex: number): string {
	const reference = readText(context, itemIndex, 'reference', 'Reference');
	if (/^[a-zA-Z0-9-]{8,64}$/.test(reference)) return reference;
	throw refusal(
		context,
		itemIndex,
		`The parameter 'Reference' is not valid: ${show(reference)}`,
		'A reference has 8 to 64 characters: letters from A to Z, digits and hyphens, such as acme-shop-123-order123.',
	);
}

export function readCurrency(context: IExecuteFunctions, itemIndex: number): string {
	const currency = readText(context, itemIndex, 'currency', 'Currency').toUpperCase();
	if (CURRENCIES.includes(currency)) return currency;
	throw refusal(
		context,
		itemIndex,
		`The currency ${show(currency)} is not one of NOK, DKK and EUR`,
		'Choose the currency of the market of the sales unit: NOK for Norway, DKK for Denmark, EUR for Finland.',
	);
}

export function readAmountUnit(context: IExecuteFunctions, itemIndex: number): AmountUnit {
	const unit = context.getNodeParameter('amountUnit', itemIndex, 'minor') as unknown;
	if (unit === 'minor' || unit === 'major') return unit;
	throw refusal(
		context,
		itemIndex,
		`The parameter 'Amount Unit' is neither minor nor major: ${show(unit)}`,
		'Choose it from the list, or let the expression give minor or major.',
	);
}

/**
 * An amount that stands in a field, in minor units.
 *
 * @param field how the user knows the field
 * @throws NodeOperationError with the reason, before anything is sent
 */
export function toMinor(
	context: IExecuteFunctions,
	itemIndex: number,
	given: unknown,
	unit: AmountUnit,
	field: string,
): number {
	const parsed = parseAmount(given, unit);
	if ('value' in parsed) return parsed.value;
	throw refusal(
		context,
		itemIndex,
		`'${field}' is not an amount in ${unit} units: ${show(given)}`,
		`It was not sent, because ${parsed.problem}.`,
	);
}

/** `least` and the answer are in minor units. */
export function readAmount(context: IExecuteFunctions, itemIndex: number, least = 1): Amount {
	const unit = readAmountUnit(context, itemIndex);
	const currency = readCurrency(context, itemIndex);
	const given = context.getNodeParameter('amount', itemIndex, '') as unknown;
	const value = toMinor(context, itemIndex, given, unit, 'Amount');
	if (value >= least && value <= LARGEST_AMOUNT) return { currency, value };
	throw refusal(
		context,
		itemIndex,
		`The amount ${toMajor(value)} ${currency} is too ${value < least ? 'small' : 'large'}`,
		`It must be between ${toMajor(least)} and ${toMajor(LARGEST_AMOUNT)} ${currency}. Check the amount unit: ${show(given)} was read in ${unit} units.`,
	);
}

/** A phone number as the API takes it (MSISDN): country code and number, 9 to 15 digits. */
export function readPhoneNumber(
	context: IExecuteFunctions,
	itemIndex: number,
	given: unknown,
): string {
	const text = typeof given === 'number' ? String(given) : given;
	if (typeof text === 'string' && /^\d{9,15}$/.test(text.trim())) return text.trim();
	throw refusal(
		context,
		itemIndex,
		`The phone number is not valid: ${show(given)}`,
		'Write the country code and the number, digits only, 9 to 15 of them: 4712345678 for +47 123 45 678.',
	);
}
