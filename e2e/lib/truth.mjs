/** Fields that the trigger leaves out unless it is told to include personal data. */
const PERSONAL = ['message', 'name', 'maskedPhoneNo'];

/** One text for the same entry, whichever side it comes from. */
function identity({ dedupeKey: _key, ...entry }) {
	const fields = Object.entries(entry).filter(([name]) => !PERSONAL.includes(name));
	return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What each kind of keys reaches: topics, and ledgers. */
const REACH = {
	accounting: { topics: ['funds', 'fees', 'sales'], ledger: () => true },
	merchant: {
		topics: ['funds', 'fees'],
		ledger: ({ alsoReachedBy }, { merchantSerialNumber }) => alsoReachedBy === merchantSerialNumber,
	},
};

/**
 * What a trigger on all topics and ledgers of some keys has to hand out.
 *
 * @param {{ ledgers: object[], entries: object[], sales: object[] }} truth of the simulator
 * @param {'accounting' | 'merchant'} kind
 * @param {object} keys as the credential holds them
 * @returns {object[]} the items, without their dedupeKey
 */
export function expectedItems({ ledgers, entries, sales }, kind, keys) {
	const { topics, ledger: isReached } = REACH[kind];
	const reached = ledgers.filter((ledger) => isReached(ledger, keys));
	const ledgerIds = reached.map(({ ledgerId }) => ledgerId);
	return [...entries, ...sales.map((sale) => ({ ...sale, topic: 'sales' }))].filter(
		({ topic, ledgerId }) => topics.includes(topic) && ledgerIds.includes(ledgerId),
	);
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
