import { microTime, secondTime } from './dates.mts';
import type { RawEntry } from './entry.mts';
import type { Ledger } from './ledger.mts';
import { record, type NewEntry } from './record.mts';
import {
	amountsOf,
	isInSalesHistory,
	linesOf,
	totalOf,
	type Article,
	type PaymentType,
	type Sale,
	type SalesSolution,
} from './sale.mts';
import type { World } from './world.mts';

/** What can be said about a movement; everything but the amount (minor units, positive) has a default. */
export interface Movement {
	amount?: number;
	reference?: string;
	pspReference?: string;
	/** Minor units, positive; 1.75 % (an invented price) when left out, no fee entry when 0. */
	fee?: number;
	/** Further fee entries of the same capture, in minor units, positive. */
	furtherFees?: number[];
	/** The fee, or the last one of several, arrives after midnight, so that it lands on the next ledger date. */
	lateFee?: boolean;
	/** Milliseconds; the clock's time when left out. */
	at?: number;
	paymentType?: PaymentType;
	/** The solution in the Sales API; the ledger's own when left out. */
	solution?: SalesSolution;
	articles?: Article[];
	salesCategory?: string | null;
	/** Only shown to those who ask for personal data. */
	personal?: { name?: string; message?: string; maskedPhoneNo?: string };
	/** Which of the ledger's handles the money is for; the first when left out. */
	recipientHandle?: string | null;
	/** False for what the Sales API leaves out on a ledger that it covers. */
	inSales?: boolean;
}

export interface Recorded {
	funds: RawEntry | null;
	/** The first one when there are several; null also when it comes late. */
	fee: RawEntry | null;
	sale: Sale | null;
}

/** Records a capture: money on funds, its fee on fees, and a sale where the Sales API covers the ledger. */
export function capture(world: World, ledger: Ledger, movement: Movement): Recorded {
	const known = withDefaults(world, ledger, movement);
	return {
		funds: record(ledger, 'funds', entryOf(ledger, 'capture', known.amount, known, movement)),
		fee: charge(ledger, known, movement),
		sale: sell(world, ledger, 'capture', known, movement),
	};
}

/** Records a refund: money off funds, no fee, and the sale's return where the Sales API covers the ledger. */
export function refund(world: World, ledger: Ledger, movement: Movement): Recorded {
	const known = withDefaults(world, ledger, movement);
	return {
		funds: record(ledger, 'funds', entryOf(ledger, 'refund', -known.amount, known, movement)),
		fee: null,
		sale: sell(world, ledger, 'refund', known, movement),
	};
}

/** Records a cash sale: it is in the Sales API only and has no pspReference. */
export function cashSale(world: World, ledger: Ledger, movement: Movement): Recorded {
	const known = { ...withDefaults(world, ledger, movement), pspReference: null };
	const sale = sell(world, ledger, 'capture', known, { ...movement, paymentType: 'CASH' });
	return { funds: null, fee: null, sale };
}

type Known = ReturnType<typeof withDefaults>;

function withDefaults(world: World, ledger: Ledger, movement: Movement) {
	const at = movement.at ?? world.now();
	const pspReference = movement.pspReference ?? world.nextPspReference();
	const amount = movement.amount ?? totalOf(movement.articles ?? []);
	return {
		at,
		micros: world.nextMicros(),
		ledgerDate: ledger.recordingDate(at),
		pspReference,
		reference: movement.reference ?? `order-${pspReference}`,
		amount,
		fee: movement.fee ?? Math.max(1, Math.round((amount * 175) / 10_000)),
	};
}

function entryOf(
	ledger: Ledger,
	entryType: string,
	amount: number,
	known: Known,
	{ personal, recipientHandle = ledger.handle }: Movement,
): NewEntry {
	return {
		pspReference: known.pspReference,
		time: microTime(known.at, known.micros),
		ledgerDate: known.ledgerDate,
		entryType,
		reference: known.reference,
		amount,
		recipientHandle,
		extra: personal,
	};
}

function charge(ledger: Ledger, known: Known, movement: Movement): RawEntry | null {
	const { recipientHandle, furtherFees = [], lateFee = false } = movement;
	const entries = [known.fee, ...furtherFees]
		.filter((fee) => fee > 0)
		.map((fee) => entryOf(ledger, 'capture-fee', -fee, known, { recipientHandle }));
	const late = lateFee ? entries.pop() : undefined;
	if (late) ledger.lateFees.push({ ...late, micros: known.micros });
	return entries.map((entry) => record(ledger, 'fees', entry))[0] ?? null;
}

function sell(
	world: World,
	ledger: Ledger,
	entryType: Sale['entryType'],
	known: Omit<Known, 'pspReference'> & { pspReference: string | null },
	movement: Movement,
): Sale | null {
	if (ledger.terms.solution === 'api' || movement.inSales === false) return null;
	const articles = movement.articles ?? [];
	const solution =
		movement.solution ??
		(ledger.terms.solution === 'mpos'
			? 'MPOS'
			: articles.length > 0
				? 'SHOPPING_BASKET'
				: 'VARIABLE_AMOUNT');
	if (!isInSalesHistory(solution, known.at)) return null;
	const sign = entryType === 'refund' ? world.refundSign : 1;
	const lines = linesOf(
		articles.map((article) => ({
			...article,
			quantity: sign * article.quantity,
			discountTotal: sign * (article.discountTotal ?? 0),
		})),
		(index) => `${known.reference}-${index + 1}`,
	);
	const sale: Sale = {
		entryType,
		time: secondTime(known.at),
		pspReference: known.pspReference,
		reference: known.reference,
		currency: ledger.facts.currency,
		paymentType: movement.paymentType ?? (solution === 'MPOS' ? 'CARD' : 'WALLET'),
		amounts: amountsOf(sign * known.amount, lines),
		lines,
		customer: null,
		classification: { solution, salesCategory: movement.salesCategory ?? null },
		completeness: {
			hasLineItems: lines.length > 0,
			hasVatBreakdown: lines.length > 0,
			hasCustomerIdentity: false,
		},
	};
	ledger.sales.append(sale as unknown as RawEntry, known.ledgerDate);
	return sale;
}
