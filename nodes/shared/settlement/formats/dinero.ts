import type { Voucher } from '../vouchers/voucher';
import { accountNumber, grossLines, lineText, oneLine, signed, toNumber } from './lines';

/**
 * The body of `POST /v1/{organizationId}/vouchers/manuel` of Dinero (spelt so there): a draft,
 * which `…/book` books. Amounts are gross and signed, debit is positive.
 *
 * Not tested against the live service. Assumptions: that debit is the positive side, that `none`
 * stands for no VAT, and that a line needs no balancing account.
 *
 * @see https://api.dinero.dk/v1/docs
 */
export function dinero(voucher: Voucher): object {
	const { voucherKey, date, description } = voucher;
	return {
		VoucherDate: date,
		ExternalReference: voucherKey,
		Lines: grossLines(voucher).map((line) => ({
			Description: oneLine(`${description}: ${lineText(line)}`),
			AccountNumber: accountNumber(line.account),
			AccountVatCode: line.vatCode ?? 'none',
			Amount: toNumber(signed(line)),
		})),
	};
}
