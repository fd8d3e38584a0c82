import { median, percentile } from './numbers.mjs';
import { alignedTable } from './table.mjs';

const NAMES = { true: 'events', forged: 'forged', repeated: 'repeated', late: 'late' };

/** What a storm has shown, as tables for people. */
export function stormTable({ deliveries, executions, events, seconds, ...verdict }) {
	const rows = Object.entries(NAMES).map(([kind, name]) =>
		rowOf(
			name,
			deliveries.filter((one) => one.kind === kind),
		),
	);
	return [
		alignedTable([
			['', 'deliveries', 'taken', 'refused', 'median ms', '95 % ms', 'slowest ms'],
			...rows,
			rowOf('all', deliveries),
		]),
		alignedTable([
			['events that happened', String(events)],
			['executions', String(executions)],
			['lost', String(verdict.lost.length)],
			['doubled', String(verdict.doubled.length)],
			['untrue (forged or changed)', String(verdict.untrue.length)],
			['out of order within a payment', String(verdict.disordered.length)],
			['executions that failed', String(verdict.failed)],
			['seconds', seconds.toFixed(0)],
		]),
	].join('\n\n');
}

function rowOf(name, deliveries) {
	const times = deliveries.map(({ ms }) => ms);
	const taken = deliveries.filter(({ accepted }) => accepted).length;
	const refused = deliveries.filter(({ status }) => status >= 400 && status < 500).length;
	const figures = [median(times), percentile(times, 95), Math.max(...times)];
	return [
		name,
		String(deliveries.length),
		String(taken),
		String(refused),
		...figures.map((ms) => ms.toFixed(1)),
	];
}
