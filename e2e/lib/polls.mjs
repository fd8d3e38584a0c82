import { setTimeout as sleep } from 'node:timers/promises';

const QUIET_MS = 2_000;

/**
 * Waits until the trigger has polled once more, whether it found something or not: the simulator
 * was asked for a feed, and has not been asked for more for a while.
 *
 * @param {import('./simulator.mjs').Simulator} simulator
 * @param {object} [options]
 * @param {number} [options.seconds] how long to wait at most; polls come once a minute
 * @param {Array<'accounting' | 'merchant'>} [options.keys] with which keys; a poll with each is waited for
 */
export async function nextPoll(simulator, { seconds = 100, keys = ['accounting'] } = {}) {
	await simulator.control('DELETE', '/requests');
	const until = Date.now() + seconds * 1000;
	for (let seen = 0, since = Date.now(); ; await sleep(200)) {
		const { total, requests } = await simulator.control('GET', '/requests');
		if (total !== seen) [seen, since] = [total, Date.now()];
		const polled = new Set(requests.filter(isFeed).map(keysOf));
		if (keys.every((key) => polled.has(key)) && Date.now() - since >= QUIET_MS) return;
		if (Date.now() > until) throw new Error(`No poll within ${seconds} seconds`);
	}
}

const isFeed = ({ route }) => route.includes('/feed');

/** Merchant keys are the ones that come with a subscription key. */
const keysOf = ({ headers }) => (headers['ocp-apim-subscription-key'] ? 'merchant' : 'accounting');

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
