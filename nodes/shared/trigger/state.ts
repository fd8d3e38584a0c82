import type { Moment } from '../ledger/dedupeKey';

/** How far one stream (a topic of a ledger) has been handed out. Plain JSON. */
export interface StreamState {
	/** The API's own cursor, never looked into; absent at the beginning of the feed. */
	cursor?: string;
	/** How many entries behind the cursor have been handed out already. */
	skip?: number;
	/** How many handed out entries the cursor of the first page may show once more. */
	again?: number;
	/** The moment of the last entry, which also proves that `skip` still fits. */
	moment?: Moment;
	/** Only while the feed is being walked to its end: entries before this time are old. */
	since?: string;
	/** Entries of an earlier date are left out, for good. */
	fromDate?: string;
}

/** All that the trigger remembers, in the node's static data. Keyed by topic and ledger. */
export interface TriggerState {
	/** The API's time at the first poll with a topic, for "all ledgers from now on". */
	startedAt?: Record<string, string>;
	streams?: Record<string, StreamState>;
	/** Ledgers that were there, for the event "new ledger". */
	knownLedgers?: string[];
	/** The stream whose turn it is first in the next poll. */
	nextStream?: string;
	/** The last wish to start again that was fulfilled; the same text starts nothing any more. */
	startedAgain?: string;
}
