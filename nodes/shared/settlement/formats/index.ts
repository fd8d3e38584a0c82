import type { VatLines } from '../vouchers/postings';
import type { Voucher } from '../vouchers/voucher';
import { csv } from './csv';
import { dinero } from './dinero';
import { eConomic } from './eConomic';
import { fiken } from './fiken';
import { fortnox } from './fortnox';
import { journal } from './journal';
import { powerOffice } from './powerOffice';
import { saft } from './saft';
import { sie4 } from './sie4';
import { tripletex } from './tripletex';
import { vismaEAccounting } from './vismaEAccounting';

export type FormatName =
	| 'csv'
	| 'dinero'
	| 'eConomic'
	| 'fiken'
	| 'fortnox'
	| 'journal'
	| 'powerOffice'
	| 'saft'
	| 'sie4'
	| 'tripletex'
	| 'vismaEAccounting';

interface Format {
	displayName: string;
	/** Text for a file, or the body of a request. */
	make: (voucher: Voucher) => string | object;
	/** Accounts are known by ids of the company there, so that those of a preset would be others. */
	ownIds?: true;
	/** Writes VAT in its own way, from the VAT lines of the voucher. */
	needsVatLines?: true;
	/** The only currency that amounts can be in. */
	currency?: string;
}

/** What a voucher can be turned into. */
export const FORMATS: Readonly<Record<FormatName, Format>> = {
	csv: { displayName: 'CSV', make: csv },
	dinero: { displayName: 'Dinero', make: dinero, needsVatLines: true, currency: 'DKK' },
	eConomic: { displayName: 'e-conomic', make: eConomic, needsVatLines: true },
	fiken: { displayName: 'Fiken', make: fiken, needsVatLines: true, currency: 'NOK' },
	fortnox: { displayName: 'Fortnox', make: fortnox, needsVatLines: true },
	journal: { displayName: 'Plain Text Journal', make: journal },
	powerOffice: {
		displayName: 'PowerOffice Go',
		make: powerOffice,
		ownIds: true,
		needsVatLines: true,
	},
	saft: { displayName: 'SAF-T Financial (Norway)', make: saft, needsVatLines: true },
	sie4: { displayName: 'SIE 4', make: sie4, needsVatLines: true },
	tripletex: {
		displayName: 'Tripletex',
		make: tripletex,
		ownIds: true,
		needsVatLines: true,
		currency: 'NOK',
	},
	vismaEAccounting: {
		displayName: 'Visma eAccounting',
		make: vismaEAccounting,
		needsVatLines: true,
	},
};

export const isFormatName = (name: unknown): name is FormatName =>
	typeof name === 'string' && Object.hasOwn(FORMATS, name);

/** Why a format cannot be made in this way, and what to do; undefined when it can. */
export interface FormatProblem {
	message: string;
	advice: string;
}

/** Looks at what is chosen, before anything is read. */
export function problemOfChoice(
	name: FormatName,
	{ hasPreset, vatLines }: { hasPreset: boolean; vatLines: VatLines },
): FormatProblem | undefined {
	const { displayName, ownIds, needsVatLines } = FORMATS[name];
	if (ownIds && hasPreset) {
		return {
			message: `${displayName} knows accounts by ids of its own, which no preset has`,
			advice: `Set 'Preset' to None, and enter the ids of your accounts and VAT codes in ${displayName} under 'Accounts'.`,
		};
	}
	if (needsVatLines && vatLines === 'included') {
		return {
			message: `The format ${displayName} writes VAT in its own way`,
			advice: "Set the option 'VAT Lines' to Separate.",
		};
	}
	return undefined;
}

/** Looks at the currency, where a system takes amounts without one. */
export function problemOfCurrency(name: FormatName, currency: string): FormatProblem | undefined {
	const { displayName, currency: only } = FORMATS[name];
	if (only === undefined || only === currency) return undefined;
	return {
		message: `${displayName} would take the amounts for ${only}, but the ledger is in ${currency}`,
		advice: 'Choose another format for this ledger.',
	};
}

/** A voucher in the formats that were asked for, by their names. */
export const inFormats = (
	voucher: Voucher,
	names: readonly FormatName[],
): Partial<Record<FormatName, string | object>> =>
	Object.fromEntries(names.map((name) => [name, FORMATS[name].make(voucher)]));
