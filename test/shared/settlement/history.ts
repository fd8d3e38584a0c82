import fc from 'fast-check';
import { addDays, listDates, type LedgerDate } from '../../../nodes/shared/ledger/dates';
import type { Entry } from '../../../nodes/shared/ledger/feed';
import { toMoneyEntry, type Book, type MoneyEntry } from '../../../nodes/shared/settlement/entry';
import type { DatedSale } from '../../../nodes/shared/settlement/reconcile';

/** What a ledger has been through since its first date, and what the Sales API says of it. */
export interface History {
	book: Book;
	sales: DatedSale[];
}

type SaleKind = 'none' | 'byPspReference' | 'byReference' | 'otherAmount';

type Move =
	| {
			kind: 'capture';
			amount: number;
			fees: number[];
			lateDates: number;
			order: number;
			sale: SaleKind;
			saleDates: number;
	  }
	| { kind: 'refund'; amount: number; order: number; sale: SaleKind; saleDates: number }
	| { kind: 'other'; topic: MoneyEntry['topic']; type: string; amount: number; again: boolean }
	| { kind: 'abortion' }
	| { kind: 'cash'; amount: number };

interface Plan {
	net: boolean;
	currency: string;
	/** What payouts leave behind. */
	reserve: number;
	days: { moves: Move[]; settles: boolean; invoices: boolean }[];
}

export const FIRST_DATE = '2026-05-28';

const amount = fc.integer({ min: 1, max: 100_000 });
const signed = fc.oneof(
	amount,
	amount.map((positive) => -positive),
);
const order = fc.nat({ max: 3 });
/** How many dates after its movement a sale is. */
const saleDates = fc.constantFrom(0, 0, 0, 0, 1, -1, 3);
const sale = fc.constantFrom<SaleKind>('none', 'byPspReference', 'byReference', 'otherAmount');

const FUNDS_TYPES = [
	'retained-disputed-capture',
	'returned-disputed-capture',
	'correction',
	'top-up',
	'credit-note',
	'never-heard-of',
	'constructor',
	'',
];
// A capture-fee here is one whose capture is not in the ledger.
const FEES_TYPES = [
	'capture-fee',
	'service-fee',
	'credit-note',
	'correction',
	'new-fee',
	'toString',
];

const move: fc.Arbitrary<Move> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant('capture' as const),
			amount,
			fees: fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 3 }),
			lateDates: fc.constantFrom(0, 0, 1, 1, 2, 5),
			order,
			sale,
			saleDates,
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({ kind: fc.constant('refund' as const), amount, order, sale, saleDates }),
	},
	fc.record({
		kind: fc.constant('other' as const),
		topic: fc.constant('funds' as const),
		type: fc.constantFrom(...FUNDS_TYPES),
		amount: signed,
		again: fc.boolean(),
	}),
	fc.record({
		kind: fc.constant('other' as const),
		topic: fc.constant('fees' as const),
		type: fc.constantFrom(...FEES_TYPES),
		amount: signed,
		again: fc.boolean(),
	}),
	fc.record({ kind: fc.constant('abortion' as const) }),
	fc.record({ kind: fc.constant('cash' as const), amount }),
);

const plan: fc.Arbitrary<Plan> = fc.record({
	net: fc.boolean(),
	currency: fc.constantFrom('NOK', 'DKK', 'EUR'),
	reserve: fc.constantFrom(0, 0, 5000),
	days: fc.array(
		fc.record({
			moves: fc.array(move, { maxLength: 6 }),
			settles: fc.boolean(),
			invoices: fc.boolean(),
		}),
		{ minLength: 1, maxLength: 12 },
	),
});

/** Books of a ledger in which entries follow one another by the rules of the API. */
class Bookkeeper {
	readonly funds: MoneyEntry[] = [];
	readonly fees: MoneyEntry[] = [];
	readonly sales: DatedSale[] = [];
	private readonly balances = { funds: 0, fees: 0 };
	private readonly late: { date: LedgerDate; amount: number; pspReference: string }[] = [];
	private lastReference = 0;
	private lastOther = '0';
	private payoutNumber = 2000100;
	private unpaid: MoneyEntry[] = [];

	constructor(private readonly terms: Plan) {}

	day(date: LedgerDate, { moves, settles, invoices }: Plan['days'][number]): void {
		for (const fee of this.late.filter((one) => one.date === date)) {
			this.add('fees', date, 'capture-fee', -fee.amount, fee.pspReference);
		}
		for (const one of moves) this.move(date, one);
		if (settles && this.terms.net && this.balances.fees !== 0) {
			const { fees } = this.balances;
			this.add('fees', date, 'fees-retained', -fees, `retained-${date}`);
			this.add('funds', date, 'fees-retained', fees, `retained-${date}`);
		}
		if (invoices && !this.terms.net && this.balances.fees !== 0) {
			this.add('fees', date, 'fees-invoiced', -this.balances.fees, `invoice-${date}`);
		}
		if (settles && this.balances.funds > this.terms.reserve) {
			const paid = this.terms.reserve - this.balances.funds;
			this.unpaid.push(
				this.add('funds', date, 'payout-scheduled', paid, `12345-${this.payoutNumber++}`),
			);
		}
	}

	private move(date: LedgerDate, one: Move): void {
		const pspReference = String(++this.lastReference);
		switch (one.kind) {
			case 'capture': {
				const reference = `order-${one.order}`;
				this.add('funds', date, 'capture', one.amount, pspReference, reference);
				const atOnce = one.lateDates === 0 ? one.fees : one.fees.slice(1);
				for (const fee of atOnce) this.add('fees', date, 'capture-fee', -fee, pspReference);
				for (const fee of one.fees.slice(0, one.fees.length - atOnce.length)) {
					this.late.push({ date: addDays(date, one.lateDates), amount: fee, pspReference });
				}
				this.sell(date, 'capture', one, pspReference, reference);
				break;
			}
			case 'refund': {
				const reference = `order-${one.order}`;
				this.add('funds', date, 'refund', -one.amount, pspReference, reference);
				this.sell(date, 'refund', one, pspReference, reference);
				break;
			}
			case 'other':
				// Several entries may be about the same thing.
				if (!one.again) this.lastOther = pspReference;
				this.add(one.topic, date, one.type, one.amount, this.lastOther);
				break;
			case 'abortion': {
				const payout = this.unpaid.shift();
				if (payout) this.add('funds', date, 'payout-aborted', -payout.amount, pspReference);
				break;
			}
			case 'cash':
				this.sales.push({ date, sale: saleOf('capture', one.amount, null, 'till', 'CASH') });
		}
	}

	private sell(
		date: LedgerDate,
		type: 'capture' | 'refund',
		one: { sale: SaleKind; saleDates: number; amount: number },
		pspReference: string,
		reference: string,
	): void {
		if (one.sale === 'none') return;
		const gross = one.sale === 'otherAmount' ? one.amount + 1 : one.amount;
		const psp = one.sale === 'byReference' ? null : pspReference;
		this.sales.push({
			date: addDays(date, one.saleDates),
			sale: saleOf(type, type === 'refund' ? -gross : gross, psp, reference, 'CARD'),
		});
	}

	private add(
		topic: MoneyEntry['topic'],
		date: LedgerDate,
		entryType: string,
		amountOfEntry: number,
		pspReference: string,
		reference = '',
	): MoneyEntry {
		const balanceBefore = this.balances[topic];
		this.balances[topic] += amountOfEntry;
		const raw = {
			pspReference,
			time: `${date}T12:00:00.000000Z`,
			ledgerDate: date,
			entryType,
			reference,
			currency: this.terms.currency,
			amount: amountOfEntry,
			recipientHandle: null,
			balanceBefore,
			balanceAfter: this.balances[topic],
		};
		const entry = toMoneyEntry(raw, topic, date);
		this[topic].push(entry);
		return entry;
	}
}

/** A sale with two lines, of 25 % and of 15 % VAT. */
function saleOf(
	entryType: string,
	gross: number,
	pspReference: string | null,
	reference: string,
	paymentType: string,
): Entry {
	const line = (lineTotalGross: number, vatRate: number) => ({
		lineTotalGross,
		vatRate,
		vatAmount: lineTotalGross - Math.round((lineTotalGross * 10_000) / (10_000 + vatRate)),
	});
	const first = Math.trunc(gross / 3);
	return {
		entryType,
		time: '2026-05-28T12:00:00Z',
		pspReference,
		reference,
		currency: 'NOK',
		paymentType,
		amounts: { gross, net: null, vat: null },
		lines: [line(first, 2500), line(gross - first, 1500)],
	};
}

/** Histories of up to twelve dates on all terms, with everything that can happen to a ledger. */
export const anyHistory: fc.Arbitrary<History> = plan.map((terms) => {
	const bookkeeper = new Bookkeeper(terms);
	const dates = listDates(FIRST_DATE, addDays(FIRST_DATE, terms.days.length - 1));
	dates.forEach((date, index) => bookkeeper.day(date, terms.days[index]));
	const { funds, fees } = bookkeeper;
	const sales = bookkeeper.sales
		.filter(({ date }) => dates.includes(date))
		.sort((a, b) => a.date.localeCompare(b.date));
	return { book: { ledgerId: '12345', currency: terms.currency, dates, funds, fees }, sales };
});

/** A history and dates at which it is cut, in order; a cut lies before its date. */
export const anyCutHistory: fc.Arbitrary<{ history: History; cuts: LedgerDate[] }> =
	anyHistory.chain((history) =>
		fc.subarray(history.book.dates.slice(1)).map((cuts) => ({ history, cuts: cuts.sort() })),
	);

/** The part of a book from one date to another, both included. */
export function part(book: Book, from: LedgerDate, to: LedgerDate): Book {
	const within = (date: LedgerDate) => date >= from && date <= to;
	return {
		...book,
		dates: book.dates.filter(within),
		funds: book.funds.filter(({ date }) => within(date)),
		fees: book.fees.filter(({ date }) => within(date)),
	};
}

/** The periods into which cuts divide a book: first and last date of each. */
export function periodsOf({ dates }: Book, cuts: LedgerDate[]): [LedgerDate, LedgerDate][] {
	const starts = [dates[0], ...cuts];
	return starts.map((start, index) => [
		start,
		index + 1 < starts.length ? addDays(starts[index + 1], -1) : dates[dates.length - 1],
	]);
}
