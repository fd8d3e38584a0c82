import { trigger } from '../../test/support/vipps';
import { countRequests, load, startSimulator } from '../lib/bulk';
import type { Report } from '../lib/report';

const LEDGERS = 20;
const ENTRIES = 100_000;
const PAGE = 1000;
const LIST_PAGES = 1;

/** Requests that the trigger sends, against what a client needs that knows where something is new. */
export async function* requests(): AsyncGenerator<Report> {
	const simulator = await startSimulator();
	const job = await load(simulator, { ledgers: LEDGERS, entries: ENTRIES, latencyMs: 0 });
	const poller = await trigger(
		simulator,
		{ triggerOn: ['fundsEntry'], options: { maxEntriesPerPoll: ENTRIES } },
		{ keepsDelivered: false },
	);
	await countRequests(simulator);
	const items = await poller.activate();
	const given = items?.[0].length ?? 0;
	if (given !== job.entries) throw new Error(`The trigger gave ${given} of ${job.entries} entries`);
	const backfill = await countRequests(simulator);
	if ((await poller.poll()) !== null) throw new Error('There was nothing new to give');
	const idle = await countRequests(simulator);
	await simulator.control.post('/capture', { ledgerId: job.ledgerIds[3], amount: 100 });
	await countRequests(simulator);
	if ((await poller.poll())?.[0].length !== 1) throw new Error('The new entry did not come');
	const news = await countRequests(simulator);
	await simulator.stop();

	const least = ENTRIES / PAGE + LIST_PAGES;
	const leastIdle = LEDGERS + LIST_PAGES;
	yield {
		title: `Requests of the trigger, ${LEDGERS} ledgers, all of them found in the list`,
		columns: ['', 'requests', 'least', 'per entry'],
		rows: [
			[`${ENTRIES} entries`, backfill, least, (backfill / ENTRIES).toFixed(5)],
			['idle poll', idle, leastIdle, '-'],
			['poll with one new entry', news, leastIdle, String(news)],
		],
		ratios: [
			{ what: 'Requests for a backfill / the least possible', ratio: backfill / least, target: 1 },
			{ what: 'Requests of an idle poll / the least possible', ratio: idle / leastIdle, target: 1 },
			{
				what: 'Requests of a poll with news / the least possible',
				ratio: news / leastIdle,
				target: 1,
			},
		],
	};
}
