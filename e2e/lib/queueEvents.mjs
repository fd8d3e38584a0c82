import { paymentsOf } from './payments.mjs';

const identityOf = ({ reference, name, pspReference }) => `${reference} ${name} ${pspReference}`;

/**
 * Holds the events of payments that n8n has been handed against those that there were.
 *
 * @param {object[]} items that the webhook trigger gave
 * @param {import('./simulator.mjs').Simulator} simulator
 * @returns {Promise<{ expected: number, repeated: object[], doubled: object[], lost: object[] }>}
 *   repeated: came again with the same key; doubled: with another one, or never happened
 */
export async function judgeEvents(items, simulator) {
	const payments = await paymentsOf(simulator);
	const expected = new Map(
		payments.flatMap(({ events }) => events).map((event) => [identityOf(event), event]),
	);
	const keys = new Map();
	const repeated = [];
	const doubled = [];
	for (const item of items) {
		const identity = identityOf(item);
		const known = keys.get(identity);
		if (!expected.has(identity) || (known && known !== item.dedupeKey)) doubled.push(item);
		else if (known) repeated.push(item);
		keys.set(identity, item.dedupeKey);
	}
	const lost = [...expected].filter(([identity]) => !keys.has(identity)).map(([, event]) => event);
	return { expected: expected.size, repeated, doubled, lost };
}

/** How many events are still to be delivered. */
export async function pendingEvents(simulator) {
	return (await simulator.control('GET', '/webhooks')).pending;
}
