import { toMajor } from '../../money';
import type { Voucher, VoucherLine } from '../vouchers/voucher';
import { lineText, oneLine, signed } from './lines';

/** A backslash escapes quotes, and would escape the one that ends the field. */
const quoted = (text: string): string =>
	`"${oneLine(text).replace(/[{}]/g, ' ').replaceAll('\\', '/').replaceAll('"', '\\"')}"`;

const compact = (date: string): string => date.replaceAll('-', '');

const transaction = (line: VoucherLine): string =>
	`\t#TRANS ${/^\w+$/.test(line.account) ? line.account : quoted(line.account)} {} ${toMajor(signed(line))} "" ${quoted(lineText(line))}`;

/**
 * A verification of SIE 4 (`#VER` with its `#TRANS` rows), for a file of type 4I. The header of
 * the file (`#FLAGGA`, `#PROGRAM`, `#FORMAT PC8`, `#GEN`, `#SIETYP 4`, `#FNAMN`) comes once before
 * all of them, and the file is to be saved in code page 437. Series and number are left to the
 * program that reads it. Debit is positive.
 *
 * Not tested against a live service.
 *
 * @see https://sie.se/format/
 */
export function sie4(voucher: Voucher): string {
	const { voucherKey, date, description, lines } = voucher;
	return [
		`#VER "" "" ${compact(date)} ${quoted(`${description} (${voucherKey})`)}`,
		'{',
		...lines.map(transaction),
		'}',
		'',
	].join('\r\n');
}
