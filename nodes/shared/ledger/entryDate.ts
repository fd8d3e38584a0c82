import type { Ledger } from './ledger';
import { dateInZone, parseLedgerDate, parseTime } from './dates';
import type { Entry } from './feed';
import { timeZoneOf } from './market';

/**
 * Gives the ledger date of an entry: its own, or else the date of its time in the ledger's
 * market. Undefined when the entry has neither.
 */
export function entryDateIn(ledger: Partial<Ledger>): (entry: Entry) => string | undefined {
	const timeZone = timeZoneOf(ledger);
	return (entry) => {
		const own = parseLedgerDate(entry.ledgerDate);
		if (own !== undefined) return own;
		const time = parseTime(entry.time);
		return time === undefined ? undefined : dateInZone(time, timeZone);
	};
}
