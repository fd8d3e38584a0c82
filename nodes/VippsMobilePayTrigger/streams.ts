import type { IPollFunctions } from 'n8n-workflow';
import * as report from '../shared/api/report';
import * as sales from '../shared/api/sales';
import { DateReader, readDatePage } from '../shared/books/dateStream';
import { entryDateIn } from '../shared/ledger/entryDate';
import { dateInZone, type LedgerDate } from '../shared/ledger/dates';
import type { FeedPage, Topic } from '../shared/ledger/feed';
import type { Ledger } from '../shared/ledger/ledger';
import { timeZoneOf } from '../shared/ledger/market';
import type { Stream } from '../shared/trigger/readStreams';
import type { StreamState } from '../shared/trigger/state';
import type { StreamId } from '../shared/trigger/takePage';
import type { ApiClient } from '../shared/transport/client';
import type { TriggerParameters } from './parameters';

/** Where streams begin that have not been read yet. */
export interface Beginnings {
	stateOf: (stream: StreamId) => StreamState;
	/** For ledger dates: the date itself, or undefined for the date of the first entry. */
	dateOf: (stream: StreamId, ledger: Partial<Ledger>) => LedgerDate | undefined;
	/** When dates were last seen open. */
	seenOpen: Map<string, number>;
}

/** Whether a topic is a feed of the API, and not made of closed ledger dates. */
export const isFeed = (topic: Topic) => topic !== 'ledgerDate' && topic !== 'payout';

export const isDateStream = (key: string) => !isFeed(key.slice(0, key.indexOf(':')) as Topic);

/** When dates were last seen open, by workflow and node. In memory: it only saves requests. */
const seenOpen = new Map<string, Map<string, number>>();

export function seenOpenIn(context: IPollFunctions): Map<string, number> {
	const node = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const seen = seenOpen.get(node) ?? new Map<string, number>();
	seenOpen.set(node, seen);
	return seen;
}

/** The date of a ledger's first entry; today when there is none yet. */
async function firstDateOf(client: ApiClient, ledger: Ledger): Promise<LedgerDate> {
	const { ledgerId } = ledger;
	const dateOf = entryDateIn(ledger);
	const page = await report.getFeedPage(client, { ledgerId, topic: 'funds' });
	const today = dateInZone(client.serverTimeAt(Date.now()), timeZoneOf(ledger));
	return page.entries.map(dateOf).find((date) => date !== undefined) ?? today;
}

/** The feeds to read: every wanted topic of every wanted ledger. */
export function streamsOf(
	client: ApiClient,
	ledgers: Array<Partial<Ledger> & { ledgerId: string }>,
	{ topics, includePersonalData }: TriggerParameters,
	beginnings: Beginnings,
): Stream[] {
	const reader = new DateReader(client, beginnings.seenOpen);
	return ledgers.flatMap((ledger) =>
		topics.map((topic): Stream => {
			const { ledgerId } = ledger;
			const id = { topic, ledgerId, dateOf: entryDateIn(ledger) };
			const readPage = (): ((cursor: string | undefined) => Promise<FeedPage>) => {
				switch (topic) {
					case 'sales':
						return async (cursor) => await sales.getFeedPage(client, ledgerId, cursor);
					case 'funds':
					case 'fees': {
						const stream = { ledgerId, topic, includePersonalData };
						return async (cursor) => await report.getFeedPage(client, stream, cursor);
					}
					default:
						return readDatePage(
							client,
							topic,
							ledger,
							reader,
							async () => beginnings.dateOf(id, ledger) ?? (await firstDateOf(client, ledger)),
						);
				}
			};
			return {
				...id,
				key: `${topic}:${ledgerId}`,
				initialState: () => (isFeed(topic) ? beginnings.stateOf(id) : {}),
				readPage: readPage(),
			};
		}),
	);
}
