import { flatten, withDecimals } from './flatten';

const FIELDS = {
	topic: 'topic',
	ledgerId: 'ledgerId',
	dedupeKey: 'dedupeKey',
	entryType: 'entryType',
	time: 'time',
	pspReference: 'pspReference',
	reference: 'reference',
	currency: 'currency',
	amount: 'amounts.gross',
};

/** A sale in ten flat fields: which one, and what it came to with VAT. */
export const simplifySale = (sale: object) => withDecimals(flatten(sale, FIELDS), ['amount']);
