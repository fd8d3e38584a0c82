import type { Role } from './voucher';

/** The VAT of one rate: the code that the accounting system knows it by, and its sales account. */
export interface VatTerms {
	/** Basis points: 2500 is 25 %. */
	rate: number;
	code?: string;
	salesAccount?: string;
}

/** Where a voucher's lines go. */
export interface Chart {
	accounts: Readonly<Record<Role, string>>;
	vat: readonly VatTerms[];
}

export type PresetName = 'none' | 'norway' | 'denmark' | 'finland';

const NO_ACCOUNTS: Record<Role, string> = {
	clearing: '',
	sales: '',
	fee: '',
	bank: '',
	receivable: '',
	interim: '',
	vat: '',
	rounding: '',
};

/**
 * Proposals that a bookkeeper adapts. Norway: NS 4102 with the standard VAT codes. Denmark and
 * Finland: accounts of usual charts; every company has its own.
 */
export const PRESETS: Readonly<Record<PresetName, Chart>> = {
	none: { accounts: NO_ACCOUNTS, vat: [] },
	norway: {
		accounts: {
			clearing: '1570',
			sales: '3000',
			fee: '7770',
			bank: '1920',
			receivable: '2400',
			interim: '2990',
			vat: '2700',
			rounding: '7740',
		},
		vat: [
			{ rate: 2500, code: '3' },
			{ rate: 1500, code: '31' },
			{ rate: 1200, code: '33' },
			{ rate: 0, code: '5' },
		],
	},
	denmark: {
		accounts: {
			clearing: '5820',
			sales: '1010',
			fee: '3640',
			bank: '5830',
			receivable: '7440',
			interim: '6900',
			vat: '7680',
			rounding: '3699',
		},
		vat: [{ rate: 2500, code: 'U25' }],
	},
	finland: {
		accounts: {
			clearing: '1763',
			sales: '3000',
			fee: '8570',
			bank: '1910',
			receivable: '2871',
			interim: '2999',
			vat: '2939',
			rounding: '8580',
		},
		vat: [{ rate: 2550 }, { rate: 1350 }, { rate: 1000 }, { rate: 0 }],
	},
};

/** A preset with what the user has changed; empty fields change nothing. */
export function chartOf(
	preset: PresetName,
	accounts: Partial<Record<Role, string>>,
	vat: VatTerms[],
): Chart {
	const given = Object.fromEntries(Object.entries(accounts).filter(([, account]) => account));
	const known = PRESETS[preset].vat;
	const rates = vat.map(({ rate }) => rate);
	return {
		accounts: { ...PRESETS[preset].accounts, ...given },
		vat: [
			...vat.map((terms) => ({ ...known.find(({ rate }) => rate === terms.rate), ...terms })),
			...known.filter(({ rate }) => !rates.includes(rate)),
		],
	};
}
