import { startSimulator, type Simulator } from '../../test/harness/simulator';
import type { Job } from './job';

const PAGE = 1000;
const MOST_DAYS = 10;
const UNTIL = '2026-09-30';

/** Ledgers full of entries, as a data set of the simulator. */
export interface Bulk {
	ledgers: number;
	/** In all ledgers together. */
	entries: number;
	/** How long each answer takes, in milliseconds, besides its own time. */
	latencyMs: number;
	/** Entries on a page; the API's thousand when left out. */
	pageSize?: number;
}

/** Loads the simulator with ledgers and says what there is to read. */
export async function load(
	simulator: Simulator,
	{ ledgers, entries, latencyMs, pageSize = PAGE }: Bulk,
): Promise<Job> {
	const entriesPerLedger = entries / ledgers;
	// As many dates as there are pages, so that reading by dates needs no more of them.
	const days = Math.min(MOST_DAYS, Math.ceil(entriesPerLedger / pageSize));
	await simulator.reset({
		data: 'bulk',
		options: { ledgers, entriesPerLedger, days, until: UNTIL, reportPageSize: pageSize },
	});
	if (latencyMs > 0) {
		await simulator.control.post('/faults', { path: '/', delayMs: latencyMs, times: 1e9 });
	}
	const first = new Date(Date.parse(UNTIL) - (days - 1) * 86_400_000);
	return {
		simulator: { url: simulator.url, keys: simulator.keys },
		ledgerIds: Array.from({ length: ledgers }, (_, index) => String(400_001 + index)),
		entries,
		fromDate: first.toISOString().slice(0, 10),
		toDate: UNTIL,
	};
}

export { startSimulator, type Simulator };

/** Requests since the last call, tokens left out. */
export async function countRequests(simulator: Simulator): Promise<number> {
	const { total, tokenRequests } = (await simulator.requests()) as {
		total: number;
		tokenRequests: { standard: number; specialized: number };
	};
	await simulator.control.delete('/requests');
	return total - tokenRequests.standard - tokenRequests.specialized;
}
