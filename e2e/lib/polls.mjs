import { setTimeout as sleep } from 'node:timers/promises';

const QUIET_MS = 2_000;

/**
 * Waits until the trigger has polled once more, whether it found something or not: the simulator
 * was asked for something and has not been asked for more for a while.
 *
 * @param {import('./simulator.mjs').Simulator} simulator
 * @param {object} [options]
 * @param {number} [options.seconds] how long to wait at most; polls come once a minute
 * @param {number} [options.feeds] how many feeds have to be read, 1 if left out
 */
export async function nextPoll(simulator, { seconds = 100, feeds = 1 } = {}) {
	await simulator.control('DELETE', '/requests');
	const until = Date.now() + seconds * 1000;
	for (let seen = 0, since = Date.now(); ; await sleep(200)) {
		const { total, byRoute } = await simulator.control('GET', '/requests');
		if (total !== seen) [seen, since] = [total, Date.now()];
		const read = Object.entries(byRoute)
			.filter(([route]) => route.includes('/feed'))
			.reduce((sum, [, count]) => sum + count, 0);
		if (read >= feeds && Date.now() - since >= QUIET_MS) return;
		if (Date.now() > until) throw new Error(`No poll within ${seconds} seconds`);
	}
}

/**
 * Repeats a look until it shows something.
 *
 * @template T
 * @param {() => Promise<T | undefined | false>} look
 * @param {string} what for the message when it never does
 * @param {number} [seconds]
 * @returns {Promise<T>}
 */
export async function eventually(look, what, seconds = 90) {
	const until = Date.now() + seconds * 1000;
	for (;;) {
		const found = await look();
		if (found) return found;
		if (Date.now() > until) throw new Error(`${what}: not within ${seconds} seconds`);
		await sleep(500);
	}
}
