import type { Voucher } from '../vouchers/voucher';
import { accountNumber, grossLines, lineText, oneLine, signed, toNumber } from './lines';

/**
 * The body of `POST /v2/ledger/voucher` of Tripletex. Accounts and VAT types are known by their
 * ids there, which `GET /v2/ledger/account` and `GET /v2/ledger/vatType` list. Amounts are gross
 * and signed, debit is positive. `externalVoucherNumber` is the voucher key, by which
 * `GET /v2/ledger/voucher/>externalVoucherNumber` finds it again.
 *
 * Not tested against the live service. Assumptions: that debit is the positive side, and that a
 * posting without VAT needs no `vatType`.
 *
 * @see https://tripletex.no/v2-docs/
 */
export function tripletex(voucher: Voucher): object {
	const { voucherKey, date, description } = voucher;
	return {
		date,
		description: oneLine(description),
		externalVoucherNumber: voucherKey,
		postings: grossLines(voucher).map((line, index) => ({
			// Row 0 is for what the system adds.
			row: index + 1,
			date,
			description: oneLine(lineText(line)),
			account: { id: accountNumber(line.account) },
			amountGross: toNumber(signed(line)),
			amountGrossCurrency: toNumber(signed(line)),
			...(line.vatCode !== null && { vatType: { id: accountNumber(line.vatCode) } }),
		})),
	};
}
