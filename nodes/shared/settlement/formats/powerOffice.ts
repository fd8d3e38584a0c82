import type { Voucher } from '../vouchers/voucher';
import { accountNumber, grossLines, lineText, oneLine, toNumber } from './lines';

/**
 * The body of `POST /JournalEntryVouchers/ManualJournals` of PowerOffice Go (API v2): a draft that
 * somebody posts in the journal. Accounts and VAT codes are known by their ids there. Amounts are
 * gross and positive, in the currency of the voucher.
 *
 * Not tested against the live service. Assumption: that a line may have one side only.
 *
 * @see https://prdm0go0stor0apiv20eurw.z6.web.core.windows.net/
 */
export function powerOffice(voucher: Voucher): object {
	const { voucherKey, date, currency, description, review } = voucher;
	return {
		VoucherDate: date,
		CurrencyCode: currency,
		Description: oneLine(description),
		Comment: [voucherKey, ...review].map(oneLine).join('\n'),
		ManualVoucherLines: grossLines(voucher).map((line) => {
			const side = line.debit > 0 ? 'Debit' : 'Credit';
			return {
				PostingDate: date,
				Description: oneLine(lineText(line)),
				[`${side}AccountId`]: accountNumber(line.account),
				...(line.vatCode !== null && { [`${side}VatId`]: accountNumber(line.vatCode) }),
				CurrencyAmount: toNumber(line.debit + line.credit),
			};
		}),
	};
}
