import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { liveThroughKills } from './lib/kills.mjs';
import { killsTable } from './lib/killsTable.mjs';
import { pick } from './lib/killsRandom.mjs';
import { DURABLE_CURSORS } from './lib/server.mjs';

/** How often each engine is killed: `npm run e2e -- --kills 30`. */
const KILLS = Number(process.env.N8N_VIPPSMOBILEPAY_KILLS || 0);

/** The few kills of every run. None is aimed at n8n's own gap, which would be a game of chance. */
const SHORT = [['in a poll', 'right after it emitted', 'between polls', 'in a poll']];

/** n8n polls once a minute, so many kills take several servers side by side. */
const SERVERS = 3;

const LONG_MOMENTS = [
	'in a poll',
	'between polls',
	'right after it emitted',
	'while n8n stores it',
	'while n8n stores it',
];

/** The moments of the kills of each server. */
function plan() {
	if (!KILLS) return SHORT;
	const moments = Array.from({ length: KILLS }, (_, kill) =>
		kill < LONG_MOMENTS.length ? LONG_MOMENTS[kill] : pick(LONG_MOMENTS),
	);
	return Array.from({ length: Math.min(SERVERS, KILLS) }, (_, server) =>
		moments.filter((_moment, kill) => kill % SERVERS === server),
	);
}

const ENGINES = [
	['default engine', {}],
	['durable cursors', DURABLE_CURSORS],
];
const lives = ENGINES.flatMap(([engine, env]) =>
	plan().map((moments, server) => ({ engine, env, moments, name: `${engine}, ${server + 1}` })),
);
const results = [];

// Every server and simulator is to end with this process, and listens for that.
process.setMaxListeners(100);

const assertNone = (entries, what) =>
	assert.ok(
		entries.length === 0,
		`${entries.length} entries ${what}, such as ${JSON.stringify(entries[0])}`,
	);

describe('n8n is killed while money moves', { concurrency: lives.length }, () => {
	for (const { engine, env, moments, name } of lives) {
		const timeout = 300_000 + moments.length * 180_000;
		test(name, { timeout }, async (t) => {
			const tell = (line) => KILLS && process.stdout.write(`${name}: ${line}\n`);
			const result = await liveThroughKills(t, { env, moments, tell });
			results.push({ engine, ...result });
			assertNone(result.lost, 'lost');
			assertNone(result.doubled, 'handed out twice, with different keys or content');
			for (const [what, entries] of Object.entries(result.wronglyStored)) {
				assertNone(entries, `stored wrongly (${what})`);
			}
			if (engine !== 'durable cursors') return;
			assertNone(result.lostToEngine, 'lost by n8n');
			assertNone(result.repeated, 'handed out twice');
		});
	}

	after(() => process.stdout.write(`\n${killsTable(results)}\n\n`));
});
