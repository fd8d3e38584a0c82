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

/** Which sale was found for which movement, and by what. */
interface Matches {
	byPspReference: Map<MoneyEntry, Entry>;
	byReference: Map<MoneyEntry, Entry>;
	/** The sales that are given to a movement; each is given to one only. */
	taken: Set<Entry>;
}

/** Sales by what they are looked up by; never by an empty text. */
function indexBy(keyOf: (sale: Entry) => string, sales: DatedSale[]): Map<string, DatedSale[]> {
	const map = new Map<string, DatedSale[]>();
	for (const one of sales) {
		const key = keyOf(one.sale);
		if (key === '') continue;
		const own = map.get(key);
		if (own) own.push(one);
		else map.set(key, [one]);
	}
	return map;
}

/**
 * Finds for each capture and refund its sale. PSP references go first for all of them, so that
 * no movement takes by its reference what is another's by PSP reference.
 *
 * Of two periods side by side exactly one has a sale. That is why a reference alone does not lead
 * across the edge of a period: whether a sale there is free, only the dates behind it would tell.
 */
function matchSales(entries: MoneyEntry[], sales: DatedSale[], inPeriod: Nearness): Matches {
	const matches: Matches = { byPspReference: new Map(), byReference: new Map(), taken: new Set() };
	const { byPspReference, byReference, taken } = matches;
	const fits = (sale: Entry, { type }: MoneyEntry) =>
		isReturn(sale) === (type === 'refund') && !taken.has(sale);

	const bearers = indexBy((sale) => text(sale.pspReference), sales);
	const left: MoneyEntry[] = [];
	for (const entry of entries) {
		if (!isTrade(entry)) continue;
		const found = bearers
			.get(entry.pspReference)
			?.find(
				({ date, sale }) =>
					fits(sale, entry) && (inPeriod(entry.date, date) || isNextTo(entry.date, date)),
			);
		if (found) {
			taken.add(found.sale);
			byPspReference.set(entry, found.sale);
		} else {
			left.push(entry);
		}
	}
	if (left.length === 0) return matches;

	// Cash is never in a ledger.
	const isFree = ({ sale }: DatedSale) => sale.paymentType !== 'CASH' && !taken.has(sale);
	const others = indexBy((sale) => text(sale.reference), sales.filter(isFree));
	const onOneDate: Nearness = (one, other) => one === other && inPeriod(one, other);
	for (const isNear of [onOneDate, inPeriod]) {
		for (const entry of left) {
			if (byReference.has(entry)) continue;
			const found = others
				.get(entry.reference)
				?.filter(({ date, sale }) => fits(sale, entry) && isNear(entry.date, date));
			if (!found || found.length === 0) continue;
			// Of several rather the one of the same amount.
			const sameAmount = ({ sale }: DatedSale) =>
				Math.abs(grossOf(sale) ?? NaN) === Math.abs(entry.amount);
			const { sale } = found.find(sameAmount) ?? found[0];
			taken.add(sale);
			byReference.set(entry, sale);
		}
	}
	return matches;
}

interface Fees {
	/** The sum of the fees of a capture. */
	charged: Map<MoneyEntry, number>;
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
	const captures = new Map<string, MoneyEntry>();
	for (const entry of funds) {
		if (entry.type === 'capture' && entry.pspReference !== '') {
			captures.set(entry.pspReference, entry);
		}
	}
	const charged = new Map<MoneyEntry, number>();
	const alone: MoneyEntry[] = [];
	for (const fee of fees) {
		const capture = fee.type === 'capture-fee' ? captures.get(fee.pspReference) : undefined;
		if (capture && (inPeriod(fee.date, capture.date) || isNextTo(fee.date, capture.date))) {
			charged.set(capture, (charged.get(capture) ?? 0) + fee.amount);
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
	{ byPspReference, byReference }: Matches,
	{ sales, coversSales }: ReconcileFrame,
): Pick<Reconciled, 'sale' | 'status' | 'reason'> {
	const exact = byPspReference.get(entry);
	if (exact) {
		return { sale: exact, status: 'matched', reason: compareAmounts(exact, entry.amount) };
	}
	const sale = byReference.get(entry);
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
	for (const entry of book.funds) {
		if (!isAsked(entry) || isPayout(entry) || SETTLING.includes(entry.type)) continue;
		const fee = charged.get(entry);
		const judged = judge(entry, matches, frame);
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

	for (const { date, sale } of frame.sales ?? []) {
		if (matches.taken.has(sale) || !isAsked({ date })) continue;
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
	const found = new Map<LedgerDate, Matches>();
	for (const [date, entries] of byDate(funds)) {
		found.set(
			date,
			matchSales(entries, sales.get(date) ?? [], () => true),
		);
	}
	return (entry) => {
		const own = found.get(entry.date);
		return own?.byPspReference.get(entry) ?? own?.byReference.get(entry);
	};
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
