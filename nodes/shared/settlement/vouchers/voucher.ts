import type { LedgerDate } from '../../ledger/dates';

export type Role =
	| 'clearing'
	| 'sales'
	| 'fee'
	| 'bank'
	| 'receivable'
	| 'interim'
	| 'vat'
	| 'rounding';

/** One line of a voucher; exactly one of debit and credit is not zero. Minor units. */
export interface VoucherLine {
	account: string;
	role: Role;
	debit: number;
	credit: number;
	vatCode: string | null;
	/** Basis points: 2500 is 25 %. */
	vatRate: number | null;
	text: string;
	pspReference: string | null;
	reference: string | null;
}

/** A balanced voucher. */
export interface Voucher {
	/** The same for the same voucher in every run. */
	voucherKey: string;
	date: LedgerDate;
	currency: string;
	description: string;
	ledgerId: string;
	groupBy: GroupBy;
	lines: VoucherLine[];
	totalDebit: number;
	totalCredit: number;
	/** What a bookkeeper should look at; empty when nothing. */
	review: string[];
}

export type GroupBy = 'ledgerDate' | 'payout' | 'transaction';
