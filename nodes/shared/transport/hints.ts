import type { Failure } from 'n8n-workflow';
import type { Problem } from './problem';

export interface Advice {
	/** What happened, used when the API gives no text of its own. */
	message: string;
	/** What to do about it. */
	hint: string;
	/** What n8n's poll engine needs to know to choose between waiting and giving up. */
	cause: Failure['cause'];
}

const LATER = 'Nothing was changed. Try again in a few minutes.';

const BY_STATUS: Readonly<Record<number, Advice>> = {
	400: {
		message: 'Vipps MobilePay did not accept the request',
		hint: 'Check the values that are named here.',
		cause: 'configuration-invalid',
	},
	401: {
		message: 'Vipps MobilePay did not accept the keys',
		hint: 'Open the credential and press Test. Check that the keys are of the type that this operation needs: the Sales API takes accounting keys only, payments take merchant keys.',
		cause: 'credential-invalid',
	},
	403: {
		message: 'These keys may not do this',
		hint: 'Check the type of the keys: the Sales API takes accounting keys only, partner keys cannot read ledgers. Accounting keys need the access that a merchant gives in the business portal under Reports.',
		cause: 'credential-invalid',
	},
	404: {
		message: 'Vipps MobilePay did not find this',
		hint: 'Check the number, and that these keys have access to it.',
		cause: 'configuration-invalid',
	},
	410: {
		message: 'This part of the API has been taken out of service',
		hint: 'Update this package to its newest version.',
		cause: 'node-defect',
	},
	423: {
		message: 'Vipps MobilePay is still working on an earlier request for this',
		hint: LATER,
		cause: 'temporarily-unavailable',
	},
	429: {
		message: 'Vipps MobilePay received too many requests',
		hint: 'Wait a few minutes. Poll less often, at another minute than the full hour, or read fewer ledgers at once.',
		cause: 'rate-limited',
	},
};

const SERVER_TROUBLE: Advice = {
	message: 'Vipps MobilePay could not answer just now',
	hint: LATER,
	cause: 'temporarily-unavailable',
};

const OTHER: Advice = {
	message: 'Vipps MobilePay gave an unexpected answer',
	hint: 'Try again. If it stays like this, report it together with the trace ID.',
	cause: 'node-defect',
};

const LEDGER_NOT_FOUND: Advice = {
	message: 'This ledger does not exist, or these keys have no access to it',
	hint: 'Choose the ledger from the list. If it is missing there, the merchant has to give access in the business portal under Reports → Accounting partners.',
	cause: 'configuration-invalid',
};

const SALE_NOT_FOUND: Advice = {
	message: 'No sale was found under this reference',
	hint: 'Check the reference and the ledger, and that these keys have access to it. The Sales API holds sales of Vippsnummer, MobilePay-nummer and mPOS only, since March 2026.',
	cause: 'configuration-invalid',
};

const BAD_CURSOR: Advice = {
	message: 'Vipps MobilePay did not accept the cursor',
	hint: 'Use the cursor exactly as an earlier page of the same ledger and topic gave it, or leave it empty to start from the beginning.',
	cause: 'configuration-invalid',
};

const isLedgerPath = (path: string) => /\/ledgers\/[^/]+/.test(path);

/** The advice for an unsuccessful answer to a request for `path`. */
export function adviceFor(
	problem: Problem,
	{ path, hasCursor }: { path: string; hasCursor: boolean },
): Advice {
	if (problem.status === 404 && /references\//.test(path)) return SALE_NOT_FOUND;
	if (problem.status === 404 && isLedgerPath(path)) return LEDGER_NOT_FOUND;
	if (problem.status === 400 && hasCursor) return BAD_CURSOR;
	if (problem.status >= 500) return SERVER_TROUBLE;
	return BY_STATUS[problem.status] ?? OTHER;
}
