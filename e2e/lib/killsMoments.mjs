import { setTimeout as sleep } from 'node:timers/promises';
import { EMITTED, STORED } from './killsLog.mjs';
import { eventually } from './polls.mjs';
import { randomWhole } from './killsRandom.mjs';

/** n8n polls once a minute; a busy computer takes its time. */
const PATIENCE_S = 150;

/**
 * Moments at which a server is killed. Each waits for its moment; the kill follows at once.
 *
 * @typedef {{ simulator: import('./simulator.mjs').Simulator, log: import('./killsLog.mjs').LifeLog }} Life
 * @type {Record<string, (life: Life) => Promise<void>>}
 */
export const MOMENTS = {
	/** While the simulator answers slowly, so that a poll takes seconds; now and then just after it. */
	async 'in a poll'({ simulator }) {
		const delayMs = randomWhole(300, 1_500);
		await simulator.control('DELETE', '/faults');
		await simulator.control('POST', '/faults', { path: '/ledgers/', times: 10_000, delayMs });
		const struck = async () => (await simulator.control('GET', '/faults')).struck.length > 0;
		await eventually(struck, 'A poll that is slowed down', PATIENCE_S);
		await sleep(randomWhole(0, 3 * delayMs));
	},

	/** Some time after a poll has handed its items over. */
	async 'between polls'({ log }) {
		await log.next(STORED, PATIENCE_S);
		await sleep(randomWhole(3_000, 25_000));
	},

	/** While the workflow runs on the items of a poll. */
	async 'right after it emitted'({ log }) {
		await log.next(STORED, PATIENCE_S);
		await sleep(randomWhole(0, 300));
	},

	/** Aimed at the milliseconds in which n8n writes down what a poll has handed over. */
	async 'while n8n stores it'({ log }) {
		await log.next(EMITTED, PATIENCE_S);
		await sleep(randomWhole(0, 40));
	},
};
