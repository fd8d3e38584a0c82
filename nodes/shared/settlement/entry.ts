import type { LedgerDate } from '../ledger/dates';
import type { Entry } from '../ledger/feed';

/** An entry of a ledger as far as money is calculated with it. Amounts: minor units, signed. */
export interface MoneyEntry {
	topic: 'funds' | 'fees';
	date: LedgerDate;
	type: string;
	amount: number;
	currency: string;
	time: string;
	pspReference: string;
	reference: string;
	/** Not every old entry has them. */
	balanceBefore?: number;
	balanceAfter?: number;
}

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const balance = (value: unknown): number | undefined =>
	Number.isSafeInteger(value) ? (value as number) : undefined;

/**
 * @throws Error when there is no whole amount: a sum without it would be wrong
 */
export function toMoneyEntry(
	entry: Entry,
	topic: MoneyEntry['topic'],
	date: LedgerDate,
): MoneyEntry {
	const { amount } = entry;
	const pspReference = text(entry.pspReference);
	if (!Number.isSafeInteger(amount)) {
		throw new Error(
			`The ${topic} entry ${pspReference} of ${date} has no whole amount, so no sum can be made`,
		);
	}
	return {
		topic,
		date,
		type: text(entry.entryType),
		amount: amount as number,
		currency: text(entry.currency),
		time: text(entry.time),
		pspReference,
		reference: text(entry.reference),
		balanceBefore: balance(entry.balanceBefore),
		balanceAfter: balance(entry.balanceAfter),
	};
}

/** Payouts had another name until 2026. */
export const isPayout = ({ topic, type }: MoneyEntry): boolean =>
	topic === 'funds' && (type === 'payout-scheduled' || type === 'scheduled-for-payout');

/** The number of a payout stands behind the dash of its reference: `<ledgerId>-<number>`. */
export const payoutNumber = (pspReference: string): string | null =>
	/^[^-]+-(\d+)$/.exec(pspReference)?.[1] ?? null;

export const sumOf = (entries: MoneyEntry[]): number =>
	entries.reduce((sum, { amount }) => sum + amount, 0);

/** What of a ledger lies before us: complete dates, entries in the order of the ledger. */
export interface Book {
	ledgerId: string;
	currency: string;
	dates: LedgerDate[];
	funds: MoneyEntry[];
	fees: MoneyEntry[];
}

/** @throws Error when the entries are in several currencies, which cannot be added up */
export function currencyOf(entries: MoneyEntry[], fallback = ''): string {
	const currencies = new Set<string>();
	for (const { currency } of entries) if (currency !== '') currencies.add(currency);
	if (currencies.size > 1) {
		throw new Error(
			`The ledger has entries in ${[...currencies].join(' and ')}, which cannot be added up`,
		);
	}
	return [...currencies][0] ?? fallback;
}
