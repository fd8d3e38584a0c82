import { addDays, type LedgerDate } from '../ledger/dates';
import type { Entry } from '../ledger/feed';
import { toMajor } from '../money';
import { isPayout, payoutNumber, type Book, type MoneyEntry } from './entry';
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

const isReturn = ({ entryType }: Entry): boolean =>
	entryType !== 'capture' && /refund|return/.test(text(entryType));

const isTrade = ({ type }: MoneyEntry): boolean => type === 'capture' || type === 'refund';

/** Whether two dates are in the period together, or side by side, be it across its edge. */
type Nearness = (one: LedgerDate, other: LedgerDate) => boolean;

const isNextTo = (one: LedgerDate, other: LedgerDate): boolean =>
	one === other || addDays(one, 1) === other || addDays(other, 1) === one;

/** Which sale was found for which movement, and by what: arrays in the order of the movements. */
interface Matches {
	sales: Array<Entry | undefined>;
	/** Whether it was found by the PSP reference; by the reference otherwise. */
	isExact: boolean[];
	/** In the order of the sales: 1 for each that is given to a movement; to one only. */
	taken: Uint8Array;
}

/** Sales by what they are looked up by, never by an empty text; a chain of indices for each. */
interface Index {
	first: Map<string, number>;
	/** The next sale of the same key behind each, or -1. */
	next: Int32Array;
}

function indexBy(
	keyOf: (sale: Entry) => string,
	sales: DatedSale[],
	isWanted: (index: number) => boolean = () => true,
): Index {
	const first = new Map<string, number>();
	const next = new Int32Array(sales.length).fill(-1);
	// From the end, so that each chain runs in the order of the sales.
	for (let index = sales.length - 1; index >= 0; index--) {
		const key = keyOf(sales[index].sale);
		if (key === '' || !isWanted(index)) continue;
		next[index] = first.get(key) ?? -1;
		first.set(key, index);
	}
	return { first, next };
}

function* chain({ first, next }: Index, key: string): Generator<number> {
	for (let index = first.get(key) ?? -1; index >= 0; index = next[index]) yield index;
}

/**
 * Finds for each capture and refund its sale. PSP references go first for all of them, so that
 * no movement takes by its reference what is another's by PSP reference.
 *
 * Of two periods side by side exactly one has a sale. That is why a reference alone does not lead
 * across the edge of a period: whether a sale there is free, only the dates behind it would tell.
 */
function matchSales(entries: MoneyEntry[], sales: DatedSale[], inPeriod: Nearness): Matches {
	const matches: Matches = {
		sales: new Array<Entry | undefined>(entries.length).fill(undefined),
		isExact: new Array<boolean>(entries.length).fill(false),
		taken: new Uint8Array(sales.length),
	};
	const { taken } = matches;
	const fits = (index: number, { type }: MoneyEntry) =>
		taken[index] === 0 && isReturn(sales[index].sale) === (type === 'refund');
	const give = (index: number, at: number) => {
		taken[index] = 1;
		matches.sales[at] = sales[index].sale;
	};

	const bearers = indexBy(({ pspReference }) => text(pspReference), sales);
	const left: number[] = [];
	for (const [at, entry] of entries.entries()) {
		if (!isTrade(entry)) continue;
		let index = bearers.first.get(entry.pspReference) ?? -1;
		for (; index >= 0; index = bearers.next[index]) {
			const { date } = sales[index];
			if (!fits(index, entry)) continue;
			if (inPeriod(entry.date, date) || isNextTo(entry.date, date)) break;
		}
		if (index >= 0) {
			give(index, at);
			matches.isExact[at] = true;
		} else {
			left.push(at);
		}
	}
	if (left.length === 0) return matches;

	// Cash is never in a ledger.
	const isFree = (index: number) => taken[index] === 0 && sales[index].sale.paymentType !== 'CASH';
	const others = indexBy(({ reference }) => text(reference), sales, isFree);
	const onOneDate: Nearness = (one, other) => one === other && inPeriod(one, other);
	for (const isNear of [onOneDate, inPeriod]) {
		for (const at of left) {
			if (matches.sales[at] !== undefined) continue;
			const entry = entries[at];
			const found = [...chain(others, entry.reference)].filter(
				(index) => fits(index, entry) && isNear(entry.date, sales[index].date),
			);
			if (found.length === 0) continue;
			// Of several rather the one of the same amount.
			const sameAmount = (index: number) =>
				Math.abs(grossOf(sales[index].sale) ?? NaN) === Math.abs(entry.amount);
			give(found.find(sameAmount) ?? found[0], at);
		}
	}
	return matches;
}

interface Fees {
	/** The sum of the fees of a capture, in the order of the funds. */
	charged: Array<number | undefined>;
	/** Entries that belong to no capture. */
	alone: MoneyEntry[];
}

/**
 * Finds for each fee its capture, by PSP reference and never by date: a fee may come on a later
 * date, and several for one capture. Across the edge of the period they join only as far as the
 * next date, which is as far as the period on the other side looks: of two periods side by side
 * exactly one has the fee.
 */
function joinFees({ funds, fees }: Book, inPeriod: Nearness): Fees {
	const captures = new Map<string, number>();
	for (const [at, { type, pspReference }] of funds.entries()) {
		if (type === 'capture' && pspReference !== '') captures.set(pspReference, at);
	}
	const charged = new Array<number | undefined>(funds.length).fill(undefined);
	const alone: MoneyEntry[] = [];
	for (const fee of fees) {
		const at = fee.type === 'capture-fee' ? (captures.get(fee.pspReference) ?? -1) : -1;
		const date = funds[at]?.date;
		if (date !== undefined && (inPeriod(fee.date, date) || isNextTo(fee.date, date))) {
			charged[at] = (charged[at] ?? 0) + fee.amount;
		} else {
			alone.push(fee);
		}
	}
	return { charged, alone };
}

function compareAmounts(sale: Entry, amount: number): string {
	const gross = grossOf(sale);
	return gross === undefined || Math.abs(gross) === Math.abs(amount)
		? ''
		: `The sale says ${toMajor(Math.abs(gross))}, the ledger ${toMajor(Math.abs(amount))}`;
}

function judge(
	entry: MoneyEntry,
	sale: Entry | undefined,
	isExact: boolean,
	{ sales, coversSales }: ReconcileFrame,
): Pick<Reconciled, 'sale' | 'status' | 'reason'> {
	if (sale && isExact) {
		return { sale, status: 'matched', reason: compareAmounts(sale, entry.amount) };
	}
	if (sale) {
		const difference = compareAmounts(sale, entry.amount);
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
	const inPeriod: Nearness = (one, other) =>
		one >= fromDate && one <= toDate && other >= fromDate && other <= toDate;
	const matches = matchSales(book.funds, frame.sales ?? [], inPeriod);
	const { charged, alone } = joinFees(book, inPeriod);

	const toRow = (
		entry: MoneyEntry,
		amount: number,
		fee: number,
		{ sale, status, reason }: Pick<Reconciled, 'sale' | 'status' | 'reason'>,
	): Reconciled => ({
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
		sale,
		status,
		reason,
	});

	const output: Reconciled[] = [];
	for (const [at, entry] of book.funds.entries()) {
		if (!isAsked(entry) || isPayout(entry) || SETTLING.includes(entry.type)) continue;
		const fee = charged[at];
		const judged = judge(entry, matches.sales[at], matches.isExact[at], frame);
		if (
			frame.nextDateIsOpen &&
			entry.type === 'capture' &&
			entry.date === toDate &&
			fee === undefined
		) {
			const mayCome = 'A fee may still come on the next date, which is open';
			judged.reason = [judged.reason, mayCome].filter(Boolean).join('. ');
		}
		output.push(toRow(entry, entry.amount, fee ?? 0, judged));
	}

	for (const fee of alone) {
		const settles = fee.type === 'fees-retained' || fee.type === 'fees-invoiced';
		if (settles || !isAsked(fee)) continue;
		const reason =
			fee.type === 'capture-fee'
				? 'A fee for a capture that is not in the period'
				: `A fees entry of the type ${fee.type}, which belongs to no capture`;
		output.push(toRow(fee, 0, fee.amount, { sale: null, status: 'noSaleExpected', reason }));
	}

	for (const [index, { date, sale }] of (frame.sales ?? []).entries()) {
		if (matches.taken[index] === 1 || !isAsked({ date })) continue;
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
		const matches = matchSales(entries, sales.get(date) ?? [], () => true);
		for (const [at, sale] of matches.sales.entries()) if (sale) found.set(entries[at], sale);
	}
	return (entry) => found.get(entry);
}

/**
 * Tells for each entry the number of the payout that settles it: for funds the next one after
 * it; for fees the one with which they are next retained, and none where they are invoiced.
 * Quick for those who ask in the order of the funds.
 */
export function payoutNumbers(funds: MoneyEntry[]): (entry: MoneyEntry) => string | undefined {
	const numbers = new Array<string | undefined>(funds.length).fill(undefined);
	const retained: Array<{ date: LedgerDate; number: string | undefined }> = [];
	let next: string | undefined;
	for (let at = funds.length - 1; at >= 0; at--) {
		const entry = funds[at];
		if (isPayout(entry)) next = payoutNumber(entry.pspReference) ?? entry.pspReference;
		numbers[at] = next;
		if (entry.type === 'fees-retained') retained.unshift({ date: entry.date, number: next });
	}
	let place = -1;
	return (entry) => {
		if (entry.topic !== 'funds') return retained.find(({ date }) => date >= entry.date)?.number;
		const ahead = funds.indexOf(entry, place + 1);
		place = ahead >= 0 ? ahead : funds.indexOf(entry);
		return place >= 0 ? numbers[place] : undefined;
	};
}
