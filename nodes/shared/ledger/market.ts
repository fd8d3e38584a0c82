import type { Ledger } from './ledger';

const ZONES: Readonly<Record<string, string>> = {
	NO: 'Europe/Oslo',
	DK: 'Europe/Copenhagen',
	FI: 'Europe/Helsinki',
	SE: 'Europe/Stockholm',
};

const COUNTRY_OF_CURRENCY = new Map([
	['NOK', 'NO'],
	['DKK', 'DK'],
	['EUR', 'FI'],
	['SEK', 'SE'],
]);

/** The country in `business:NO:ORG`, `BBAN:NO` or `NO:123456`. */
const countryIn = (text: unknown): string | undefined =>
	typeof text === 'string' ? text.split(':').find((part) => Object.hasOwn(ZONES, part)) : undefined;

/**
 * The market of a ledger, as a country code. The owner tells it; failing that the recipient
 * handles, then the currency. Norway when nothing tells.
 */
export function countryOf(ledger: Partial<Ledger>): string {
	const handles = ledger.settlesForRecipientHandles ?? [];
	return (
		countryIn(ledger.owner?.scheme) ??
		handles.map(countryIn).find(Boolean) ??
		COUNTRY_OF_CURRENCY.get(ledger.currency ?? '') ??
		'NO'
	);
}

/** The time zone by which a ledger's dates run. */
export const timeZoneOf = (ledger: Partial<Ledger>): string => ZONES[countryOf(ledger)];
