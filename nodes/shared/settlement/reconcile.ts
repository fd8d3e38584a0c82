import type { LedgerDate } from '../ledger/dates';
import type { Entry } from '../ledger/feed';
import { toMajor } from '../money';
import { isPayout, payoutNumber, type Book, type MoneyEntry } from './entry';

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
	/** The dates that are asked for; the book and the sales may reach further. */
	fromDate: LedgerDate;
	toDate: LedgerDate;
	/** Undefined when sales cannot be read with these keys. */
	sales?: DatedSale[];
	/** Whether the Sales API covers this ledger: Vippsnummer, MobilePay-nummer and mPOS. */
	coversSales: boolean;
	/** The number of the payout that pays out a date; undefined when there is none yet. */
	payoutNumberOf: (entry: MoneyEntry) => string | undefined;
}

/** Before this date the Sales API has nothing; some kinds of sales begin weeks later. */
const FIRST_SALES = '2026-03-09';

/** What settles a ledger and is no movement of its own. */
const SETTLING = ['fees-retained', 'payout-aborted'];

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const grossOf = (sale: Entry): number | undefined => {
	const { gross } = (sale.amounts ?? {}) as { gross?: unknown };
	return Number.isSafeInteger(gross) ? (gross as number) : undefined;
};

const isReturn = (sale: Entry): boolean => /refund|return/.test(text(sale.entryType));

/** Finds for each movement its sale; a sale is given to one movement only. */
class SalesBook {
	private readonly taken = new Set<Entry>();
	private readonly byPspReference = new Map<string, Entry[]>();
	private readonly byReference = new Map<string, Entry[]>();

	constructor(sales: DatedSale[]) {
		const add = (map: Map<string, Entry[]>, key: string, sale: Entry) => {
			const own = map.get(key);
			if (key === '') return;
			if (own) own.push(sale);
			else map.set(key, [sale]);
		};
		for (const { sale } of sales) {
			add(this.byPspReference, text(sale.pspReference), sale);
			add(this.byReference, text(sale.reference), sale);
		}
	}

	private take(found: Entry[] | undefined, fits: (sale: Entry) => boolean): Entry | undefined {
		const sale = found?.find((one) => !this.taken.has(one) && fits(one));
		if (sale) this.taken.add(sale);
		return sale;
	}

	takeByPspReference({ pspReference, type }: MoneyEntry): Entry | undefined {
		return this.take(
			this.byPspReference.get(pspReference),
			(sale) => isReturn(sale) === (type === 'refund'),
		);
	}

	/** Of several with the reference rather the one of the same amount. Cash is never in a ledger. */
	takeByReference({ reference, type, amount }: MoneyEntry): Entry | undefined {
		const found = this.byReference.get(reference);
		const fits = (sale: Entry) =>
			isReturn(sale) === (type === 'refund') && sale.paymentType !== 'CASH';
		const sameAmount = (sale: Entry) =>
			fits(sale) && Math.abs(grossOf(sale) ?? NaN) === Math.abs(amount);
		return this.take(found, sameAmount) ?? this.take(found, fits);
	}

	isTaken(sale: Entry): boolean {
		return this.taken.has(sale);
	}
}

/** Fees by the movement that they were charged for; each fee row is given away once. */
function feesByPspReference(fees: MoneyEntry[]): Map<string, MoneyEntry[]> {
	const map = new Map<string, MoneyEntry[]>();
	for (const fee of fees) {
		if (fee.type !== 'capture-fee' || fee.pspReference === '') continue;
		const own = map.get(fee.pspReference);
		if (own) own.push(fee);
		else map.set(fee.pspReference, [fee]);
	}
	return map;
}

function compareAmounts(sale: Entry, amount: number): string {
	const gross = grossOf(sale);
	return gross === undefined || Math.abs(gross) === Math.abs(amount)
		? ''
		: `The sale says ${toMajor(Math.abs(gross))}, the ledger ${toMajor(Math.abs(amount))}`;
}

function judge(
	entry: MoneyEntry,
	sales: SalesBook | undefined,
	{ coversSales }: ReconcileFrame,
): Pick<Reconciled, 'sale' | 'status' | 'reason'> {
	const isTrade = entry.type === 'capture' || entry.type === 'refund';
	if (!isTrade) {
		return {
			sale: null,
			status: 'noSaleExpected',
			reason: `An entry of the type ${entry.type} has no sale`,
		};
	}
	if (!sales) {
		return { sale: null, status: 'noSaleExpected', reason: 'Sales cannot be read with these keys' };
	}
	const exact = sales.takeByPspReference(entry);
	if (exact) {
		return { sale: exact, status: 'matched', reason: compareAmounts(exact, entry.amount) };
	}
	const sale = sales.takeByReference(entry);
	if (sale) {
		const difference = compareAmounts(sale, entry.amount);
		const reason = ['Found by the reference only', difference].filter(Boolean).join('. ');
		return { sale, status: 'matchedByReference', reason };
	}
	if (coversSales && entry.date < FIRST_SALES) {
		return {
			sale: null,
			status: 'noSaleExpected',
			reason: `The history of the Sales API begins on ${FIRST_SALES}`,
		};
	}
	return coversSales
		? {
				sale: null,
				status: 'unmatched',
				reason: 'The Sales API has no sale with this PSP reference or reference',
			}
		: {
				sale: null,
				status: 'noSaleExpected',
				reason: 'Payments by ePayment and Recurring have no entry in the Sales API',
			};
}

/**
 * Every movement of the period with its fees, its sale and its payout. Fees join by PSP
 * reference and never by date: a fee may come on a later date, and several for one capture.
 *
 * The sum of `amount` is what captures, refunds and all other movements come to in the
 * period's summary; retained fees and payouts settle the ledger and are no movements.
 */
export function reconcile(book: Book, frame: ReconcileFrame): Reconciled[] {
	const { fromDate, toDate } = frame;
	const isAsked = ({ date }: { date: LedgerDate }) => date >= fromDate && date <= toDate;
	const sales = frame.sales && new SalesBook(frame.sales);
	const fees = feesByPspReference(book.fees);
	const joined = new Set<MoneyEntry>();

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

	const movements = book.funds.filter(
		(entry) => !isPayout(entry) && !SETTLING.includes(entry.type),
	);
	const output: Reconciled[] = [];
	for (const entry of movements) {
		// A movement that is not asked for still takes its sale and its fees along.
		const own = (entry.type === 'capture' && fees.get(entry.pspReference)) || [];
		for (const fee of own) joined.add(fee);
		fees.delete(entry.type === 'capture' ? entry.pspReference : '');
		const judged = judge(entry, sales, frame);
		if (!isAsked(entry)) continue;
		const fee = own.reduce((sum, { amount }) => sum + amount, 0);
		output.push({ ...base(entry, entry.amount, fee), ...judged });
	}

	for (const fee of book.fees) {
		const settles = fee.type === 'fees-retained' || fee.type === 'fees-invoiced';
		if (settles || joined.has(fee) || !isAsked(fee)) continue;
		const reason =
			fee.type === 'capture-fee'
				? 'A fee for a capture that is not in the period'
				: `A fees entry of the type ${fee.type}, which belongs to no capture`;
		output.push({ ...base(fee, 0, fee.amount), sale: null, status: 'noSaleExpected', reason });
	}

	for (const { date, sale } of frame.sales ?? []) {
		if (sales?.isTaken(sale) || !isAsked({ date })) continue;
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

/** Finds the sale of a capture or refund in the way of {@link reconcile}. */
export function findSales(
	{ funds }: Book,
	dated: DatedSale[] | undefined,
): (entry: MoneyEntry) => Entry | undefined {
	const found = new Map<MoneyEntry, Entry>();
	const sales = new SalesBook(dated ?? []);
	for (const entry of funds) {
		if (entry.type !== 'capture' && entry.type !== 'refund') continue;
		const sale = sales.takeByPspReference(entry) ?? sales.takeByReference(entry);
		if (sale) found.set(entry, sale);
	}
	return (entry) => found.get(entry);
}

/** Tells for each funds entry the number of the payout that pays it out: the next one after it. */
export function payoutNumbers({ funds, fees }: Book): (entry: MoneyEntry) => string | undefined {
	const numbers = new Map<MoneyEntry, string>();
	const payouts: Array<{ date: LedgerDate; number: string }> = [];
	let next: string | undefined;
	for (const entry of [...funds].reverse()) {
		if (isPayout(entry)) {
			next = payoutNumber(entry.pspReference) ?? entry.pspReference;
			payouts.unshift({ date: entry.date, number: next });
		}
		if (next !== undefined) numbers.set(entry, next);
	}
	// A fee is paid out, that is retained, with the first payout from its date on.
	for (const fee of fees) {
		const payout = payouts.find(({ date }) => date >= fee.date);
		if (payout) numbers.set(fee, payout.number);
	}
	return (entry) => numbers.get(entry);
}
