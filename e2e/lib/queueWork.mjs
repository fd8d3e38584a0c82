import { publishExample } from './kills.mjs';
import { Mover } from './killsMover.mjs';
import { Bookkeeper } from './queueBookkeeper.mjs';
import { daysAgo } from './queueDates.mjs';
import { Shop } from './queueShop.mjs';
import { eventWorkflow, orderWorkflow, settlementWorkflow } from './queueWorkflows.mjs';

/** The world in which money moves: ledgers of three countries, with and without sales. */
const WORLD = {
	data: 'merchants',
	options: {
		ledgers: 5,
		days: 3,
		salesPerDay: 4,
		until: daysAgo(2),
		customer: 'approves',
		// An hour between deliveries that nobody takes becomes 36 seconds.
		webhookRetrySpeed: 100,
	},
};

/** Of the world's ledgers, one with fees and sales, and dates that nothing happens on any more. */
const PERIOD = { ledgerId: '300002', fromDate: daysAgo(4), toDate: daysAgo(2) };

/** The repair covers these and all that comes later. */
export const FIRST_DATE = PERIOD.fromDate;

/** There are enough processes to keep the computer busy. */
const MOVE_EVERY_MS = [1_000, 3_000];

/**
 * Gives an n8n in queue mode something to do: entries to store, orders to take, events to hear of
 * and settlements to answer with.
 *
 * @param {import('node:test').TestContext} test ends it all if it has failed
 * @param {object} world see createQueueWorld
 * @returns {Promise<object>} the workflows `entries` and `events`, the trigger's name, the name of the
 *   table of entries; `shop`, `mover`, `bookkeeper`; the first `answers` of settlements; `stop()`
 */
export async function startWork(test, world) {
	const { simulator, rest, credentials, servers } = world;
	const { accounting, merchant } = credentials;
	const publish = async (workflow) => {
		const created = await rest.createWorkflow(workflow);
		await rest.activate(created);
		return created;
	};
	const urlOf = (path) => `${servers.webhook.url}/webhook/${path}`;
	await simulator.control('POST', '/reset', WORLD);

	const settlements = ['getSummary', 'createVouchers'];
	for (const one of settlements) await publish(settlementWorkflow(one, accounting));
	await publish(orderWorkflow(merchant));
	const events = await publish(eventWorkflow(merchant));
	const { workflow: entries, trigger, table } = await publishExample(world);

	const bookkeeper = new Bookkeeper({ urls: settlements.map(urlOf), period: PERIOD });
	const shop = new Shop({ url: urlOf('order'), simulator });
	const mover = new Mover(simulator, MOVE_EVERY_MS);
	const stop = async () => await Promise.all([mover.stop(), shop.stop(), bookkeeper.stop()]);
	// What is still under way after a failure finds nobody any more.
	test.after(async () => await stop().catch(() => {}));
	const answers = await bookkeeper.start();
	shop.start();
	await mover.start();
	return { entries, events, trigger, table, shop, mover, bookkeeper, answers, stop };
}
