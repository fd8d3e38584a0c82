import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { getLedgers } from '../shared/api/settlement';
import { dateInZone } from '../shared/ledger/dates';
import type { Ledger } from '../shared/ledger/ledger';
import { timeZoneOf } from '../shared/ledger/market';
import { createClient } from '../shared/transport/client';
import { Session } from '../shared/transport/session';
import { ledgerItem } from '../shared/ledger/ledgerItem';
import { readStreams } from '../shared/trigger/readStreams';
import { isNewWish, startAgain } from '../shared/trigger/startAgain';
import type { StreamState, TriggerState } from '../shared/trigger/state';
import type { StreamId } from '../shared/trigger/takePage';
import { startTimes } from './activations';
import { reportDue } from './reports';
import { readParameters, type TriggerParameters } from './parameters';
import { sample } from './sample';
import { isDateStream, isFeed, seenOpenIn, streamsOf, type Beginnings } from './streams';
import { inTurn } from './turns';

/** Older n8n names no budget: stay below its shortest schedule. */
const DEFAULT_BUDGET_MS = 50_000;
/** Shares of the budget after which no page is asked for, and no request goes on. */
const READING_SHARE = 0.7;
const REQUEST_SHARE = 0.9;
/** Activation waits for the first poll, so no poll reads longer than this. */
const LONGEST_READING_MS = 45_000;
/** What cannot be read within this comes with a later poll. */
const LONGEST_REQUEST_MS = 20_000;
/** With a limit per second, as many streams are read at once as have their turn within this. */
const LONGEST_TURN_S = 5;

const budgetOf = (context: IPollFunctions): number =>
	typeof context.getPollBudgetMs === 'function' ? context.getPollBudgetMs() : DEFAULT_BUDGET_MS;

const toOutput = (items: object[]): INodeExecutionData[] =>
	items.map((json) => ({ json: json as IDataObject }));

function newLedgers(
	ledgers: Ledger[],
	known: string[] | undefined,
	{ startFrom }: TriggerParameters,
) {
	const baseline =
		known ?? (startFrom === 'beginning' ? [] : ledgers.map(({ ledgerId }) => ledgerId));
	const isKnown = new Set(baseline);
	const added = ledgers.filter(({ ledgerId }) => !isKnown.has(ledgerId));
	return { added, known: [...baseline, ...added.map(({ ledgerId }) => ledgerId)] };
}

async function readNew(
	context: IPollFunctions,
	parameters: TriggerParameters,
	staticData: TriggerState,
): Promise<INodeExecutionData[][] | null> {
	const start = Date.now();
	const budget = budgetOf(context);
	const { credentialType, limits } = parameters;
	const client = createClient(context, credentialType, {
		session: new Session(context, credentialType, limits),
		totalTimeMs: LONGEST_REQUEST_MS,
		deadline: start + budget * REQUEST_SHARE,
	});
	const { ledgerIds, newLedger, topics, startFrom, startDate } = parameters;

	// A chosen ledger needs no look-up, unless its market decides which date a sale belongs to.
	const goesByDate = Object.values(staticData.streams ?? {}).some(({ fromDate }) => fromDate);
	const needsMarket = startFrom === 'date' || goesByDate || topics.some((topic) => !isFeed(topic));
	// To start again from now, an answer has to have told the API's time first.
	const startsAgain = isNewWish(staticData, parameters.startAgain);
	const needsClock = startFrom === 'now' && startsAgain;
	const needsList = ledgerIds === undefined || newLedger || needsMarket || needsClock;
	const listed = needsList ? await getLedgers(client) : [];
	const wanted = ledgerIds?.map(
		(ledgerId) => listed.find((ledger) => ledger.ledgerId === ledgerId) ?? { ledgerId },
	);

	const starts = startTimes(context, staticData);
	const now = () => new Date(client.serverTimeAt(start)).toISOString();
	const startOf = (scope: string) => starts.of(scope, now);
	const startingAt = (since: () => string): StreamState => {
		if (startFrom === 'beginning') return {};
		if (startFrom === 'date') return { fromDate: startDate };
		return { since: since() };
	};
	// Access to a further ledger may be given later: its entries count from the start, too.
	const startOfStream = ({ topic, ledgerId }: StreamId) =>
		startOf(ledgerIds === undefined ? topic : `${topic}:${ledgerId}`);
	const beginnings: Beginnings = {
		stateOf: (stream) => startingAt(() => startOfStream(stream)),
		dateOf: (stream, ledger) => {
			if (startFrom === 'beginning') return undefined;
			if (startFrom === 'date') return startDate;
			const moment = startsAgain ? now() : startOfStream(stream);
			return dateInZone(Date.parse(moment), timeZoneOf(ledger));
		},
		seenOpen: seenOpenIn(context),
	};
	const before = startAgain(staticData, parameters.startAgain, (key) =>
		isDateStream(key) ? {} : startingAt(now),
	);

	const streams = streamsOf(client, wanted ?? listed, parameters, beginnings);
	const read = await readStreams(streams, before, {
		maxEntries: parameters.maxEntriesPerPoll,
		deadline: start + Math.min(budget * READING_SHARE, LONGEST_READING_MS),
		concurrency: Math.min(limits.concurrency, limits.perSecond * LONGEST_TURN_S),
	});
	if (startFrom === 'now') {
		// What had no turn or is broken starts now, too, and not when it is read at last.
		const unread = streams.map(({ key }) => key).filter((key) => !(key in read.streams));
		if (ledgerIds === undefined) topics.forEach(startOf);
		else if (read.someRead) unread.forEach(startOf);
	}
	const ledgerEvents = newLedger
		? newLedgers(listed, staticData.knownLedgers, parameters)
		: { added: [], known: staticData.knownLedgers };
	const items = [...ledgerEvents.added.map(ledgerItem), ...read.items];

	staticData.startedAt = starts.all();
	// The engine has given this poll up: what it read must be read again.
	if (Date.now() - start >= budget) return null;

	const broken = read.broken.map(({ stream, error }) => ({ key: stream.key, error }));
	for (const { key, error } of broken) {
		context.logger.warn(`${key} could not be read: ${(error as Error).message}`);
	}
	const hasItems = items.length > 0;
	const report = reportDue(context, { broken, someRead: read.someRead, hasItems });
	// What such a poll has read stays unread; the next one brings it.
	if (report && hasItems) throw report;

	// From here to the return nothing waits: the state moves past exactly what is returned.
	const next: TriggerState = {
		streams: read.streams,
		knownLedgers: ledgerEvents.known,
		nextStream: read.nextStream,
		startedAgain: before.startedAgain,
	};
	Object.assign(staticData, JSON.parse(JSON.stringify(next)));
	if (read.nextStream === undefined) delete staticData.nextStream;

	if (report) throw report;
	return hasItems ? [toOutput(items)] : null;
}

/**
 * One poll: everything new of every stream, each entry once.
 *
 * The promise: a cursor moves only past what this very poll returns, in one assignment right
 * before the return. A stream that cannot be read keeps its cursor and lets the others
 * through; it is reported as soon as a poll has nothing else to give.
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const parameters = readParameters(context);
	if (context.getMode() === 'manual') {
		const items = await sample(createClient(context, parameters.credentialType), parameters);
		return items.length > 0 ? [toOutput(items)] : null;
	}
	const staticData = context.getWorkflowStaticData('node') as TriggerState;
	return await inTurn(context, staticData, async () => readNew(context, parameters, staticData));
}
