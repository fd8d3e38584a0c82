import fc from 'fast-check';
import { csv } from '../../../../nodes/shared/settlement/formats/csv';
import { journal } from '../../../../nodes/shared/settlement/formats/journal';
import { saft } from '../../../../nodes/shared/settlement/formats/saft';
import { sie4 } from '../../../../nodes/shared/settlement/formats/sie4';
import { anyVouchers, vouchersOf, withVat, WORKED_EXAMPLE } from './vouchers';

const [worked] = vouchersOf({ entries: WORKED_EXAMPLE });

const minor = (text: string): number => Number(text.replace(/[.,]/, ''));

/** RFC 4180 with semicolons; fails at what the standard does not allow. */
function parseCsv(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	for (let rest = text; rest !== ''; ) {
		const match = /^(?:"((?:[^"]|"")*)"|([^";\r\n]*))(;|\r\n)/.exec(rest);
		if (!match) throw new Error(`No CSV from here: ${JSON.stringify(rest.slice(0, 80))}`);
		row.push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
		if (match[3] !== ';') {
			rows.push(row);
			row = [];
		}
		rest = rest.slice(match[0].length);
	}
	return rows;
}

describe('csv', () => {
	it('shows the worked example as a Norwegian sheet does', () => {
		expect(csv(worked).split('\r\n')).toEqual([
			'voucherKey;date;account;role;debit;credit;currency;vatCode;vatRate;text;pspReference;reference;description',
			...[
				'1570;clearing;400,00;;NOK;;;Sales;;;',
				'3000;sales;;400,00;NOK;;;Sales;;;',
				'1570;clearing;;100,00;NOK;;;Refund;;;',
				'3000;sales;100,00;;NOK;;;Refund;;;',
				'1570;clearing;;12,00;NOK;;;Fees retained;;;',
				'1570;clearing;;288,00;NOK;;;Payout;;;',
				'1920;bank;288,00;;NOK;;;Payout;;;',
				'2400;receivable;;12,00;NOK;;;Fee;;;',
				'7770;fee;12,00;;NOK;;;Fee;;;',
				'2400;receivable;12,00;;NOK;;;Fees retained;;;',
			].map((row) => `12345-2022-10-01;01.10.2022;${row}Vipps MobilePay 12345, 2022-10-01`),
			'',
		]);
	});

	it.each([
		['NOK', '01.10.2022'],
		['DKK', '01-10-2022'],
		['EUR', '1.10.2022'],
		['SEK', '2022-10-01'],
	])('writes dates of a ledger in %s as %s', (currency, date) => {
		const [voucher] = vouchersOf({ entries: WORKED_EXAMPLE, currency });
		expect(parseCsv(csv(voucher))[1].slice(1, 2)).toEqual([date]);
	});

	it('writes VAT rates as percentages', () => {
		const [voucher] = withVat({ preset: 'finland', currency: 'EUR', vat: [{ rate: 1_500 }] });
		const rates = parseCsv(
			csv({
				...voucher,
				lines: [2_550, 2_500, 1_000, 0].map((vatRate) => ({ ...voucher.lines[1], vatRate })),
			}),
		);
		expect(rates.slice(1).map((row) => row[8])).toEqual(['25,5', '25', '10', '0']);
	});

	it('is read back as the same lines, whatever the references hold', () => {
		fc.assert(
			fc.property(anyVouchers, (vouchers) => {
				for (const voucher of vouchers) {
					const text = csv(voucher);
					const [header, ...rows] = parseCsv(text);
					expect(rows).toHaveLength(voucher.lines.length);
					// Files are joined by their lines.
					expect(text.split('\r\n')).toHaveLength(voucher.lines.length + 2);
					for (const [index, row] of rows.entries()) {
						expect(row).toHaveLength(header.length);
						const { debit, credit, account } = voucher.lines[index];
						expect([minor(row[4]), minor(row[5]), row[2]]).toEqual([debit, credit, account]);
						for (const cell of row) expect(cell).not.toMatch(/^[=+\-@]/);
					}
				}
			}),
			{ numRuns: 100 },
		);
	});

	it('keeps quotes, semicolons and letters of all languages, and no line breaks', () => {
		const [voucher] = vouchersOf({ entries: WORKED_EXAMPLE, groupBy: 'transaction' });
		const reference = 'Ægir "Søn"; äö\r\nŁódź 😀';
		const text = csv({ ...voucher, lines: voucher.lines.map((line) => ({ ...line, reference })) });
		expect(parseCsv(text)[1][11]).toBe('Ægir "Søn"; äö Łódź 😀');
	});
});

describe('journal', () => {
	it('shows the worked example', () => {
		const review = ['VAT not split: no sale was found (capture 1)'];
		expect(journal({ ...worked, review })).toBe(
			`2022-10-01 (12345-2022-10-01) Vipps MobilePay 12345, 2022-10-01
    ; review, VAT not split no sale was found capture 1
    clearing:1570                     NOK 400.00  ; Sales
    sales:3000                       NOK -400.00  ; Sales
    clearing:1570                    NOK -100.00  ; Refund
    sales:3000                        NOK 100.00  ; Refund
    clearing:1570                     NOK -12.00  ; Fees retained
    clearing:1570                    NOK -288.00  ; Payout
    bank:1920                         NOK 288.00  ; Payout
    receivable:2400                   NOK -12.00  ; Fee
    fee:7770                           NOK 12.00  ; Fee
    receivable:2400                    NOK 12.00  ; Fees retained

`,
		);
	});

	it('balances, one posting a line, whatever the references hold', () => {
		const posting =
			/^ {4}[a-z]+(?::\S+(?: \S+)*)? {2,}(?:[A-Z]{3} )(-?\d+\.\d\d) {2}; ([^;:[\]]*)$/u;
		fc.assert(
			fc.property(anyVouchers, (vouchers) => {
				for (const voucher of vouchers) {
					const [head, ...rows] = journal(voucher).trimEnd().split('\n');
					expect(head).toMatch(/^\d{4}-\d\d-\d\d \([^()]*\) [^;|[\]]*$/);
					const postings = rows.filter((row) => !/^ {4}; review, [^:[\]]*$/u.test(row));
					const amounts = postings.map((row) => minor(posting.exec(row)?.[1] ?? `? ${row}`));
					expect(amounts).toEqual(voucher.lines.map(({ debit, credit }) => debit - credit));
				}
			}),
			{ numRuns: 100 },
		);
	});
});

describe('sie4', () => {
	it('shows the worked example', () => {
		const rows = sie4(worked).split('\r\n');
		expect(rows.slice(0, 4)).toEqual([
			'#VER "" "" 20221001 "Vipps MobilePay 12345, 2022-10-01 (12345-2022-10-01)"',
			'{',
			'\t#TRANS 1570 {} 400.00 "" "Sales"',
			'\t#TRANS 3000 {} -400.00 "" "Sales"',
		]);
		expect(rows.slice(-2)).toEqual(['}', '']);
	});

	it('balances, and quotes whatever the references hold', () => {
		const row = /^\t#TRANS (\S+) \{\} (-?\d+\.\d\d) "" "(?:[^"\\{}]|\\")*"$/u;
		fc.assert(
			fc.property(anyVouchers, (vouchers) => {
				for (const voucher of vouchers) {
					const rows = sie4(voucher).split('\r\n').slice(2, -2);
					const sums = rows.map((one) => minor(row.exec(one)?.[2] ?? `? ${one}`));
					expect(sums).toEqual(voucher.lines.map(({ debit, credit }) => debit - credit));
				}
			}),
			{ numRuns: 100 },
		);
	});
});

describe('saft', () => {
	/** Text of all elements of a name. Fails when the tags do not close each other. */
	function read(xml: string): Record<string, string[]> {
		const open: string[] = [];
		const texts: Record<string, string[]> = {};
		for (const [, tag, content] of xml.matchAll(/<(\/?\w+)>([^<]*)/gu)) {
			if (tag.startsWith('/')) {
				expect(open.pop()).toBe(tag.slice(1));
				continue;
			}
			open.push(tag);
			(texts[open.slice(-2).join('/')] ??= []).push(content);
		}
		expect(open).toEqual([]);
		return texts;
	}

	it('carries the VAT of sales on their lines', () => {
		const [voucher] = withVat();
		const xml = saft(voucher);
		expect(xml).toContain(
			'<Line><RecordID>2</RecordID><AccountID>3000</AccountID><Description>Sales, VAT 25 %</Description>' +
				'<CreditAmount><Amount>100.00</Amount></CreditAmount><TaxInformation><TaxType>MVA</TaxType>' +
				'<TaxCode>3</TaxCode><TaxPercentage>25.00</TaxPercentage><TaxBase>100.00</TaxBase>' +
				'<CreditTaxAmount><Amount>25.00</Amount></CreditTaxAmount></TaxInformation></Line>',
		);
		expect(read(xml)).toMatchObject({
			Transaction: ['Transaction'].map(() => ''),
			'Transaction/TransactionID': ['12345-2022-10-01'],
			'Transaction/Period': ['10'],
			'Transaction/PeriodYear': ['2022'],
			'CreditTaxAmount/Amount': ['25.00', '9.78'],
			'DebitTaxAmount/Amount': ['10.00'],
		});
	});

	it('is well-formed and balanced, whatever the references hold', () => {
		fc.assert(
			fc.property(anyVouchers, (vouchers) => {
				for (const voucher of vouchers) {
					const xml = saft(voucher);
					const texts = read(xml);
					const sum = (name: string) =>
						(texts[`${name}/Amount`] ?? []).reduce((total, one) => total + minor(one), 0);
					expect([sum('DebitAmount'), sum('CreditAmount')]).toEqual([
						voucher.totalDebit,
						voucher.totalCredit,
					]);
					expect(xml).not.toMatch(/&(?!(amp|lt|gt|quot|apos);)|[\p{Cc}\p{Cs}]/u);
					for (const one of texts['Line/Description']) {
						expect(one.replace(/&\w+;/g, '_').length).toBeLessThanOrEqual(512);
					}
				}
			}),
			{ numRuns: 100 },
		);
	});
});
