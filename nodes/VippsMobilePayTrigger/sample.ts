import { getLedgers } from '../shared/api/settlement';
import { todayOf } from '../shared/books/readBook';
import { addDays } from '../shared/ledger/dates';
import { ledgerItem } from '../shared/ledger/ledgerItem';
import type { ApiClient } from '../shared/transport/client';
import type { Stream } from '../shared/trigger/readStreams';
import { takePage } from '../shared/trigger/takePage';
import type { TriggerParameters } from './parameters';
import { isFeed, streamsOf } from './streams';

const ENTRIES_PER_TOPIC = 5;
/** Ledgers without traffic are passed over, up to this many. */
const LEDGERS_TRIED = 10;
/** How far to go back for a closed date, or for a payout. */
const DATES_TRIED = 8;

async function firstItems(streams: Stream[]): Promise<object[]> {
	for (const stream of streams) {
		const page = await stream.readPage(undefined);
		const { items } = takePage(stream, page, {}, ENTRIES_PER_TOPIC);
		if (items.length > 0) return items;
	}
	return [];
}

/**
 * A few real items for building a workflow: the oldest entries of the first ledger that has
 * any, for each topic. Reads the state of the trigger nowhere and leaves it alone.
 */
export async function sample(client: ApiClient, parameters: TriggerParameters): Promise<object[]> {
	const { ledgerIds, newLedger, topics } = parameters;
	const listed = ledgerIds === undefined || newLedger ? await getLedgers(client) : [];
	const ledgers = ledgerIds?.map((ledgerId) => ({ ledgerId })) ?? listed;

	const items: object[] = newLedger ? listed.slice(0, 1).map(ledgerItem) : [];
	for (const topic of topics) {
		const tried = ledgers.slice(0, LEDGERS_TRIED);
		// A feed is read from its start; dates are tried backwards from yesterday.
		for (let back = 1; back <= (isFeed(topic) ? 1 : DATES_TRIED); back++) {
			const streams = streamsOf(
				client,
				tried,
				{ ...parameters, topics: [topic] },
				{
					stateOf: () => ({}),
					dateOf: (_stream, ledger) => addDays(todayOf(client, ledger), -back),
					seenOpen: new Map(),
				},
			);
			const found = await firstItems(streams);
			items.push(...found);
			if (found.length > 0) break;
		}
	}
	return items;
}
