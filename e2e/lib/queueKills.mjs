import { setTimeout as sleep } from 'node:timers/promises';
import { LifeLog } from './killsLog.mjs';
import { MOMENTS } from './killsMoments.mjs';
import { randomWhole } from './killsRandom.mjs';
import { eventually } from './polls.mjs';
import { OWN_KEYS } from './queueShop.mjs';

const LOOK_EVERY_MS = 5;

/** What a killed process has printed may still be on its way into the log file. */
const LAST_WORDS_MS = 500;

/** n8n polls once a minute; a busy computer takes its time. */
const PATIENCE_S = 150;

const WORKERS = ['worker 1', 'worker 2'];

/** What a worker says when it begins with an execution. */
const startOf = (workflowId) => new RegExp(`Worker started execution .*"${workflowId}"`);

/** What was asked has happened when its answer waits this long, so kills come between the two. */
const SLOW_MOVES = {
	method: 'POST',
	path: '/(capture|refund)$',
	times: 10_000,
	delayMs: 500,
	carryOut: true,
};

/** A moment for the main process alone; see MOMENTS. */
const main =
	(moment) =>
	async ({ simulator, logs }) => {
		await MOMENTS[moment]({ simulator, log: logs.main });
		return ['main'];
	};

/**
 * Kills: each waits for its moment and names the processes that die then.
 *
 * @typedef {{ servers: object, simulator: import('./simulator.mjs').Simulator, storing: string, logs: Record<string, LifeLog> }} Life
 * @type {Record<string, (life: Life) => Promise<string[]>>}
 */
const KILLS = {
	'main, in a poll': main('in a poll'),
	'main, right after a poll emitted': main('right after it emitted'),
	'main, while it stores what a poll gave': main('while n8n stores it'),

	async 'the worker that stores entries'({ storing, logs }) {
		const name = await firstToSay(logs, WORKERS, startOf(storing));
		await sleep(randomWhole(0, 1_000));
		return [name];
	},

	/** Money has been captured and the worker has not heard of it, or hears of it just then; the order comes again. */
	async 'both workers, while a payment moves'({ simulator }) {
		await orderSlowMoves(simulator);
		const captured = async () =>
			(await simulator.control('GET', '/faults')).struck.some(
				({ url }) => url.includes(OWN_KEYS) && url.endsWith('/capture'),
			);
		await eventually(captured, 'A capture', PATIENCE_S);
		await sleep(randomWhole(0, SLOW_MOVES.delayMs));
		return WORKERS;
	},

	async 'the webhook process'() {
		await sleep(randomWhole(1_000, 6_000));
		return ['webhook'];
	},

	async 'all at once'({ servers }) {
		await sleep(randomWhole(1_000, 20_000));
		return Object.keys(servers);
	},
};

/** No kill of a short run is aimed at the default engine's own gap, which would be a game of chance. */
const NOT_IN_SHORT_RUNS = 'main, while it stores what a poll gave';

/** The names of all kills. */
export const KILL_NAMES = Object.keys(KILLS);

/**
 * The kills of a run, in the order of the seed.
 *
 * @param {number} [kills] how many; without it a short run, with each kind once
 * @returns {string[]} names of kills
 */
export function killPlan(kills) {
	const names = KILL_NAMES.filter((name) => kills || name !== NOT_IN_SHORT_RUNS);
	const plan = [];
	for (let left = []; plan.length < (kills || names.length); ) {
		if (left.length === 0) left = [...names];
		plan.push(...left.splice(randomWhole(0, left.length), 1));
	}
	return plan;
}

/**
 * Kills by a plan, and starts again what was killed before the next one.
 *
 * @param {object} world see createQueueWorld
 * @param {object} what
 * @param {string[]} what.plan see killPlan
 * @param {string} what.storing the id of the workflow that stores entries
 * @param {(line: string) => void} what.tell takes what happens, for people
 * @returns {Promise<Array<{ kill: string, names: string[], at: number, unstored: boolean }>>}
 *   names: of the processes that died; at: in milliseconds since 1970; unstored: main had not
 *   reported the execution as stored that it had been handed last
 */
export async function killAll(world, { plan, storing, tell }) {
	const { servers, simulator } = world;
	const start = async (name) => await (name === 'main' ? world.restart() : servers[name].start());
	const logs = {};
	for (const [name, { log }] of Object.entries(servers)) logs[name] = await LifeLog.from(log);
	const kills = [];
	await orderSlowMoves(simulator);
	for (const kill of plan) {
		const names = await KILLS[kill]({ servers, simulator, storing, logs });
		await Promise.all(names.map(async (name) => await servers[name].kill()));
		const at = Date.now();
		await orderSlowMoves(simulator);
		await sleep(LAST_WORDS_MS);
		const unstored = names.includes('main') && (await logs.main.endsBetweenEmitAndStore());
		kills.push({ kill, names, at, unstored });
		tell(`kill ${kills.length} of ${plan.length}: ${kill}`);
		for (const name of names) logs[name] = await LifeLog.from(servers[name].log);
		await Promise.all(names.map(start));
	}
	return kills;
}

/** Makes payments slow where it hurts. What a kill of the main process has ordered is gone then. */
async function orderSlowMoves(simulator) {
	await simulator.control('DELETE', '/faults');
	await simulator.control('POST', '/faults', SLOW_MOVES);
}

/** Which of some processes says something first that it has not said yet. */
async function firstToSay(logs, names, line) {
	const known = {};
	for (const name of names) known[name] = (await logs[name].text()).length;
	const until = Date.now() + PATIENCE_S * 1000;
	while (Date.now() < until) {
		for (const name of names) {
			if (line.test((await logs[name].text()).slice(known[name]))) return name;
		}
		await sleep(LOOK_EVERY_MS);
	}
	throw new Error(`Not in a log within ${PATIENCE_S} s: ${line}`);
}
