export type MarketName = 'NO' | 'DK' | 'FI';

export interface Market {
	name: MarketName;
	timeZone: string;
	currency: 'NOK' | 'DKK' | 'EUR';
	bankScheme: string;
	ownerScheme: string;
	/** Basis points: the standard rate first, then a reduced one where the market has it. */
	vatRates: number[];
}

export const markets: Record<MarketName, Market> = {
	NO: {
		name: 'NO',
		timeZone: 'Europe/Oslo',
		currency: 'NOK',
		bankScheme: 'BBAN:NO',
		ownerScheme: 'business:NO:ORG',
		vatRates: [2500, 1500],
	},
	DK: {
		name: 'DK',
		timeZone: 'Europe/Copenhagen',
		currency: 'DKK',
		bankScheme: 'BBAN:DK',
		ownerScheme: 'business:DK:CVR',
		vatRates: [2500],
	},
	FI: {
		name: 'FI',
		timeZone: 'Europe/Helsinki',
		currency: 'EUR',
		bankScheme: 'BBAN:FI',
		ownerScheme: 'business:FI:Y-tunnus',
		vatRates: [2550, 1350],
	},
};

/** The market of a business, by the scheme of its identifier. */
export function marketOfScheme(scheme: string): Market | undefined {
	return Object.values(markets).find(({ ownerScheme }) => ownerScheme === scheme);
}
