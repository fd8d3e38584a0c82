import type { Voucher } from '../vouchers/voucher';
import { accountNumber, cut, lineText, toNumber } from './lines';

/**
 * The body of `POST /3/vouchers` of Fortnox. VAT stands on its own account. Amounts are in the
 * currency in which the company keeps its books.
 *
 * Not tested against the live service. Assumption: that vouchers may go to the series A.
 *
 * @see https://api.fortnox.se/apidocs#tag/fortnox_Vouchers
 */
export function fortnox(voucher: Voucher): object {
	const { voucherKey, date, description, lines, review } = voucher;
	return {
		Voucher: {
			Description: cut(description, 200),
			Comments: cut([voucherKey, ...review].join('. '), 1_000),
			VoucherSeries: 'A',
			TransactionDate: date,
			VoucherRows: lines.map((line) => ({
				Account: accountNumber(line.account),
				Debit: toNumber(line.debit),
				Credit: toNumber(line.credit),
				TransactionInformation: cut(lineText(line), 100),
			})),
		},
	};
}
