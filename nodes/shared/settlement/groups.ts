import type { MoneyEntry } from './entry';

/** Sums of the funds entries by kind, in minor units, signed as in the ledger. */
export interface FundsGroups {
	captures: number;
	refunds: number;
	feesRetained: number;
	payouts: number;
	payoutsAborted: number;
	disputes: number;
	corrections: number;
	topUps: number;
	creditNotes: number;
	other: number;
}

/** Sums of the fees entries by kind. */
export interface FeesGroups {
	charged: number;
	retained: number;
	invoiced: number;
	creditNotes: number;
	corrections: number;
	other: number;
}

const FUNDS: Readonly<Record<string, keyof FundsGroups>> = {
	capture: 'captures',
	refund: 'refunds',
	'fees-retained': 'feesRetained',
	'payout-scheduled': 'payouts',
	'scheduled-for-payout': 'payouts',
	'payout-aborted': 'payoutsAborted',
	'retained-disputed-capture': 'disputes',
	'returned-disputed-capture': 'disputes',
	correction: 'corrections',
	'top-up': 'topUps',
	'credit-note': 'creditNotes',
};

const FEES: Readonly<Record<string, keyof FeesGroups>> = {
	'capture-fee': 'charged',
	'service-fee': 'charged',
	'fees-retained': 'retained',
	'fees-invoiced': 'invoiced',
	'credit-note': 'creditNotes',
	correction: 'corrections',
};

/** The set of entry types is open: those that are not known here are `other`. */
export const fundsGroupOf = (type: string): keyof FundsGroups =>
	Object.hasOwn(FUNDS, type) ? FUNDS[type] : 'other';

export const feesGroupOf = (type: string): keyof FeesGroups =>
	Object.hasOwn(FEES, type) ? FEES[type] : 'other';

export function fundsGroups(entries: MoneyEntry[]): FundsGroups {
	const groups: FundsGroups = {
		captures: 0,
		refunds: 0,
		feesRetained: 0,
		payouts: 0,
		payoutsAborted: 0,
		disputes: 0,
		corrections: 0,
		topUps: 0,
		creditNotes: 0,
		other: 0,
	};
	for (const { type, amount } of entries) groups[fundsGroupOf(type)] += amount;
	return groups;
}

export function feesGroups(entries: MoneyEntry[]): FeesGroups {
	const groups: FeesGroups = {
		charged: 0,
		retained: 0,
		invoiced: 0,
		creditNotes: 0,
		corrections: 0,
		other: 0,
	};
	for (const { type, amount } of entries) groups[feesGroupOf(type)] += amount;
	return groups;
}
