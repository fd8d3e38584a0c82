import { createRequire } from 'node:module';
import { inRoot } from '../lib/paths.mjs';

const COLUMNS = [
	['Keys', 12],
	['Time (UTC)', 21],
	['Ledger', 9],
	['Topic', 8],
	['Entry type', 20],
	['Amount', 17],
	['Reference', 26],
	['Key', 10],
];

/** A table without lines around its cells, so that later rows go on below it. */
const NO_LINES = Object.fromEntries(
	['top', 'bottom', 'left', 'right', 'mid']
		.flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
		.concat('middle')
		.map((name) => [name, '']),
);

/**
 * An amount in minor units as people write it, e.g. -1200 and NOK as `-12.00 NOK`. Norwegian and
 * Danish kroner and euros all have two decimals.
 *
 * @param {number} minor
 * @param {string} currency
 */
export function formatAmount(minor, currency) {
	const digits = String(Math.abs(minor)).padStart(3, '0');
	return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
}

/**
 * Rows for what has arrived.
 *
 * @param {Array<{ keys: string, item: object }>} arrivals
 * @param {{ head?: boolean }} [options] with the names of the columns
 */
export function renderRows(arrivals, { head = false } = {}) {
	// Loaded here, because the first command of a clone runs before this library is installed.
	const Table = createRequire(inRoot('package.json'))('cli-table3');
	const table = new Table({
		head: head ? COLUMNS.map(([name]) => name) : [],
		colWidths: COLUMNS.map(([, width]) => width),
		colAligns: COLUMNS.map(([name]) => (name === 'Amount' ? 'right' : 'left')),
		chars: NO_LINES,
		style: { head: process.stdout.isTTY ? ['bold'] : [], border: [], compact: true },
	});
	table.push(...arrivals.map(row));
	return table.toString().replace(/ +$/gm, '');
}

function row({ keys, item }) {
	const { time = '', ledgerId, topic, entryType = '', currency = '', reference, dedupeKey } = item;
	const amount = item.amount ?? item.amounts?.gross;
	return [
		keys,
		inUtc(time),
		ledgerId,
		topic,
		entryType,
		Number.isSafeInteger(amount) ? formatAmount(amount, currency) : '',
		reference ?? '',
		String(dedupeKey).split('-').slice(2).join('-').slice(0, 8),
	].map(String);
}

/** The APIs write some times with an offset and some in UTC. */
function inUtc(time) {
	const moment = new Date(String(time).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
	if (Number.isNaN(moment.getTime())) return String(time);
	return moment.toISOString().slice(0, 19).replace('T', ' ');
}
