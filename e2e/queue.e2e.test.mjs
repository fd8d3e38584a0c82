import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { liveInQueueMode } from './lib/queue.mjs';
import { killPlan } from './lib/queueKills.mjs';
import { queueTable } from './lib/queueTable.mjs';
import { useSeed } from './lib/killsRandom.mjs';
import { DURABLE_CURSORS } from './lib/server.mjs';
import { missingForQueueMode } from './lib/services.mjs';

/** How often each engine is killed: `npm run e2e -- --queue-kills 30`. */
const KILLS = Number(process.env.N8N_VIPPSMOBILEPAY_QUEUE_KILLS || 0);

/** `npm run e2e -- --seed 1` */
const SEED = Number(process.env.N8N_VIPPSMOBILEPAY_SEED || Date.now() % 1_000_000);

const ENGINES = { 'durable cursors': DURABLE_CURSORS, 'default engine': {} };

const missing = missingForQueueMode();
// Where everything has to pass, a test that was left out has not.
if (missing && process.env.CI) throw new Error(`Queue mode cannot be tested: ${missing}`);

// Every server and simulator is to end with this process, and listens for that.
process.setMaxListeners(100);

useSeed(SEED);
const lives = Object.entries(ENGINES).map(([engine, env]) => ({
	engine,
	env,
	plan: killPlan(KILLS),
}));
const results = [];

const assertNone = (list, what) =>
	assert.ok(list.length === 0, `${list.length} ${what}, such as ${JSON.stringify(list[0])}`);

describe('n8n in queue mode is killed while money moves', { skip: missing, concurrency: 2 }, () => {
	for (const { engine, env, plan } of lives) {
		const timeout = 600_000 + plan.length * 120_000;
		test(`${engine}, seed ${SEED}`, { timeout }, async (t) => {
			const tell = (line) => KILLS && process.stdout.write(`${engine}: ${line}\n`);
			const result = await liveInQueueMode(t, { env, plan, tell });
			results.push({ engine, ...result });

			assertNone(result.lost, 'entries lost');
			assertNone(result.doubled, 'entries handed out twice, with different keys or content');
			for (const [what, entries] of Object.entries(result.wronglyStored)) {
				assertNone(entries, `entries stored wrongly (${what})`);
			}
			const { orders, events, settlement, otherAnswer, answers } = result;
			assertNone(orders.twice, 'payments captured or refunded twice');
			assertNone(orders.open, 'orders with keys of their own not done');
			assert.ok(orders.refunded > 0, 'no order was done');
			assertNone(events.lost, 'events lost');
			assertNone(events.doubled, 'events handed out twice, with different keys');
			assert.ok(events.expected > 0, 'no event happened');
			assert.equal(settlement.other, 0, `settlements that differ from the first: ${otherAnswer}`);
			assert.ok(settlement.same > 0, 'no settlement was answered');
			for (const items of answers) assert.ok(items.length > 0, 'an empty settlement');
			if (engine !== 'durable cursors') return;
			assertNone(result.lostToEngine, 'entries lost by n8n');
			assertNone(result.repeated, 'entries handed out twice');
		});
	}

	after(() => process.stdout.write(`\nSeed ${SEED}\n${queueTable(results)}\n\n`));
});
