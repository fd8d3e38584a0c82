/**
 * A ledger as the API gives it; unknown fields pass through.
 *
 * @see https://developer.vippsmobilepay.com/docs/APIs/report-api/api-guide/fetching-report-data/
 */
export interface Ledger extends Record<string, unknown> {
	ledgerId: string;
	currency?: string;
	owner?: { scheme?: string; id?: string };
	/** `api:<MSN>` or `<country>:<number>`. */
	settlesForRecipientHandles?: string[];
	salesUnits?: Array<{ name?: string; recipientHandle?: string }>;
}
