import type { Identifier } from './ledger.mts';
import { marketOfScheme, type MarketName } from './markets.mts';
import type { SalesUnit } from './salesUnits.mts';

export interface Address {
	lines: string[];
	postCode: string | null;
	city: string | null;
	countryCode: string | null;
}

/** A merchant in the field names of the Management API. */
export interface Merchant {
	businessIdentifier: Identifier;
	name: string;
	status: 'ACTIVE' | 'DEACTIVATED';
	createdAt: string;
	updatedAt: string;
	countryCode: string;
	businessAddress: Address | null;
	businessPostAddress: Address | null;
}

const names: Record<string, string> = {
	'987654321': 'Fjord Sport AS',
	'12345674': 'Havnens Cykler ApS',
	'1234567-1': 'Saaren Kahvila Oy',
};

const addresses: Record<MarketName, Address> = {
	NO: { lines: ['Fjordgata 5'], postCode: '0150', city: 'Oslo', countryCode: 'NO' },
	DK: {
		lines: ['Havnegade 12', '2. sal'],
		postCode: '8000',
		city: 'Aarhus C',
		countryCode: 'DK',
	},
	// No street address, which is allowed.
	FI: { lines: [], postCode: null, city: 'Hanko', countryCode: 'FI' },
};

const postBox: Address = {
	lines: ['Postboks 1234', 'Sentrum'],
	postCode: '0101',
	city: 'Oslo',
	countryCode: 'NO',
};

export function isSameBusiness(one: Identifier, other: Identifier): boolean {
	return one.scheme === other.scheme && one.id === other.id;
}

/**
 * The merchant behind sales units. There is no list of merchants: what is known of one follows from its units.
 * @param units all of its sales units, one at least
 */
export function merchantOf(units: readonly [SalesUnit, ...SalesUnit[]]): Merchant {
	const { businessIdentifier, name, market: unitMarket } = units[0];
	const market = marketOfScheme(businessIdentifier.scheme)?.name ?? unitMarket;
	const isActive = units.some(({ active }) => active);
	const made = units.map(({ createdAt }) => createdAt);
	return {
		businessIdentifier,
		name: names[businessIdentifier.id] ?? name,
		status: isActive ? 'ACTIVE' : 'DEACTIVATED',
		createdAt: new Date(Math.min(...made)).toISOString(),
		updatedAt: new Date(Math.max(...made)).toISOString(),
		countryCode: market,
		businessAddress: isActive ? addresses[market] : null,
		businessPostAddress: isActive && market === 'NO' ? postBox : null,
	};
}
