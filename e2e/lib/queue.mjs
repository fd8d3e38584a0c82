import { judge } from './killsJudge.mjs';
import { TALKATIVE } from './killsLog.mjs';
import { paymentsOf } from './payments.mjs';
import { eventually } from './polls.mjs';
import { judgeEvents, pendingEvents } from './queueEvents.mjs';
import { handed, isIdle, keepHanded } from './queueHanded.mjs';
import { killAll } from './queueKills.mjs';
import { repair } from './queueRepair.mjs';
import { startWork } from './queueWork.mjs';
import { EVENTS } from './queueWorkflows.mjs';
import { createQueueWorld } from './queueWorld.mjs';
import { compare, expectedItems } from './truth.mjs';

/** How often an order is sent again at most. */
const CHANCES = 3;

/** The last entries come with the next polls; until then n8n may have found out about dead workers. */
const PATIENCE_S = 240;

/**
 * n8n in queue mode stores entries, takes orders and answers with settlements: its processes are
 * killed and started again while money moves. In the end all is compared.
 *
 * @param {import('node:test').TestContext} test
 * @param {object} what
 * @param {Record<string, string>} what.env of n8n
 * @param {string[]} what.plan see killPlan
 * @param {(line: string) => void} what.tell takes what happens, for people
 * @returns {Promise<object>} the figures, and what is wrong
 */
export async function liveInQueueMode(test, { env, plan, tell }) {
	const world = await createQueueWorld(test, { env, mainEnv: TALKATIVE });
	await keepHanded(world.database);
	tell('all processes run');
	const work = await startWork(test, world);
	const { shop, bookkeeper, events, answers } = work;
	tell('money moves');
	const kills = await killAll(world, { plan, storing: work.entries.id, tell });
	await work.stop();
	await finishOrders(world, shop);
	tell('all orders have had their chances');
	const { executions, truth, verdict } = await judgeEntries(world, work, kills);
	tell('all entries have had theirs');
	const repaired = await repair(world, { executions, table: work.table });
	const told = (await handed(world.database, events.id, EVENTS)).flatMap(({ items }) => items);
	return {
		...verdict,
		...repaired,
		wronglyStored: compare(repaired.stored, truth),
		kills,
		executions: executions.length,
		orders: await shop.figures(),
		events: await judgeEvents(told, world.simulator),
		settlement: bookkeeper.figures,
		otherAnswer: bookkeeper.otherAnswer,
		answers,
	};
}

/** Whether nothing is to be delivered or run any more. */
const isQuiet = async ({ simulator, database }) =>
	(await pendingEvents(simulator)) === 0 && (await isIdle(database));

/** Sends open orders again, as a shop does that has not heard of them, until all are done. */
async function finishOrders(world, shop) {
	for (let chance = 0; chance <= CHANCES; chance++) {
		await eventually(async () => await isQuiet(world), 'The end of all orders', PATIENCE_S);
		if ((await shop.sendOpenAgain()) === 0) return;
	}
}

/** Waits until all entries have been handed out, or there is no hope that they will be. */
async function judgeEntries(world, { entries, trigger, mover }, kills) {
	const { simulator, database, credentials } = world;
	let found;
	const isComplete = async () => {
		if (!(await isQuiet(world))) return false;
		const executions = await handed(database, entries.id, trigger);
		const truth = expectedItems(await simulator.truth(), 'accounting', credentials.accounting.data);
		const addedAt = new Map([...mover.addedAt, ...(await addedByPayments(simulator))]);
		const verdict = judge({ executions, expected: truth, kills, addedAt });
		found = { executions, truth, verdict };
		return verdict.lost.length + verdict.lostToEngine.length === 0;
	};
	// What is missing is told by the verdict.
	await eventually(isComplete, 'All entries', PATIENCE_S).catch((error) => {
		if (!found) throw error;
	});
	return found;
}

/** When what the payments moved came into being, by pspReference. */
async function addedByPayments(simulator) {
	const events = (await paymentsOf(simulator)).flatMap((payment) => payment.events);
	return events.map(({ pspReference, timestamp }) => [pspReference, Date.parse(timestamp)]);
}
