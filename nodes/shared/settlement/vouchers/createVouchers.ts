import type { LedgerDate } from '../../ledger/dates';
import { toMajor } from '../../money';
import type { Book, MoneyEntry } from '../entry';
import { cutAtPayouts, type Payout } from '../payouts';
import { byDate } from '../summary';
import {
	book as bookEntry,
	MEETING,
	toLine,
	traced,
	type BookingTerms,
	type Posting,
} from './postings';
import type { GroupBy, Voucher } from './voucher';

export interface VoucherTerms extends BookingTerms {
	groupBy: GroupBy;
	/** The payouts of the period, for `groupBy` payout. */
	payouts: Payout[];
}

/** Entries that make one voucher. */
interface Group {
	key: string;
	date: LedgerDate;
	description: string;
	entries: MoneyEntry[];
	/** Whether each entry keeps its own lines. */
	detailed: boolean;
}

/** Lines of the same kind in one: those of an account, side, VAT and text. */
class Merged {
	private readonly postings = new Map<string, Posting>();

	add(posting: Posting): void {
		const { role, account, amount, vatCode = '', vatRate = '', text } = posting;
		const key = [role, account, amount < 0, vatCode, vatRate, text].join('\0');
		const known = this.postings.get(key);
		if (known) known.amount += amount;
		else this.postings.set(key, { ...posting });
	}

	all(): Posting[] {
		return [...this.postings.values()];
	}
}

/** What entries are booked as, line by line or in lines of the same kind, and what to look at. */
function bookAll(
	entries: MoneyEntry[],
	detailed: boolean,
	terms: VoucherTerms,
): { all: Posting[]; review: Set<string> } {
	const lines: Posting[] = [];
	const merged = new Merged();
	const review = new Set<string>();
	for (const entry of entries) {
		const booked = bookEntry(entry, terms);
		for (const remark of booked.review) review.add(remark);
		if (detailed) lines.push(...traced(booked.postings, entry));
		else booked.postings.forEach((posting) => merged.add(posting));
	}
	return { all: detailed ? lines : merged.all(), review };
}

/** Retained fees stand on both ledgers; where the two halves meet nothing is left of them. */
function settleMeetings(postings: Posting[]): { postings: Posting[]; left: number } {
	const isMeeting = ({ role, text }: Posting) => role === 'interim' && text === MEETING;
	const left = postings.filter(isMeeting).reduce((sum, { amount }) => sum + amount, 0);
	if (left !== 0) return { postings, left };
	return { postings: postings.filter((posting) => !isMeeting(posting)), left };
}

function toVoucher(
	{ ledgerId, currency }: Book,
	{ key, date, description, entries, detailed }: Group,
	terms: VoucherTerms,
): Voucher {
	const { all, review: remarks } = bookAll(entries, detailed, terms);
	const { postings, left } = settleMeetings(all);
	const lines = postings.filter(({ amount }) => amount !== 0).map(toLine);
	const missing = [
		...new Set(lines.filter(({ account }) => account === '').map(({ role }) => role)),
	];
	const review = [
		...remarks,
		...(left === 0
			? []
			: [
					`The retained fees on the two ledgers differ by ${toMajor(Math.abs(left))} ${currency} here; the rest is on the interim account`,
				]),
		...missing.map((role) => `No account is given for the role ${role}`),
	];
	return {
		voucherKey: key,
		date,
		currency,
		description,
		ledgerId,
		groupBy: terms.groupBy,
		lines,
		totalDebit: lines.reduce((sum, { debit }) => sum + debit, 0),
		totalCredit: lines.reduce((sum, { credit }) => sum + credit, 0),
		review,
	};
}

function byDates({ ledgerId, dates, funds, fees }: Book): Group[] {
	const entriesOf = new Map<LedgerDate, MoneyEntry[]>(dates.map((date) => [date, []]));
	for (const entry of [...funds, ...fees]) entriesOf.get(entry.date)?.push(entry);
	return dates.map((date) => ({
		key: `${ledgerId}-${date}`,
		date,
		description: `Vipps MobilePay ${ledgerId}, ${date}`,
		entries: entriesOf.get(date) ?? [],
		detailed: false,
	}));
}

/** Entries after the last payout wait for the next one. */
function byPayouts(book: Book, payouts: Payout[]): Group[] {
	const { ledgerId } = book;
	const wanted = [...payouts];
	return cutAtPayouts(book).flatMap(({ payout: entry, funds, fees }) => {
		const [payout] = wanted;
		if (payout?.pspReference !== entry.pspReference || payout.toDate !== entry.date) return [];
		wanted.shift();
		const number = payout.payoutNumber ?? (payout.pspReference || payout.toDate);
		return {
			key: `${ledgerId}-payout-${number}`,
			date: payout.scheduledDate,
			description: `Vipps MobilePay ${ledgerId}, payout ${number}`,
			entries: [...funds, ...fees],
			detailed: false,
		};
	});
}

/**
 * One voucher a movement, with the fees that were charged for it on the same date. Fees of a
 * later date have their own: a voucher never changes once its date is closed.
 */
function byTransactions({ ledgerId, dates, funds, fees }: Book): Group[] {
	const groups = new Map<string, Group>();
	const open = (key: string, date: LedgerDate, name: string): Group => {
		const group = groups.get(key) ?? {
			key,
			date,
			description: `Vipps MobilePay ${ledgerId}, ${name}`,
			entries: [],
			detailed: true,
		};
		groups.set(key, group);
		return group;
	};
	// Alike entries are told apart by their order, which never changes.
	const unique = (base: string): string => {
		let key = base;
		for (let count = 2; groups.has(key); count++) key = `${base}-${count}`;
		return key;
	};
	const captures = new Map<string, Group>();
	const fundsOf = byDate(funds);
	const feesOf = byDate(fees);
	for (const date of dates) {
		for (const entry of fundsOf.get(date) ?? []) {
			const isRetained = entry.type === 'fees-retained';
			const base = isRetained
				? `${ledgerId}-${date}-fees-retained`
				: `${ledgerId}-${date}-${entry.type}-${entry.pspReference}`;
			const key = isRetained ? base : unique(base);
			const group = open(key, date, `${entry.type} ${isRetained ? date : entry.pspReference}`);
			group.entries.push(entry);
			if (entry.type === 'capture') captures.set(`${date} ${entry.pspReference}`, group);
		}
		for (const entry of feesOf.get(date) ?? []) {
			const own =
				entry.type === 'capture-fee' ? captures.get(`${date} ${entry.pspReference}`) : undefined;
			if (own) {
				own.entries.push(entry);
				continue;
			}
			const isRetained = entry.type === 'fees-retained';
			const key = isRetained
				? `${ledgerId}-${date}-fees-retained`
				: unique(`${ledgerId}-${date}-fees-${entry.type}-${entry.pspReference}`);
			open(key, date, `${entry.type} ${isRetained ? date : entry.pspReference}`).entries.push(
				entry,
			);
		}
	}
	return [...groups.values()];
}

function groupsOf(book: Book, { groupBy, payouts }: VoucherTerms): Group[] {
	switch (groupBy) {
		case 'payout':
			return byPayouts(book, payouts);
		case 'transaction':
			return byTransactions(book);
		case 'ledgerDate':
			return byDates(book);
	}
}

/**
 * Vouchers in double entry. Each entry of the ledger is in exactly one of them, on both sides,
 * so that debit equals credit by construction, and the clearing account moves exactly as the
 * balance of the funds ledger. Groups in which no money moves give no voucher.
 */
export function createVouchers(book: Book, terms: VoucherTerms): Voucher[] {
	return groupsOf(book, terms)
		.map((group) => toVoucher(book, group, terms))
		.filter(({ lines }) => lines.length > 0);
}
