import { toMajor } from '../money';
import type { MoneyEntry } from './entry';

/** A place where the balances of a ledger do not fit together: something is missing there. */
export interface BalanceBreak {
	topic: 'funds' | 'fees';
	ledgerDate: string;
	pspReference: string;
	/** What the balance should be, and what it is, in minor units. */
	expected: number;
	found: number;
	explanation: string;
}

/**
 * Follows the balance of one topic from entry to entry and from day to day. Entries without
 * balances are counted on.
 */
export function balanceBreaks(entries: MoneyEntry[]): BalanceBreak[] {
	const breaks: BalanceBreak[] = [];
	let running: number | undefined;
	for (const entry of entries) {
		const { topic, date, type, amount, pspReference, balanceBefore, balanceAfter } = entry;
		const report = (expected: number, found: number, which: string) =>
			breaks.push({
				topic,
				ledgerDate: date,
				pspReference,
				expected,
				found,
				explanation: `${topic} ${date}, ${type} ${pspReference}: the balance ${which} is ${toMajor(found)}, but ${toMajor(expected)} was to be expected`,
			});
		if (running !== undefined && balanceBefore !== undefined && balanceBefore !== running) {
			report(running, balanceBefore, 'before it');
		}
		const before = balanceBefore ?? running;
		const after = before === undefined ? undefined : before + amount;
		if (after !== undefined && balanceAfter !== undefined && balanceAfter !== after) {
			report(after, balanceAfter, 'after it');
		}
		running = balanceAfter ?? after;
	}
	return breaks;
}

/** The balance with which entries begin; undefined when none of them tells. */
export function openingBalance(entries: MoneyEntry[]): number | undefined {
	let sum = 0;
	for (const { amount, balanceBefore, balanceAfter } of entries) {
		if (balanceBefore !== undefined) return balanceBefore - sum;
		sum += amount;
		if (balanceAfter !== undefined) return balanceAfter - sum;
	}
	return undefined;
}
