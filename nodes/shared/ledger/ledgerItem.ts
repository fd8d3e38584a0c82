import type { Ledger } from './ledger';

/** A ledger as the trigger emits it. */
export const ledgerItem = (ledger: Ledger) => ({
	...ledger,
	topic: 'ledger',
	dedupeKey: `ledger-${ledger.ledgerId}`,
});
