import type { Voucher } from '../vouchers/voucher';
import { accountNumber, cut, lineText, toNumber } from './lines';

/**
 * The body of `POST /v2/vouchers` of Visma eAccounting. Every line has both sides, one of them
 * zero, with two decimals at most. VAT stands on its own account; VAT codes are left out, because
 * they are ids of the company there.
 *
 * Not tested against the live service.
 *
 * @see https://eaccountingapi.vismaonline.com/swagger/ui/index
 */
export function vismaEAccounting(voucher: Voucher): object {
	const { voucherKey, date, description, lines } = voucher;
	return {
		VoucherDate: date,
		VoucherText: cut(`${description} (${voucherKey})`, 1_000),
		Rows: lines.map((line) => ({
			AccountNumber: accountNumber(line.account),
			DebitAmount: toNumber(line.debit),
			CreditAmount: toNumber(line.credit),
			TransactionText: cut(lineText(line), 60),
		})),
	};
}
