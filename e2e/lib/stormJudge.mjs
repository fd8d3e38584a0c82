const idOf = ({ reference, name, pspReference }) => `${reference} ${name} ${pspReference}`;

/** What a delivery says of an event; its history has the same. */
const sayingOf = ({ amount, timestamp, success }) =>
	JSON.stringify([amount?.currency, amount?.value, timestamp, success]);

/**
 * Holds what started the workflow against what has happened.
 *
 * @param {object} what
 * @param {Array<{ status: string, items: object[] }>} what.executions oldest first
 * @param {Array<{ events: object[] }>} what.payments the simulator's, with their histories
 * @returns {{ events: number, lost: object[], doubled: object[], untrue: object[], disordered: object[], failed: number }}
 *   untrue: never happened, or not as the item says; disordered: after a later event of its payment
 */
export function judgeStorm({ executions, payments }) {
	const truth = new Map();
	for (const { events } of payments) {
		events.forEach((event, place) => truth.set(idOf(event), { event, place }));
	}
	const seen = new Set();
	const lastPlace = new Map();
	const verdict = { doubled: [], untrue: [], disordered: [] };
	for (const item of executions.flatMap(({ items }) => items)) {
		const id = idOf(item);
		const known = truth.get(id);
		if (!known || sayingOf(known.event) !== sayingOf(item)) verdict.untrue.push(item);
		else if (seen.has(id)) verdict.doubled.push(item);
		else {
			seen.add(id);
			if (known.place < (lastPlace.get(item.reference) ?? -1)) verdict.disordered.push(item);
			else lastPlace.set(item.reference, known.place);
		}
	}
	const events = [...truth.values()].map(({ event }) => event);
	return {
		events: events.length,
		lost: events.filter((event) => !seen.has(idOf(event))),
		...verdict,
		failed: executions.filter(({ status }) => status !== 'success').length,
	};
}
