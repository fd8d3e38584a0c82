import { compare } from './truth.mjs';

/** A poll that was killed may have begun this long before n8n was handed its items. */
const LONGEST_POLL_MS = 60_000;

/**
 * Holds what n8n has been handed over all lives against what is true.
 *
 * An entry that is missing is n8n's own loss only if n8n was killed between the moment at which
 * it was handed the items and the moment at which it reported the execution as written down, and
 * if the entry came into being between the last stored execution and that kill. Any other
 * missing entry is the trigger's fault.
 *
 * @param {object} what
 * @param {Array<{ startedAt: number, items: object[] }>} what.executions
 * @param {object[]} what.expected the true entries
 * @param {Array<{ at: number, unstored: boolean }>} what.kills
 * @param {Map<string, number>} what.addedAt when movements came into being, by pspReference
 * @returns {{ entries: number, repeated: object[], doubled: object[], lost: object[], lostToEngine: object[] }}
 *   repeated: came again with the same key and content; doubled: with another key or content
 */
export function judge({ executions, expected, kills, addedAt }) {
	const byKey = new Map();
	const repeated = [];
	const changed = [];
	for (const item of executions.flatMap(({ items }) => items)) {
		const first = byKey.get(item.dedupeKey);
		if (!first) byKey.set(item.dedupeKey, item);
		else (isSame(item, first) ? repeated : changed).push(item);
	}
	const { missing, unexpected } = compare([...byKey.values()], expected);

	const gaps = kills
		.filter(({ unstored }) => unstored)
		.map(({ at }) => {
			const stored = executions.map(({ startedAt }) => startedAt).filter((time) => time < at);
			return { from: Math.max(0, ...stored) - LONGEST_POLL_MS, to: at };
		});
	const isEngines = ({ pspReference }) => {
		// What nobody has added was there from the beginning.
		const added = addedAt.get(pspReference) ?? 0;
		return gaps.some(({ from, to }) => added >= from && added <= to);
	};
	return {
		entries: expected.length,
		repeated,
		doubled: [...unexpected, ...changed],
		lost: missing.filter((entry) => !isEngines(entry)),
		lostToEngine: missing.filter(isEngines),
	};
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
