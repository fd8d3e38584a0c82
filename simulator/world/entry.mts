export type Topic = 'funds' | 'fees';

export const topics: readonly Topic[] = ['funds', 'fees'];

/** One row of the Report API, in its own field names. Amounts and balances: minor units, signed. */
export type Entry = {
	pspReference: string;
	time: string;
	ledgerDate: string;
	entryType: string;
	reference: string;
	currency: string;
	amount: number;
	recipientHandle: string | null;
	balanceBefore: number;
	balanceAfter: number;
};

/** An entry that may have any shape: new entry types and fields are no change of the API. */
export type RawEntry = Record<string, unknown>;

/** The fields that are there only when personal data has been asked for. */
export const personalFields: readonly string[] = ['name', 'message', 'maskedPhoneNo'];
