import type { Voucher } from '../vouchers/voucher';
import { accountNumber, cut, grossLines } from './lines';

/** Texts have 200 characters, of which Fiken uses some to say that they came by the API. */
const TEXT = 160;

/**
 * The body of `POST /companies/{companySlug}/generalJournalEntries` of Fiken. Amounts are whole
 * øre and positive. Fiken adds the VAT itself where there is a VAT code: a debit line is then net,
 * a credit line gross.
 *
 * Not tested against the live service.
 *
 * @see https://api.fiken.no/api/v2/docs/
 */
export function fiken(voucher: Voucher): object {
	const { voucherKey, date, description } = voucher;
	const text = cut(`${description} (${voucherKey})`, TEXT);
	return {
		description: text,
		journalEntries: [
			{
				description: text,
				date,
				lines: grossLines(voucher).map(({ account, vatCode, vat, debit, credit }) => {
					const code = vatCode === null ? undefined : accountNumber(vatCode);
					return debit > 0
						? {
								amount: debit - vat,
								debitAccount: account,
								...(code !== undefined && { debitVatCode: code }),
							}
						: {
								amount: credit,
								creditAccount: account,
								...(code !== undefined && { creditVatCode: code }),
							};
				}),
			},
		],
	};
}
