import type { Problem } from '../problem';
import type { Advice, Asked } from './advice';

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

/** What the Settlement, Report and Sales APIs mean by some statuses. */
export function ledgerAdvice({ status }: Problem, { path, hasCursor }: Asked): Advice | undefined {
	if (status === 404 && /references\//.test(path)) return SALE_NOT_FOUND;
	if (status === 404 && isLedgerPath(path)) return LEDGER_NOT_FOUND;
	if (status === 400 && hasCursor) return BAD_CURSOR;
	return undefined;
}
