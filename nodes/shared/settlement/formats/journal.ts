import { toMajor } from '../../money';
import type { Voucher, VoucherLine } from '../vouchers/voucher';
import { oneLine, signed } from './lines';

/** Semicolons begin comments; brackets and colons in comments can be read as dates and tags. */
const plain = (text: string): string => oneLine(text.replace(/[;|()[\]{}:]/g, ' '));

/** `role:number`; two blanks would end the name. */
const accountName = ({ role, account }: VoucherLine): string =>
	[role, plain(account)].filter(Boolean).join(':');

function posting(line: VoucherLine, currency: string): string {
	const name = accountName(line).padEnd(24);
	const amount = `${currency} ${toMajor(signed(line))}`.trim().padStart(18);
	const { text, pspReference, reference } = line;
	const comment = [
		text,
		pspReference && `PSP reference ${pspReference}`,
		reference && `reference ${reference}`,
	]
		.filter(Boolean)
		.map((part) => plain(String(part)))
		.join(', ');
	return `    ${name}  ${amount}  ; ${comment}`;
}

/**
 * A transaction of a plain text journal, which hledger and ledger read. The voucher key is the
 * transaction's code; what to look at stands in comments.
 *
 * @see https://hledger.org/hledger.html#transactions
 * @see https://ledger-cli.org/doc/ledger3.html#Transactions-and-Comments
 */
export function journal(voucher: Voucher): string {
	const { voucherKey, date, currency, description, lines, review } = voucher;
	return [
		`${date} (${plain(voucherKey)}) ${plain(description)}`,
		...review.map((remark) => `    ; review, ${plain(remark)}`),
		...lines.map((line) => posting(line, plain(currency))),
		'',
		'',
	].join('\n');
}
