import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalsTable } from './lib/refusals.mjs';
import { liveThroughStorm } from './lib/storm.mjs';
import { stormTable } from './lib/stormTable.mjs';

/** How many deliveries there are: `npm run e2e -- --deliveries 10000`. */
const GIVEN = Number(process.env.N8N_VIPPSMOBILEPAY_DELIVERIES || 0);
const DELIVERIES = GIVEN || 1_000;

/** A difference is none while it is within so many times the noise, or within what a network hides. */
const NOISES = 5;
const HIDDEN_MS = 0.25;

const assertNone = (items, what) =>
	assert.ok(
		items.length === 0,
		`${items.length} events ${what}, such as ${JSON.stringify(items[0])}`,
	);

test(
	'Exactly the true events start the workflow, once each, among forged, repeated and late ones',
	{ timeout: 300_000 + DELIVERIES * 200 },
	async (t) => {
		const tell = (line) => GIVEN && process.stdout.write(`${line}\n`);
		const result = await liveThroughStorm(t, { deliveries: DELIVERIES, tell });
		process.stdout.write(`\n${stormTable(result)}\n\n${refusalsTable(result.refusals)}\n\n`);
		const { lost, doubled, untrue, disordered, failed, executions, events, deliveries } = result;
		assertNone(lost, 'lost');
		assertNone(doubled, 'started the workflow twice');
		assertNone(untrue, 'started the workflow and were not true');
		assertNone(disordered, 'came after a later one of their payment');
		assert.equal(executions, events);
		assert.equal(failed, 0);

		const of = (...kinds) => deliveries.filter(({ kind }) => kinds.includes(kind));
		const disturbed = of('forged', 'repeated', 'late').length;
		assert.ok(disturbed / deliveries.length > 0.3, `only ${disturbed} were no events`);
		for (const kind of ['forged', 'repeated', 'late'])
			assert.ok(of(kind).length > DELIVERIES / 12, kind);
		const refused = of('forged', 'late');
		for (const { kind, forgery, status, error } of refused) {
			// What a flipped bit has left without JSON n8n refuses itself, before it asks the trigger.
			const isRight = status === 401 || (forgery === 'bit' && status === 422) || error;
			assert.ok(isRight, `${kind} ${forgery} was answered with ${status}`);
		}
		const refusals = refused
			.filter(({ status }) => status === 401)
			.map(({ body, headers: { date: _, ...headers } }) => JSON.stringify([body, headers]));
		assert.equal(new Set(refusals).size, 1, [...new Set(refusals)].join('\n'));
		for (const { reason, difference, noise } of result.refusals) {
			const isNone = Math.abs(difference) <= Math.max(HIDDEN_MS, NOISES * noise);
			assert.ok(isNone, `${reason} is told by its time: ${difference} ms ± ${noise}`);
		}
	},
);
