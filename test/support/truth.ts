import type { IDataObject } from 'n8n-workflow';
import type { Simulator } from '../harness';

export interface Truth {
	ledgers: IDataObject[];
	/** Ledger entries with `topic` and `ledgerId`. */
	entries: IDataObject[];
	/** Sales with `ledgerId`. */
	sales: IDataObject[];
}

/** Everything that there is in the simulated world. */
export const truthOf = async (simulator: Simulator): Promise<Truth> =>
	(await simulator.truth()) as Truth;

const sorted = (texts: string[]): string[] => [...texts].sort();

/** What only some of the two sides carry: personal data, and what this package adds. */
const NOT_COMPARED = ['name', 'message', 'maskedPhoneNo', 'dedupeKey'];

const facts = (entry: IDataObject): string =>
	JSON.stringify(
		Object.entries(entry)
			.filter(([name]) => !NOT_COMPARED.includes(name))
			.sort(([a], [b]) => a.localeCompare(b)),
	);

/** Holds what arrived against the world: the same entries, each once, and each with its own key. */
export function expectExactly(delivered: IDataObject[], expected: IDataObject[]): void {
	expect(sorted(delivered.map(facts))).toEqual(sorted(expected.map(facts)));
	const keys = delivered.map(({ dedupeKey }) => dedupeKey);
	expect(new Set(keys).size).toBe(keys.length);
}

/** The sales as the trigger marks them. */
export const asItems = (sales: IDataObject[]): IDataObject[] =>
	sales.map((sale) => ({ ...sale, topic: 'sales' }));
