import { after, describe, test } from 'node:test';
import { liveThroughCycles } from './lib/cycles.mjs';
import { alignedTable } from './lib/table.mjs';

/** How often the trigger is switched on and off: `npm run e2e -- --cycles 100`. */
const GIVEN = Number(process.env.N8N_VIPPSMOBILEPAY_CYCLES || 0);
const CYCLES = GIVEN || 3;

/** Most of the time is spent waiting, so many cycles take several servers side by side. */
const SERVERS = GIVEN ? Math.min(3, GIVEN) : 1;
const RESTART_EVERY = GIVEN ? 10 : 3;

// Every server and simulator is to end with this process, and listens for that.
process.setMaxListeners(100);

describe('A webhook trigger is switched on and off', { concurrency: SERVERS }, () => {
	const total = {};
	for (let server = 1; server <= SERVERS; server++) {
		const cycles = Math.ceil((CYCLES - server + 1) / SERVERS);
		const name = `one registration while it is on and none when it is off (${server})`;
		test(name, { timeout: 300_000 + cycles * 120_000 }, async (t) => {
			const tell = (line) => GIVEN && process.stdout.write(`${server}: ${line}\n`);
			const done = await liveThroughCycles(t, { cycles, restartEvery: RESTART_EVERY, tell });
			for (const [what, count] of Object.entries(done)) total[what] = (total[what] ?? 0) + count;
		});
	}

	after(() => {
		const rows = Object.entries(total).map(([what, count]) => [what, String(count)]);
		process.stdout.write(`\n${alignedTable([['all servers', ''], ...rows])}\n\n`);
	});
});
