/** The feeds of the API. */
export type FeedTopic = 'funds' | 'fees' | 'sales';

/** What the trigger reads: feeds, and ledger dates with their payouts as they close. */
export type Topic = FeedTopic | 'ledgerDate' | 'payout';

/** A ledger or sales entry as the API gives it. Amounts are integers in minor units. */
export type Entry = Record<string, unknown>;

/** One page of a feed. The cursor is opaque and leads to what follows this page. */
export interface FeedPage {
	entries: Entry[];
	/** Absent when the API gave none. */
	cursor?: string;
	/** Whether nothing more is ready now. */
	atEnd: boolean;
}

/** One page of a single ledger date. */
export interface DatePage<T = Entry> {
	entries: T[];
	/** Leads to the next page of the date; absent on the last page. */
	cursor?: string;
	/** Whether entries may still be added to this date. */
	open: boolean;
}
