import { test } from 'node:test';
import { liveThroughCycles } from './lib/cycles.mjs';
import { alignedTable } from './lib/table.mjs';

/** How often the trigger is switched on and off: `npm run e2e -- --cycles 100`. */
const GIVEN = Number(process.env.N8N_VIPPSMOBILEPAY_CYCLES || 0);
const CYCLES = GIVEN || 3;
const RESTART_EVERY = GIVEN ? 10 : 3;

test(
	'A webhook trigger has one registration while it is on, and none when it is off',
	{ timeout: 300_000 + CYCLES * 90_000 },
	async (t) => {
		const tell = (line) => GIVEN && process.stdout.write(`${line}\n`);
		const done = await liveThroughCycles(t, { cycles: CYCLES, restartEvery: RESTART_EVERY, tell });
		const rows = Object.entries(done).map(([what, count]) => [what, String(count)]);
		process.stdout.write(`\n${alignedTable(rows)}\n\n`);
	},
);
