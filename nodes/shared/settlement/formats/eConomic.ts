import type { Voucher } from '../vouchers/voucher';
import { accountNumber, cut, grossLines, lineText, signed, toNumber } from './lines';

/**
 * The body of `POST /journals/{journalNumber}/vouchers` of e-conomic: entries of a cash book that
 * somebody books later. Amounts are gross and signed, debit is positive.
 *
 * Not tested against the live service. Assumptions: that the accounting year is the calendar year
 * (change `accountingYear.year` where it is not, for example to 2026/2027), and that debit is the
 * positive side.
 *
 * @see https://restdocs.e-conomic.com/#post-journals-journalnumber-vouchers
 */
export function eConomic(voucher: Voucher): object {
	const { date, currency, description } = voucher;
	return {
		accountingYear: { year: date.slice(0, 4) },
		entries: {
			financeVouchers: grossLines(voucher).map((line) => ({
				date,
				text: cut(`${description}: ${lineText(line)}`, 250),
				account: { accountNumber: accountNumber(line.account) },
				amount: toNumber(signed(line)),
				currency: { code: currency },
				...(line.vatCode !== null && { vatAccount: { vatCode: line.vatCode } }),
			})),
		},
	};
}
