import { median, percentile } from './numbers.mjs';
import { alignedTable } from './table.mjs';

const LATE = 'late';
const AGE_SECONDS = 30 * 86_400;

/** Deliveries that are refused for different reasons, and must not tell which. */
const REASONS = [
	'secret',
	'body',
	'bodyAndHash',
	'hashBit',
	'signatureBit',
	'date',
	'path',
	'noSignature',
	'noHash',
	'noDate',
	'noHeaders',
	'emptySignature',
	'otherScheme',
	LATE,
];

/**
 * Has an event refused for every reason, again and again, one request at a time and in another
 * order each time, and compares how long that takes.
 *
 * @param {import('./simulator.mjs').Simulator} simulator
 * @param {{ eventNumber: number, rounds: number }} what
 * @returns {Promise<Array<{ reason: string, median: number, slow: number, difference: number, noise: number }>>}
 *   milliseconds; difference: from the median of the same round; noise: the standard error of that
 */
export async function measureRefusals(simulator, { eventNumber, rounds }) {
	const times = new Map(REASONS.map((reason) => [reason, []]));
	for (let round = 0; round < rounds; round++) {
		for (const reason of shuffled(REASONS)) {
			const how = reason === LATE ? { ageSeconds: AGE_SECONDS } : { forgery: reason, bit: round };
			const body = { eventNumber, ...how };
			const { deliveries } = await simulator.control('POST', '/webhooks/send', body);
			times.get(reason).push(deliveries[0].ms);
		}
	}
	const usual = Array.from({ length: rounds }, (_, round) =>
		median(REASONS.map((reason) => times.get(reason)[round])),
	);
	return REASONS.map((reason) => {
		const own = times.get(reason);
		const differences = own.map((ms, round) => ms - usual[round]);
		const difference = median(differences);
		// From the median deviation, as some requests take long for reasons of their own.
		const deviation = 1.4826 * median(differences.map((one) => Math.abs(one - difference)));
		return {
			reason,
			median: median(own),
			slow: percentile(own, 95),
			difference,
			noise: (1.2533 * deviation) / Math.sqrt(rounds),
		};
	});
}

/** @param {Awaited<ReturnType<typeof measureRefusals>>} refusals */
export function refusalsTable(refusals) {
	return alignedTable([
		['refused because of', 'median ms', '95 % ms', 'difference ms', '± noise ms'],
		...refusals.map(({ reason, ...figures }) => [
			reason,
			figures.median.toFixed(2),
			figures.slow.toFixed(2),
			figures.difference.toFixed(3),
			figures.noise.toFixed(3),
		]),
	]);
}

function shuffled(list) {
	return list
		.map((value) => [Math.random(), value])
		.sort(([a], [b]) => a - b)
		.map(([, value]) => value);
}
