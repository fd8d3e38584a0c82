import { toMajor } from '../../money';
import type { Voucher, VoucherLine } from '../vouchers/voucher';
import { cut, lineText } from './lines';

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&apos;',
};

/** Lone surrogates and what XML 1.0 does not know are left out. */
const escape = (text: string): string =>
	text.replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '').replace(/[&<>"']/g, (character) => ESCAPES[character]);

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

const text = (name: string, value: string, most: number): string =>
	element(name, escape(cut(value, most)));

const amount = (name: string, minor: number): string =>
	element(name, element('Amount', toMajor(minor)));

const sideOf = ({ debit }: VoucherLine): 'Debit' | 'Credit' => (debit > 0 ? 'Debit' : 'Credit');

/** The VAT of a sales line, which the VAT line that follows it has. */
function taxInformation(line: VoucherLine, lines: VoucherLine[]): string {
	if (line.role !== 'sales' || line.vatCode === null || line.vatRate === null) return '';
	const own = lines.find(
		(one) =>
			one.role === 'vat' &&
			one.vatRate === line.vatRate &&
			one.pspReference === line.pspReference &&
			sideOf(one) === sideOf(line),
	);
	return element(
		'TaxInformation',
		element('TaxType', 'MVA') +
			text('TaxCode', line.vatCode, 70) +
			element('TaxPercentage', toMajor(line.vatRate)) +
			element('TaxBase', toMajor(line.debit + line.credit)) +
			amount(`${sideOf(line)}TaxAmount`, own ? own.debit + own.credit : 0),
	);
}

/**
 * A `Transaction` of SAF-T Financial, version 1.30 (Norway), to be put into a `Journal` of the
 * `GeneralLedgerEntries`. The file around it, with the master data of the company, is not made
 * here.
 *
 * Not tested against a live service.
 *
 * @see https://github.com/Skatteetaten/saf-t
 */
export function saft(voucher: Voucher): string {
	const { voucherKey, date, description, lines } = voucher;
	const [year, month] = date.split('-').map(Number);
	return element(
		'Transaction',
		text('TransactionID', voucherKey, 70) +
			element('Period', String(month)) +
			element('PeriodYear', String(year)) +
			element('TransactionDate', date) +
			text('Description', description, 256) +
			element('SystemEntryDate', date) +
			element('GLPostingDate', date) +
			lines
				.map((line, index) =>
					element(
						'Line',
						element('RecordID', String(index + 1)) +
							text('AccountID', line.account, 70) +
							text('Description', lineText(line), 256) +
							amount(`${sideOf(line)}Amount`, line.debit + line.credit) +
							taxInformation(line, lines),
					),
				)
				.join(''),
	);
}
