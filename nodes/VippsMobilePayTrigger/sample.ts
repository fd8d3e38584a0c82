import { getLedgers } from '../shared/api/settlement';
import { ledgerItem } from '../shared/ledger/ledgerItem';
import type { ApiClient } from '../shared/transport/client';
import { takePage } from '../shared/trigger/takePage';
import type { TriggerParameters } from './parameters';
import { streamsOf } from './streams';

const ENTRIES_PER_TOPIC = 5;
/** Ledgers without traffic are passed over, up to this many. */
const LEDGERS_TRIED = 10;

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
		const streams = streamsOf(client, tried, { ...parameters, topics: [topic] }, () => ({}));
		for (const stream of streams) {
			const page = await stream.readPage(undefined);
			const taken = takePage(stream, page, {}, ENTRIES_PER_TOPIC);
			items.push(...taken.items);
			if (taken.items.length > 0) break;
		}
	}
	return items;
}
