import type { IDataObject } from 'n8n-workflow';
import { addDays, listDates } from '../../../nodes/shared/ledger/dates';
import { currencyOf, toMoneyEntry } from '../../../nodes/shared/settlement/entry';
import type { Simulator } from '../../harness';
import { truthOf } from '../../support/simulated';
import type { History } from './history';

export interface WorldSize {
	seed: number;
	ledgers?: number;
	days: number;
	salesPerDay?: number;
	/** The last date. */
	until: string;
}

/** What the ledgers of the simulator's settlement data have been through, all of it on closed dates. */
export async function settledWorld(
	simulator: Simulator,
	{ seed, until, days, ...size }: WorldSize,
): Promise<History[]> {
	const options = { ...size, days, until };
	await simulator.reset({ data: 'settlement', seed, options, now: `${until}T12:00:00Z` });
	const { ledgers, entries, sales } = await truthOf(simulator);
	const dates = listDates(addDays(until, 1 - days), until);
	const of = (items: IDataObject[], ledgerId: unknown) =>
		items.filter((item) => item.ledgerId === ledgerId);
	return ledgers.map(({ ledgerId }) => {
		const own = of(entries, ledgerId).filter(({ ledgerDate }) => String(ledgerDate) <= until);
		const rows = (topic: 'funds' | 'fees') =>
			own
				.filter((entry) => entry.topic === topic)
				.map((entry) => toMoneyEntry(entry, topic, String(entry.ledgerDate)));
		const [funds, fees] = [rows('funds'), rows('fees')];
		const currency = currencyOf([...funds, ...fees]);
		return {
			book: { ledgerId: String(ledgerId), currency, dates, funds, fees },
			// A sale of the small hours is looked for among those of its own date only.
			sales: of(sales, ledgerId).map((sale) => ({ date: String(sale.time).slice(0, 10), sale })),
		};
	});
}
