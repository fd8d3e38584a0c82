import { addDays, type LedgerDate } from '../ledger/dates';
import type { Entry } from '../ledger/feed';
import { toMajor } from '../money';
import { isPayout, payoutNumber, sumOf, type Book, type MoneyEntry } from './entry';
import { byDate } from './summary';

export type ReconcileStatus = 'matched' | 'matchedByReference' | 'noSaleExpected' | 'unmatched';

/** A movement of money with all that belongs to it. Amounts: minor units, signed. */
export interface Reconciled {
	ledgerId: string;
	currency: string;
	ledgerDate: LedgerDate;
	time: string;
	/** `capture`, `refund`, the API's own entry type, or `sale` for a sale without a ledger entry. */
	type: string;
	pspReference: string | null;
	reference: string | null;
	amount: number;
	/** The sum of its fee rows: zero or negative. */
	fee: number;
	net: number;
	payoutNumber: string | null;
	sale: Entry | null;
	status: ReconcileStatus;
	/** In words, what the status means; empty when all fits. */
	reason: string;
}

/** A sale with the date to which it belongs. */
export interface DatedSale {
	date: LedgerDate;
	sale: Entry;
}

export interface ReconcileFrame {
	/** The dates that are asked for; book and sales have one date more at each end. */
	fromDate: LedgerDate;
	toDate: LedgerDate;
	/** Undefined when sales cannot be read with these keys. */
	sales?: DatedSale[];
	/** Whether the Sales API covers this ledger: Vippsnummer, MobilePay-nummer and mPOS. */
	coversSales: boolean;
	/** The number of the payout that settles an entry; undefined when there is none yet. */
	payoutNumberOf: (entry: MoneyEntry) => string | undefined;
	/** Whether the date after the period may still get fees for captures of the period. */
	nextDateIsOpen?: boolean;
}

/** Before this date the Sales API has nothing. */
export const FIRST_SALES = '2026-03-09';
/** From this date on it has every kind of sales. */
const ALL_SALES = '2026-04-22';

/** What settles a ledger and is no movement of its own. */
const SETTLING = ['fees-retained', 'payout-aborted'];

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const grossOf = (sale: Entry): number | undefined => {
	const { gross } = (sale.amounts ?? {}) as { gross?: unknown };
	return Number.isSafeInteger(gross) ? (gross as number) : undefined;
};

const isReturn = (sale: Entry): boolean => /refund|return/.test(text(sale.entryType));

const isTrade = ({ type }: MoneyEntry): boolean => type === 'capture' || type === 'refund';

/** Whether two dates are in the period together, or side by side, be it across its edge. */
type Nearness = (one: LedgerDate, other: LedgerDate) => boolean;

const isNextTo = (one: LedgerDate, other: LedgerDate): boolean =>
	one === other || addDays(one, 1) === other || addDays(other, 1) === one;

interface Match {
	sale: Entry;
	by: 'pspReference' | 'reference';
}

/** Finds movements their sales; a sale is given to one movement only. */
class SalesBook {
	readonly matches = new Map<MoneyEntry, Match>();
	private readonly taken = new Set<Entry>();
	private readonly byPspReference = new Map<string, DatedSale[]>();
	private readonly byReference = new Map<string, DatedSale[]>();

	constructor(sales: DatedSale[]) {
		const add = (map: Map<string, DatedSale[]>, key: string, one: DatedSale) => {
			const own = map.get(key);
			if (key === '') return;
			if (own) own.push(one);
			else map.set(key, [one]);
		};
		for (const one of sales) {
			add(this.byPspReference, text(one.sale.pspReference), one);
			// Cash is never in a ledger.
			if (one.sale.paymentType !== 'CASH') {
				add(this.byReference, text(one.sale.reference), one);
			}
		}
	}

	matchByPspReference(entry: MoneyEntry, mayMeet: Nearness): void {
		this.match(entry, 'pspReference', this.byPspReference.get(entry.pspReference), mayMeet);
	}

	/** Of several with the reference rather the one of the same amount. */
	matchByReference(entry: MoneyEntry, mayMeet: Nearness): void {
		const found = this.byReference.get(entry.reference);
		const sameAmount = found?.filter(
			({ sale }) => Math.abs(grossOf(sale) ?? NaN) === Math.abs(entry.amount),
		);
		this.match(entry, 'reference', sameAmount, mayMeet);
		this.match(entry, 'reference', found, mayMeet);
	}

	private match(
		entry: MoneyEntry,
		by: Match['by'],
		found: DatedSale[] | undefined,
		mayMeet: Nearness,
	): void {
		if (!found || this.matches.has(entry)) return;
		const own = found.find(
			({ date, sale }) =>
				!this.taken.has(sale) &&
				isReturn(sale) === (entry.type === 'refund') &&
				mayMeet(entry.date, date),
		);
		if (!own) return;
		this.taken.add(own.sale);
		this.matches.set(entry, { sale: own.sale, by });
	}
}

/**
 * Finds for each capture and refund its sale. PSP references go first for all of them, so that
 * no movement takes by its reference what is another's by PSP reference.
 *
 * Of two periods side by side exactly one has a sale. That is why a reference alone does not lead
 * across the edge of a period: whether a sale there is free, only the dates behind it would tell.
 */
function matchSales(
	entries: MoneyEntry[],
	sales: DatedSale[],
	inPeriod: Nearness,
): Map<MoneyEntry, Match> {
	const book = new SalesBook(sales);
	const trades = entries.filter(isTrade);
	for (const entry of trades) {
		book.matchByPspReference(entry, (one, other) => inPeriod(one, other) || isNextTo(one, other));
	}
	for (const entry of trades) {
		book.matchByReference(entry, (one, other) => one === other && inPeriod(one, other));
	}
	for (const entry of trades) book.matchByReference(entry, inPeriod);
	return book.matches;
}

/**
 * Finds for each capture its fees, by PSP reference and never by date: a fee may come on a later
 * date, and several for one capture. Across the edge of the period they join only as far as the
 * next date, which is as far as the period on the other side looks: of two periods side by side
 * exactly one has the fee.
 */
function joinFees({ funds, fees }: Book, inPeriod: Nearness): Map<MoneyEntry, MoneyEntry[]> {
	const waiting = new Map<string, MoneyEntry[]>();
	for (const fee of fees) {
		if (fee.type !== 'capture-fee' || fee.pspReference === '') continue;
		const own = waiting.get(fee.pspReference);
		if (own) own.push(fee);
		else waiting.set(fee.pspReference, [fee]);
	}
	const joined = new Map<MoneyEntry, MoneyEntry[]>();
	for (const entry of funds) {
		if (entry.type !== 'capture') continue;
		const found = waiting.get(entry.pspReference);
		if (!found) continue;
		const belongs = (fee: MoneyEntry) =>
			inPeriod(fee.date, entry.date) || isNextTo(fee.date, entry.date);
		joined.set(entry, found.filter(belongs));
		waiting.set(
			entry.pspReference,
			found.filter((fee) => !belongs(fee)),
		);
	}
	return joined;
}

function compareAmounts(sale: Entry, amount: number): string {
	const gross = grossOf(sale);
	return gross === undefined || Math.abs(gross) === Math.abs(amount)
		? ''
		: `The sale says ${toMajor(Math.abs(gross))}, the ledger ${toMajor(Math.abs(amount))}`;
}

function judge(
	entry: MoneyEntry,
	match: Match | undefined,
	{ sales, coversSales }: ReconcileFrame,
): Pick<Reconciled, 'sale' | 'status' | 'reason'> {
	if (match) {
		const { sale, by } = match;
		const difference = compareAmounts(sale, entry.amount);
		if (by === 'pspReference') return { sale, status: 'matched', reason: difference };
		const reason = ['Found by the reference only', difference].filter(Boolean).join('. ');
		return { sale, status: 'matchedByReference', reason };
	}
	const noSale = (status: ReconcileStatus, reason: string) => ({ sale: null, status, reason });
	if (!isTrade(entry)) {
		return noSale('noSaleExpected', `An entry of the type ${entry.type} has no sale`);
	}
	if (!sales) return noSale('noSaleExpected', 'Sales cannot be read with these keys');
	if (!coversSales) {
		return noSale(
			'noSaleExpected',
			'Payments by ePayment and Recurring have no entry in the Sales API',
		);
	}
	if (entry.date < FIRST_SALES) {
		return noSale('noSaleExpected', `The history of the Sales API begins on ${FIRST_SALES}`);
	}
	const missing = 'The Sales API has no sale with this PSP reference or reference';
	const why =
		entry.date < ALL_SALES ? `. Some kinds of sales are there only from ${ALL_SALES} on` : '';
	return noSale('unmatched', missing + why);
}

/**
 * Every movement of the period with its fees, its sale and its payout.
 *
 * The sum of `amount` is what captures, refunds and all other movements come to in the
 * period's summary; retained fees and payouts settle the ledger and are no movements.
 */
export function reconcile(book: Book, frame: ReconcileFrame): Reconciled[] {
	const { fromDate, toDate } = frame;
	const isAsked = ({ date }: { date: LedgerDate }) => date >= fromDate && date <= toDate;
	const inPeriod: Nearness = (one, other) => isAsked({ date: one }) && isAsked({ date: other });
	const matches = matchSales(book.funds, frame.sales ?? [], inPeriod);
	const feesOf = joinFees(book, inPeriod);

	const base = (entry: MoneyEntry, amount: number, fee: number) => ({
		ledgerId: book.ledgerId,
		currency: book.currency,
		ledgerDate: entry.date,
		time: entry.time,
		type: entry.type,
		pspReference: entry.pspReference || null,
		reference: entry.reference || null,
		amount,
		fee,
		net: amount + fee,
		payoutNumber: frame.payoutNumberOf(entry) ?? null,
	});

	const output: Reconciled[] = [];
	for (const entry of book.funds) {
		if (!isAsked(entry) || isPayout(entry) || SETTLING.includes(entry.type)) continue;
		const own = feesOf.get(entry) ?? [];
		const { sale, status, reason } = judge(entry, matches.get(entry), frame);
		const feeMayCome =
			frame.nextDateIsOpen &&
			entry.type === 'capture' &&
			entry.date === toDate &&
			own.length === 0 &&
			'A fee may still come on the next date, which is open';
		output.push({
			...base(entry, entry.amount, sumOf(own)),
			sale,
			status,
			reason: [reason, feeMayCome].filter(Boolean).join('. '),
		});
	}

	const joined = new Set([...feesOf.values()].flat());
	for (const fee of book.fees) {
		const settles = fee.type === 'fees-retained' || fee.type === 'fees-invoiced';
		if (settles || joined.has(fee) || !isAsked(fee)) continue;
		const reason =
			fee.type === 'capture-fee'
				? 'A fee for a capture that is not in the period'
				: `A fees entry of the type ${fee.type}, which belongs to no capture`;
		output.push({ ...base(fee, 0, fee.amount), sale: null, status: 'noSaleExpected', reason });
	}

	const sold = new Set([...matches.values()].map(({ sale }) => sale));
	for (const { date, sale } of frame.sales ?? []) {
		if (sold.has(sale) || !isAsked({ date })) continue;
		const isCash = sale.paymentType === 'CASH';
		output.push({
			ledgerId: book.ledgerId,
			currency: text(sale.currency) || book.currency,
			ledgerDate: date,
			time: text(sale.time),
			type: 'sale',
			pspReference: text(sale.pspReference) || null,
			reference: text(sale.reference) || null,
			// It moved no money on this ledger; what was sold stands in the sale.
			amount: 0,
			fee: 0,
			net: 0,
			payoutNumber: null,
			sale,
			status: 'unmatched',
			reason: isCash
				? 'Paid in cash, so there is no ledger entry'
				: 'The ledger has no entry for this sale: it may be settled later or elsewhere',
		});
	}
	return output;
}

/**
 * Finds the sale of a capture or refund in the way of {@link reconcile}, but among those of its
 * date only: a voucher is made of its dates alone, whichever period it is made in.
 */
export function findSales(
	{ funds }: Book,
	dated: DatedSale[] | undefined,
): (entry: MoneyEntry) => Entry | undefined {
	const sales = new Map<LedgerDate, DatedSale[]>();
	for (const one of dated ?? []) {
		const own = sales.get(one.date);
		if (own) own.push(one);
		else sales.set(one.date, [one]);
	}
	const found = new Map<MoneyEntry, Entry>();
	for (const [date, entries] of byDate(funds)) {
		for (const [entry, { sale }] of matchSales(entries, sales.get(date) ?? [], () => true)) {
			found.set(entry, sale);
		}
	}
	return (entry) => found.get(entry);
}

/**
 * Tells for each entry the number of the payout that settles it: for funds the next one after
 * it; for fees the one with which they are next retained, and none where they are invoiced.
 */
export function payoutNumbers(funds: MoneyEntry[]): (entry: MoneyEntry) => string | undefined {
	const numbers = new Map<MoneyEntry, string>();
	const retained: MoneyEntry[] = [];
	let next: string | undefined;
	for (const entry of [...funds].reverse()) {
		if (isPayout(entry)) next = payoutNumber(entry.pspReference) ?? entry.pspReference;
		if (next !== undefined) numbers.set(entry, next);
		if (entry.type === 'fees-retained') retained.unshift(entry);
	}
	return (entry) => {
		if (entry.topic === 'funds') return numbers.get(entry);
		const own = retained.find(({ date }) => date >= entry.date);
		return own && numbers.get(own);
	};
}
