import type { LedgerDate } from '../../ledger/dates';
import { countryOf } from '../../ledger/market';
import { toMajor } from '../../money';
import type { Voucher, VoucherLine } from '../vouchers/voucher';
import { oneLine } from './lines';

const COLUMNS = [
	'voucherKey',
	'date',
	'account',
	'role',
	'debit',
	'credit',
	'currency',
	'vatCode',
	'vatRate',
	'text',
	'pspReference',
	'reference',
	'description',
];

/** Dates as programs of a market show them; ISO dates where nothing else is usual. */
function localDate(date: LedgerDate, country: string): string {
	const [year, month, day] = date.split('-');
	if (country === 'NO') return `${day}.${month}.${year}`;
	if (country === 'DK') return `${day}-${month}-${year}`;
	if (country === 'FI') return `${Number(day)}.${Number(month)}.${year}`;
	return date;
}

const decimal = (minor: number): string => toMajor(minor).replace('.', ',');

/** A percentage from basis points: 2500 is "25", 2550 is "25,5". */
const percent = (rate: number): string => decimal(rate).replace(/,?0+$/, '');

/** What spreadsheets take for a formula is led by an apostrophe; it came from outside. */
const harmless = (text: string): string => (/^[=+\-@]/.test(text) ? `'${text}` : text);

function field(text: string): string {
	const shown = harmless(oneLine(text));
	return /[";]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/**
 * One row a line, with a header: semicolons, decimal commas and the dates of the market, as
 * spreadsheets and imports in the Nordic countries read them. Rows end in CR LF; no field holds a
 * line break, so that files can be joined by their lines.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csv(voucher: Voucher): string {
	const { voucherKey, date, currency, description, lines } = voucher;
	const country = countryOf({ currency });
	const amount = (minor: number) => (minor === 0 ? '' : decimal(minor));
	const row = (line: VoucherLine) => [
		field(voucherKey),
		localDate(date, country),
		field(line.account),
		line.role,
		amount(line.debit),
		amount(line.credit),
		field(currency),
		field(line.vatCode ?? ''),
		line.vatRate === null ? '' : percent(line.vatRate),
		field(line.text),
		field(line.pspReference ?? ''),
		field(line.reference ?? ''),
		field(description),
	];
	return [COLUMNS, ...lines.map(row)].map((fields) => `${fields.join(';')}\r\n`).join('');
}
