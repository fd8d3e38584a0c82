import { Rows } from './book.mts';
import type { RawEntry } from './entry.mts';

export type PaymentType = 'CARD' | 'CASH' | 'WALLET';
export type SalesSolution = 'VARIABLE_AMOUNT' | 'SHOPPING_BASKET' | 'MPOS';

/** A line as a till knows it. Prices in minor units including VAT, VAT rate in basis points. */
export interface Article {
	name: string;
	quantity: number;
	unitPriceGross: number;
	discountTotal?: number;
	vatRate: number;
	category?: string;
}

/** One row of the Sales API, in its own field names. Amounts: minor units. */
export interface Sale {
	entryType: 'capture' | 'refund';
	time: string;
	pspReference: string | null;
	reference: string;
	currency: string;
	paymentType: PaymentType;
	amounts: { gross: number; net: number | null; vat: number | null };
	lines: SaleLine[];
	customer: null;
	classification: { solution: SalesSolution; salesCategory: string | null };
	completeness: { hasLineItems: boolean; hasVatBreakdown: boolean; hasCustomerIdentity: boolean };
}

type SaleLine = ReturnType<typeof line>;

/** Before these moments the Sales API has nothing. */
const firstSales: Record<SalesSolution, number> = {
	MPOS: Date.UTC(2026, 2, 9, 12, 45),
	VARIABLE_AMOUNT: Date.UTC(2026, 2, 16, 9, 28),
	SHOPPING_BASKET: Date.UTC(2026, 3, 22, 11, 4),
};

export function isInSalesHistory(solution: SalesSolution, moment: number): boolean {
	return moment >= firstSales[solution];
}

/** The sales of one ledger. */
export class SalesBook extends Rows<RawEntry> {
	append(sale: RawEntry, date: string): void {
		this.push(sale, date);
	}
}

/** The lines of a sale with their VAT; each line rounds to whole minor units on its own. */
export function linesOf(articles: readonly Article[], lineId: (index: number) => string) {
	return articles.map((article, index) => line(article, lineId(index)));
}

/** Amounts of the lines together; without lines nothing is known about VAT (assumption: null). */
export function amountsOf(gross: number, lines: readonly SaleLine[]): Sale['amounts'] {
	if (lines.length === 0) return { gross, net: null, vat: null };
	const vat = lines.reduce((sum, { vatAmount }) => sum + vatAmount, 0);
	return { gross, net: gross - vat, vat };
}

/** What the articles cost together, in minor units. */
export function totalOf(articles: readonly Article[]): number {
	return articles.reduce((sum, article) => sum + lineTotal(article), 0);
}

function lineTotal({ quantity, unitPriceGross, discountTotal = 0 }: Article): number {
	return Math.round(quantity * unitPriceGross) - discountTotal;
}

function withoutVat(gross: number, vatRate: number): number {
	return Math.round((gross * 10_000) / (10_000 + vatRate));
}

function line(article: Article, lineId: string) {
	const lineTotalGross = lineTotal(article);
	const lineTotalNet = withoutVat(lineTotalGross, article.vatRate);
	return {
		lineId,
		name: article.name,
		quantity: article.quantity,
		unitPriceGross: article.unitPriceGross,
		unitPriceNet: withoutVat(article.unitPriceGross, article.vatRate),
		discountTotal: article.discountTotal ?? 0,
		lineTotalGross,
		lineTotalNet,
		vatRate: article.vatRate,
		vatAmount: lineTotalGross - lineTotalNet,
		category: article.category ?? 'GOODS',
	};
}
