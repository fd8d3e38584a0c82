import { engineTable, sum } from './engineTable.mjs';
import { KILL_NAMES } from './queueKills.mjs';

const totalOf = (read) => (results) => sum(results.map(read));

const kills = (wanted) =>
	totalOf((result) => result.kills.filter(({ kill }) => kill === wanted).length);

/** The figures to print; each takes the results of an engine. */
const FIGURES = {
	'kills (SIGKILL)': totalOf((result) => result.kills.length),
	...Object.fromEntries(KILL_NAMES.map((name) => [`· ${name}`, kills(name)])),
	'processes killed': totalOf((result) => sum(result.kills.map(({ names }) => names.length))),
	entries: totalOf(({ entries }) => entries),
	'came again with the same dedupeKey': totalOf(({ repeated }) => repeated.length),
	'doubled (with another key or content)': totalOf(({ doubled }) => doubled.length),
	lost: totalOf(({ lost }) => lost.length),
	"lost in the default engine's own gap": totalOf(({ lostToEngine }) => lostToEngine.length),
	'executions of the trigger': totalOf(({ executions }) => executions),
	'· cut off': totalOf(({ cutOff }) => cutOff),
	'· of these emptied by n8n': totalOf(({ emptied }) => emptied),
	'· of these retried': totalOf(({ retried }) => retried),
	'entries in the emptied ones': totalOf(({ thrownAway }) => thrownAway),
	'rows that the nightly repair added': totalOf(({ repaired }) => repaired),
	'rows stored in the end': totalOf(({ stored }) => stored.length),
	'orders paid by customers': totalOf(({ orders }) => orders.orders),
	'· captured': totalOf(({ orders }) => orders.captured),
	'· refunded': totalOf(({ orders }) => orders.refunded),
	'· captured or refunded twice': totalOf(({ orders }) => orders.twice.length),
	'· sent once, and cut off': totalOf(({ orders }) => orders.cutOff),
	'events of payments': totalOf(({ events }) => events.expected),
	'· came again with the same key': totalOf(({ events }) => events.repeated.length),
	'· doubled, with another key': totalOf(({ events }) => events.doubled.length),
	'· lost': totalOf(({ events }) => events.lost.length),
	'settlements asked for': totalOf(({ settlement }) => sum(Object.values(settlement))),
	'· answered like the first': totalOf(({ settlement }) => settlement.same),
	'· answered otherwise': totalOf(({ settlement }) => settlement.other),
	'· answered by n8n, without any': totalOf(({ settlement }) => settlement.sentence),
	'· not answered': totalOf(({ settlement }) => settlement.none),
};

/**
 * What the kills in queue mode have shown, as a table for people: a column for each engine.
 *
 * @param {Array<{ engine: string }>} results of liveInQueueMode
 * @returns {string}
 */
export const queueTable = (results) => engineTable(results, FIGURES);
