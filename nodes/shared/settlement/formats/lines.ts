import { toMajor } from '../../money';
import type { Voucher, VoucherLine } from '../vouchers/voucher';

/** Debit is positive, credit negative. Minor units. */
export const signed = ({ debit, credit }: VoucherLine): number => debit - credit;

/** Minor units as the JSON number of their decimal text: 28850 is 288.5. */
export const toNumber = (minor: number): number => Number(toMajor(minor));

/**
 * An account as a number, where that is what an API wants. Anything else stays as it is, so that
 * the API refuses it instead of booking it elsewhere.
 */
export const accountNumber = (account: string): number | string =>
	/^\d{1,15}$/.test(account) ? Number(account) : account;

/** Text without line breaks and other control characters. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** At most so many characters, none of them cut in half. */
export const cut = (text: string, most: number): string =>
	[...oneLine(text)].slice(0, most).join('').trim();

/** What a line is for, with the references to look it up by. */
export const lineText = ({ text, reference, pspReference }: VoucherLine): string =>
	[text, reference, pspReference].filter(Boolean).join(', ');

/** A line for systems that take the VAT out of the amount themselves. */
export interface GrossLine extends VoucherLine {
	/** The VAT that is in the amount, in minor units; zero on lines without a VAT code. */
	vat: number;
}

const isBaseOf = (vatLine: VoucherLine, line: GrossLine): boolean =>
	line.role === 'sales' &&
	line.vat === 0 &&
	line.vatRate === vatLine.vatRate &&
	line.vatCode === vatLine.vatCode &&
	line.pspReference === vatLine.pspReference &&
	line.debit > 0 === vatLine.debit > 0;

/**
 * The lines of a voucher with separate VAT, each VAT line put back into the sales line that it
 * belongs to. VAT without a code stays on its own line, because nothing would tell the system of
 * it. The sum of the lines remains zero.
 */
export function grossLines({ lines }: Voucher): GrossLine[] {
	const gross: GrossLine[] = [];
	for (const line of lines) {
		const isVat = line.role === 'vat' && line.vatCode !== null;
		const base = isVat ? gross.find((one) => isBaseOf(line, one)) : undefined;
		if (base) {
			base.debit += line.debit;
			base.credit += line.credit;
			base.vat = line.debit + line.credit;
		} else {
			gross.push({ ...line, vat: 0, vatCode: isVat ? null : line.vatCode });
		}
	}
	return gross;
}
