import type { INodeParameters } from 'n8n-workflow';
import type { FeedTopic as Topic } from '../../nodes/shared/ledger/feed';
import type { Random } from './random';
import { TOPICS, type World } from './world';

/** What a user has set on the trigger. */
export interface Settings {
	topics: Topic[];
	newLedger: boolean;
	/** Undefined means all. */
	ledgerIds?: string[];
	startFrom: 'now' | 'beginning' | 'date';
	startDate?: string;
	maxEntriesPerPoll: number;
	includePersonalData: boolean;
	startAgain?: { mark: string; ledgerIds?: string[] };
}

const EVENT_OF: Record<Topic, string> = {
	funds: 'fundsEntry',
	fees: 'feesEntry',
	sales: 'salesEntry',
};

/** The settings as the node's parameters. */
export function parametersOf(settings: Settings): INodeParameters {
	const { topics, newLedger, ledgerIds, startFrom, startDate = '', startAgain } = settings;
	const { maxEntriesPerPoll, includePersonalData } = settings;
	return {
		authentication: 'accountingApi',
		triggerOn: [...topics.map((topic) => EVENT_OF[topic]), ...(newLedger ? ['newLedger'] : [])],
		ledgers: ledgerIds ? 'selected' : 'all',
		ledgerIds: ledgerIds ?? [],
		startFrom,
		...(startFrom === 'date' && { startDate }),
		options: {
			maxEntriesPerPoll,
			includePersonalData,
			...(startAgain && {
				startAgain: startAgain.mark,
				startAgainLedgers: (startAgain.ledgerIds ?? []).join(', '),
			}),
		},
	};
}

const ids = (random: Random, { ledgers }: World) =>
	random.some(ledgers.map(({ ledgerId }) => ledgerId));

const dateNear = (random: Random, { clock, dateOf }: World) =>
	dateOf('NO', clock() - random.int(-1, 3) * 86_400_000);

/** Settings of a new workflow. */
export function newSettings(random: Random, world: World): Settings {
	const startFrom = random.pick(['now', 'now', 'beginning', 'beginning', 'date'] as const);
	const topics = random.chance(0.05) ? [] : random.some(TOPICS);
	return {
		topics,
		newLedger: topics.length === 0 || random.chance(0.5),
		ledgerIds: random.chance(0.4) ? ids(random, world) : undefined,
		startFrom,
		startDate: dateNear(random, world),
		maxEntriesPerPoll: random.pick([1, 2, 3, 7, 20, 1000, 10_000]),
		includePersonalData: random.chance(0.1),
	};
}

/** The same settings with one of them changed. */
export function changedSettings(random: Random, world: World, settings: Settings): Settings {
	const what = random.weighted({ topics: 3, ledgers: 3, limit: 2, start: 2, again: 3, name: 1 });
	switch (what) {
		case 'topics':
			return { ...settings, topics: random.some(TOPICS), newLedger: random.chance(0.5) };
		case 'ledgers':
			return { ...settings, ledgerIds: random.chance(0.4) ? undefined : ids(random, world) };
		case 'limit':
			return { ...settings, maxEntriesPerPoll: random.pick([1, 4, 9, 1000]) };
		case 'start': {
			const startFrom = random.pick(['now', 'beginning', 'date'] as const);
			return { ...settings, startFrom, startDate: dateNear(random, world) };
		}
		case 'again': {
			const startAgain = {
				mark: random.pick(['once', 'twice', 'thrice', '2026-06-11']),
				...(random.chance(0.5) && { ledgerIds: ids(random, world) }),
			};
			return { ...settings, startAgain: random.chance(0.1) ? undefined : startAgain };
		}
		default:
			return { ...settings, includePersonalData: !settings.includePersonalData };
	}
}
