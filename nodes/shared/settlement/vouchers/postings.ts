import type { Entry } from '../../ledger/feed';
import { isObject } from '../../ledger/object';
import { fundsGroupOf } from '../groups';
import type { MoneyEntry } from '../entry';
import type { Chart } from './chart';
import type { Role, VoucherLine } from './voucher';

/** One side of a posting: positive is debit, negative is credit. Minor units. */
export interface Posting {
	role: Role;
	account: string;
	amount: number;
	vatCode?: string;
	vatRate?: number;
	text: string;
	pspReference?: string;
	reference?: string;
}

/** What one entry of a ledger is booked as: postings whose sum is zero. */
export interface Booked {
	postings: Posting[];
	review: string[];
}

/** The other side of an entry, and how the entry's own line is called. */
interface Counterpart extends Booked {
	label: string;
}

/** How the VAT of sales is written: as lines of its own, or within the sales lines. */
export type VatLines = 'separate' | 'included';

export interface BookingTerms {
	chart: Chart;
	vatLines: VatLines;
	/** The sale of a capture or refund, where the Sales API has it. */
	saleOf: (entry: MoneyEntry) => Entry | undefined;
}

interface VatShare {
	/** Basis points. */
	rate: number;
	gross: number;
	vat: number;
}

const whole = (value: unknown): number | undefined =>
	Number.isSafeInteger(value) ? Math.abs(value as number) : undefined;

/**
 * The shares of a sale by VAT rate, all positive. Undefined when the lines do not tell it all
 * or do not come to the amount of the ledger: nothing is guessed.
 */
function vatShares(sale: Entry | undefined, amount: number): VatShare[] | undefined {
	const lines = sale?.lines;
	if (!Array.isArray(lines) || lines.length === 0) return undefined;
	const shares = new Map<number, VatShare>();
	for (const line of lines) {
		if (!isObject(line)) return undefined;
		const gross = whole(line.lineTotalGross);
		const vat = whole(line.vatAmount);
		const rate = whole(line.vatRate);
		if (gross === undefined || vat === undefined || rate === undefined) return undefined;
		const share = shares.get(rate);
		if (share) {
			share.gross += gross;
			share.vat += vat;
		} else {
			shares.set(rate, { rate, gross, vat });
		}
	}
	const total = [...shares.values()].reduce((sum, { gross }) => sum + gross, 0);
	return total === Math.abs(amount) ? [...shares.values()] : undefined;
}

/** A capture or refund against sales, split by VAT rate where the order lines tell it. */
function bookTrade(entry: MoneyEntry, { chart, vatLines, saleOf }: BookingTerms): Counterpart {
	const { accounts, vat } = chart;
	const isRefund = entry.type === 'refund';
	const name = isRefund ? 'Refund' : 'Sales';
	// Sales stand on the credit side, returns on the debit side.
	const sign = entry.amount < 0 ? 1 : -1;
	const sale = saleOf(entry);
	const shares = vatShares(sale, entry.amount);
	if (!shares) {
		const why = sale
			? 'its sale has no complete order lines'
			: 'no sale with order lines was found for it';
		return {
			postings: [{ role: 'sales', account: accounts.sales, amount: -entry.amount, text: name }],
			label: name,
			review: [`VAT not split: ${why} (${entry.type} ${entry.pspReference})`],
		};
	}
	const postings = shares.flatMap(({ rate, gross, vat: share }): Posting[] => {
		const terms = vat.find((one) => one.rate === rate);
		const common = { vatRate: rate, ...(terms?.code && { vatCode: terms.code }) };
		const account = terms?.salesAccount || accounts.sales;
		const text = `${name}, VAT ${rate / 100} %`;
		if (vatLines === 'included' || share === 0) {
			return [{ role: 'sales', account, amount: sign * gross, text, ...common }];
		}
		return [
			{ role: 'sales', account, amount: sign * (gross - share), text, ...common },
			{
				role: 'vat',
				account: accounts.vat,
				amount: sign * share,
				text: `VAT ${rate / 100} %`,
				...common,
			},
		];
	});
	return { postings, label: name, review: [] };
}

const NAMES: Readonly<Record<string, string>> = {
	'retained-disputed-capture': 'Disputed capture, retained',
	'returned-disputed-capture': 'Disputed capture, returned',
	correction: 'Correction',
	'top-up': 'Top-up',
	'credit-note': 'Credit note',
};

/** The text under which the two halves of retained fees meet. */
export const MEETING = 'Fees retained';

function against(
	role: Role,
	text: string,
	entry: MoneyEntry,
	{ chart }: BookingTerms,
	review: string[] = [],
): Counterpart {
	const account = chart.accounts[role];
	return { postings: [{ role, account, amount: -entry.amount, text }], label: text, review };
}

function toInterim(entry: MoneyEntry, terms: BookingTerms): Counterpart {
	const name = NAMES[entry.type] ?? `Entry of the type ${entry.type || 'unknown'}`;
	const which = entry.pspReference || entry.date;
	return against('interim', name, entry, terms, [
		`${name} on the ${entry.topic} ledger went to the interim account (${which})`,
	]);
}

function feesCounterpart(entry: MoneyEntry, terms: BookingTerms): Counterpart {
	switch (entry.type) {
		case 'capture-fee':
			return against('fee', 'Fee', entry, terms);
		case 'service-fee':
			return against('fee', 'Service fee', entry, terms);
		case 'fees-retained':
			return against('interim', MEETING, entry, terms);
		case 'fees-invoiced':
			// What the fees ledger has is from now on owed by an invoice: the same account.
			return against('receivable', 'Fees invoiced, to be paid', entry, terms, [
				`Fees were invoiced: pay ${entry.pspReference || 'the invoice'} from the bank`,
			]);
		default:
			return toInterim(entry, terms);
	}
}

function fundsCounterpart(entry: MoneyEntry, terms: BookingTerms): Counterpart {
	switch (fundsGroupOf(entry.type)) {
		case 'captures':
		case 'refunds':
			return bookTrade(entry, terms);
		case 'feesRetained':
			return against('interim', MEETING, entry, terms);
		case 'payouts':
			return against('bank', 'Payout', entry, terms);
		case 'payoutsAborted':
			return against('bank', 'Payout taken back', entry, terms, [
				`A payout was taken back (${entry.pspReference})`,
			]);
		default:
			return toInterim(entry, terms);
	}
}

/**
 * What an entry is booked as. The funds ledger is the clearing account, the fees ledger the
 * receivable account, so that their balances in the books are those of the API.
 */
export function book(entry: MoneyEntry, terms: BookingTerms): Booked {
	const { accounts } = terms.chart;
	const isFunds = entry.topic === 'funds';
	const other = isFunds ? fundsCounterpart(entry, terms) : feesCounterpart(entry, terms);
	const role = isFunds ? 'clearing' : 'receivable';
	const own: Posting = { role, account: accounts[role], amount: entry.amount, text: other.label };
	return { postings: [own, ...other.postings], review: other.review };
}

/** The postings of an entry with what leads back to it. */
export const traced = (postings: Posting[], { pspReference, reference }: MoneyEntry): Posting[] =>
	postings.map((posting) => ({ ...posting, pspReference, reference }));

export const toLine = (posting: Posting): VoucherLine => ({
	account: posting.account,
	role: posting.role,
	debit: Math.max(posting.amount, 0),
	credit: Math.max(-posting.amount, 0),
	vatCode: posting.vatCode ?? null,
	vatRate: posting.vatRate ?? null,
	text: posting.text,
	pspReference: posting.pspReference || null,
	reference: posting.reference || null,
});
