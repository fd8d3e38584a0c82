import type { RawEntry, Topic } from './entry.mts';
import type { Ledger } from './ledger.mts';

export interface NewEntry {
	pspReference: string;
	time: string;
	ledgerDate: string;
	entryType: string;
	reference: string;
	/** Minor units, signed. */
	amount: number;
	recipientHandle: string | null;
	/** Further fields, such as personal data. */
	extra?: object | undefined;
}

/** Adds a well-formed entry to a ledger's topic; the balance goes on from the entry before. */
export function record(ledger: Ledger, topic: Topic, entry: NewEntry): RawEntry {
	const book = ledger.book(topic);
	return book.append(
		{
			pspReference: entry.pspReference,
			time: entry.time,
			ledgerDate: entry.ledgerDate,
			entryType: entry.entryType,
			reference: entry.reference,
			currency: ledger.facts.currency,
			amount: entry.amount,
			recipientHandle: entry.recipientHandle,
			balanceBefore: book.balance,
			balanceAfter: book.balance + entry.amount,
			...entry.extra,
		},
		entry.ledgerDate,
	);
}
