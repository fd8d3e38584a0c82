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
			['', 'deliveries', 'taken (200)', 'refused (401)', 'median ms', '95 % ms', 'slowest ms'],
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
	const count = (status) => String(deliveries.filter((one) => one.status === status).length);
	const figures = [median(times), percentile(times, 95), Math.max(...times)];
	return [
		name,
		String(deliveries.length),
		count(200),
		count(401),
		...figures.map((ms) => ms.toFixed(1)),
	];
}
