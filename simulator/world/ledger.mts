import { Book } from './book.mts';
import { addDays, dateAt, startOfDate } from './dates.mts';
import type { Topic } from './entry.mts';
import { markets, type Market, type MarketName } from './markets.mts';
import type { NewEntry } from './record.mts';
import { SalesBook } from './sale.mts';

/** A business or a bank account: the kind of number, and the number. */
export interface Identifier {
	scheme: string;
	id: string;
}

/** A ledger in the field names of the Settlement API. */
export interface LedgerFacts {
	ledgerId: string;
	currency: string;
	payoutBankAccount: Identifier;
	owner: Identifier;
	settlesForRecipientHandles: string[];
	/** Absent on ledgers from before June 2024. */
	salesUnits?: { name: string; recipientHandle: string; businessIdentifier?: Identifier }[];
}

/** What the API does not tell about a ledger. */
export interface LedgerTerms {
	market: MarketName;
	settlement: 'net' | 'gross';
	/** `never` is for load tests that count entries. */
	frequency: 'daily' | 'weekly' | 'monthly' | 'never';
	/** `api` ledgers have no sales in the Sales API. */
	solution: 'api' | 'vmNumber' | 'mpos';
	/** What a payout leaves behind, in minor units: a rolling reserve. */
	reserve: number;
	/** Hour of the day at which ledger dates change. */
	cutoffHour: number;
	/** Whether the merchant has let the accounting partner in. */
	accountingAccess: boolean;
	/** Sales unit keys that reach this ledger although it has no `api:` handle of theirs. */
	alsoReachedBy: string | null;
	/** The number of the next payout. */
	payoutNumber: number;
	/** The first ledger date that is not settled yet; the current one when absent. */
	openDate: string | null;
}

export type LedgerInput = { ledgerId: string } & Partial<LedgerFacts> &
	Partial<LedgerTerms> & { name?: string };

/** A ledger: its facts, its terms and its books. */
export class Ledger {
	readonly facts: LedgerFacts;
	readonly terms: LedgerTerms;
	readonly funds = new Book();
	readonly fees = new Book();
	readonly sales = new SalesBook();
	/** Fees that arrive just after the ledger date of their capture has been settled. */
	readonly lateFees: (Omit<NewEntry, 'time' | 'ledgerDate'> & { micros: number })[] = [];

	/** Anything left out gets a plausible value of the ledger's market. */
	constructor(input: LedgerInput) {
		const {
			ledgerId,
			name = `Sales unit ${ledgerId}`,
			currency,
			payoutBankAccount,
			owner,
			settlesForRecipientHandles: handles = [`${input.market ?? 'NO'}:${ledgerId}`],
			salesUnits,
			...terms
		} = input;
		this.terms = {
			market: 'NO',
			settlement: 'net',
			frequency: 'daily',
			reserve: 0,
			solution: handles[0]?.startsWith('api:') ? 'api' : 'vmNumber',
			cutoffHour: 0,
			accountingAccess: true,
			alsoReachedBy: null,
			payoutNumber: 2000101,
			openDate: null,
			...terms,
		};
		const market = this.market;
		const business = owner ?? { scheme: market.ownerScheme, id: '987654321' };
		this.facts = {
			ledgerId,
			currency: currency ?? market.currency,
			payoutBankAccount: payoutBankAccount ?? { scheme: market.bankScheme, id: '86011117947' },
			owner: business,
			settlesForRecipientHandles: handles,
			salesUnits:
				salesUnits ??
				handles.map((recipientHandle) => ({
					name,
					recipientHandle,
					businessIdentifier: business,
				})),
		};
	}

	get id(): string {
		return this.facts.ledgerId;
	}

	get market(): Market {
		return markets[this.terms.market];
	}

	get handle(): string | null {
		return this.facts.settlesForRecipientHandles[0] ?? null;
	}

	book(topic: Topic): Book {
		return topic === 'funds' ? this.funds : this.fees;
	}

	/** The ledger date of a moment (milliseconds), by the ledger's market and cutoff. */
	dateAt(moment: number): string {
		return dateAt(this.market.timeZone, moment, this.terms.cutoffHour);
	}

	/** The ledger date of what is recorded at a moment: a settled date takes no more entries, also when the clock has been set back. */
	recordingDate(moment: number): string {
		const date = this.dateAt(moment);
		return date < this.terms.openDate! ? this.terms.openDate! : date;
	}

	/** The moment (milliseconds) at which a ledger date is over. */
	endOf(date: string): number {
		return startOfDate(this.market.timeZone, addDays(date, 1), this.terms.cutoffHour);
	}
}
