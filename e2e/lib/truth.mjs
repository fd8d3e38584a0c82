/** Fields that the trigger leaves out unless it is told to include personal data. */
const PERSONAL = ['message', 'name', 'maskedPhoneNo'];

/** One text for the same entry, whichever side it comes from. */
function identity({ dedupeKey: _key, ...entry }) {
	const fields = Object.entries(entry).filter(([name]) => !PERSONAL.includes(name));
	return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What the trigger has to hand out.
 *
 * @param {{ entries: object[], sales: object[] }} truth of the simulator
 * @param {{ topics?: string[], ledgerIds?: string[] }} [only] what the workflow asks for, all if left out
 * @returns {object[]} the items, without their dedupeKey
 */
export function expectedItems({ entries, sales }, { topics, ledgerIds } = {}) {
	return [...entries, ...sales.map((sale) => ({ ...sale, topic: 'sales' }))]
		.filter(({ topic }) => !topics || topics.includes(topic))
		.filter(({ ledgerId }) => !ledgerIds || ledgerIds.includes(ledgerId));
}

/**
 * Compares what came with what is true.
 *
 * @param {object[]} items of the trigger
 * @param {object[]} expected see expectedItems
 * @returns {{ missing: object[], unexpected: object[], repeatedKeys: string[] }} all empty when each came exactly once
 */
export function compare(items, expected) {
	const open = new Map();
	for (const entry of expected) {
		const id = identity(entry);
		open.set(id, [...(open.get(id) ?? []), entry]);
	}
	const unexpected = items.filter((item) => open.get(identity(item))?.pop() === undefined);
	const keys = items.map(({ dedupeKey }) => dedupeKey);
	return {
		missing: [...open.values()].flat(),
		unexpected,
		repeatedKeys: [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))],
	};
}

/** Whether a comparison found nothing. */
export function isExact({ missing, unexpected, repeatedKeys }) {
	return missing.length === 0 && unexpected.length === 0 && repeatedKeys.length === 0;
}
