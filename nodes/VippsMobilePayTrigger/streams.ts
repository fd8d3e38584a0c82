import * as report from '../shared/api/report';
import * as sales from '../shared/api/sales';
import type { Ledger } from '../shared/ledger/ledger';
import { entryDateIn } from '../shared/ledger/entryDate';
import type { Stream } from '../shared/trigger/readStreams';
import type { StreamState } from '../shared/trigger/state';
import type { StreamId } from '../shared/trigger/takePage';
import type { ApiClient } from '../shared/transport/client';
import type { TriggerParameters } from './parameters';

/** The feeds to read: every wanted topic of every wanted ledger. */
export function streamsOf(
	client: ApiClient,
	ledgers: Array<Partial<Ledger> & { ledgerId: string }>,
	{ topics, includePersonalData }: TriggerParameters,
	initialState: (stream: StreamId) => StreamState,
): Stream[] {
	return ledgers.flatMap((ledger) =>
		topics.map((topic): Stream => {
			const { ledgerId } = ledger;
			const id = { topic, ledgerId, dateOf: entryDateIn(ledger) };
			return {
				...id,
				key: `${topic}:${ledgerId}`,
				initialState: () => initialState(id),
				readPage: async (cursor) =>
					topic === 'sales'
						? await sales.getFeedPage(client, ledgerId, cursor)
						: await report.getFeedPage(client, { ledgerId, topic, includePersonalData }, cursor),
			};
		}),
	);
}
