import { personalFields, type RawEntry } from './entry.mts';

/** Rows that are only ever added to, in order, with an index by date. */
export class Rows<T extends object> {
	readonly all: T[] = [];
	readonly #byDate = new Map<string, number[]>();

	protected push(row: T, date: string): void {
		const positions = this.#byDate.get(date);
		if (positions) positions.push(this.all.length);
		else this.#byDate.set(date, [this.all.length]);
		this.all.push(row);
	}

	count(date?: string): number {
		return date === undefined ? this.all.length : (this.#byDate.get(date)?.length ?? 0);
	}

	/** Rows from `start` (counted from 0) of the whole list, or of one date. */
	slice(start: number, size: number, date?: string): T[] {
		if (date === undefined) return this.all.slice(start, start + size);
		const positions = this.#byDate.get(date) ?? [];
		return positions.slice(start, start + size).map((position) => this.all[position]!);
	}
}

/** The entries of one topic of one ledger, and its balance in minor units. */
export class Book extends Rows<RawEntry> {
	balance = 0;
	hasPersonalData = false;

	/**
	 * Adds an entry as it is; balances that it lacks are filled in.
	 * @param date the ledger date under which the entry is found, also when it does not carry one
	 */
	append(entry: RawEntry, date: string): RawEntry {
		const amount = typeof entry['amount'] === 'number' ? entry['amount'] : 0;
		if (entry['balanceBefore'] === undefined) entry['balanceBefore'] = this.balance;
		if (entry['balanceAfter'] === undefined) {
			entry['balanceAfter'] = Number(entry['balanceBefore']) + amount;
		}
		this.balance = Number(entry['balanceAfter']);
		if (personalFields.some((field) => field in entry)) this.hasPersonalData = true;
		this.push(entry, date);
		return entry;
	}
}
