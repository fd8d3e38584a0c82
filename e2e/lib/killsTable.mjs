import { engineTable, sum } from './engineTable.mjs';

/** The figures to print, by engine; each takes the results of its servers. */
const FIGURES = {
	'kills (SIGKILL)': (results) => sum(results.map(({ kills }) => kills.length)),
	'· in a poll': killsAt('in a poll'),
	'· between polls': killsAt('between polls'),
	'· right after it emitted': killsAt('right after it emitted'),
	'· while n8n stores it': killsAt('while n8n stores it'),
	'· n8n had not reported the execution as stored': (results) =>
		results.flatMap(({ kills }) => kills).filter(({ unstored }) => unstored).length,
	polls: totalOf('polls'),
	executions: totalOf('executions'),
	'executions cut off, and retried in the end': totalOf('cutOff'),
	'executions with an error of a poll': totalOf('failed'),
	entries: totalOf('entries'),
	'came again with the same dedupeKey': lengthOf('repeated'),
	'doubled (with another key or content)': lengthOf('doubled'),
	lost: lengthOf('lost'),
	"lost in n8n's own gap": lengthOf('lostToEngine'),
	'rows stored by the example workflow': totalOf('stored'),
};

function killsAt(wanted) {
	return (results) =>
		results.flatMap(({ kills }) => kills).filter(({ moment }) => moment === wanted).length;
}

function totalOf(name) {
	return (results) => sum(results.map((result) => result[name]));
}

function lengthOf(name) {
	return (results) => sum(results.map((result) => result[name].length));
}

/**
 * What the kills have shown, as a table for people: a column for each engine.
 *
 * @param {Array<{ engine: string }>} results of liveThroughKills
 * @returns {string}
 */
export const killsTable = (results) => engineTable(results, FIGURES);
