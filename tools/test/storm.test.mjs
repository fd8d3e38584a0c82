import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureRefusals, refusalsTable } from '../../e2e/lib/refusals.mjs';
import { judgeStorm } from '../../e2e/lib/stormJudge.mjs';
import { stormTable } from '../../e2e/lib/stormTable.mjs';

const event = (reference, name, value = 900) => ({
	reference,
	pspReference: `${reference}-${name}`,
	name,
	amount: { currency: 'NOK', value },
	timestamp: '2026-11-21T06:00:00.000Z',
	success: true,
});
const payments = [
	{ events: ['CREATED', 'AUTHORIZED', 'CAPTURED'].map((name) => event('one', name)) },
	{ events: ['CREATED', 'ABORTED'].map((name) => event('two', name)) },
];
const all = payments.flatMap(({ events }) => events);
const execution = (...items) => ({ status: 'success', items });

/** How many are lost, doubled, untrue and out of order. */
const verdict = (items) => {
	const executions = items.map((item) => execution(item));
	const { lost, doubled, untrue, disordered } = judgeStorm({ executions, payments });
	return [lost, doubled, untrue, disordered].map(({ length }) => length);
};

test('each event once and in the order of its payment is what is right', () => {
	assert.deepEqual(verdict(all), [0, 0, 0, 0]);
	const [created, authorized, captured, otherCreated, aborted] = all;
	const mixed = [otherCreated, created, authorized, aborted, captured];
	assert.deepEqual(verdict(mixed), [0, 0, 0, 0]);
	assert.equal(judgeStorm({ executions: [], payments }).events, 5);
});

test('events are lost, doubled, untrue or out of order', () => {
	assert.deepEqual(verdict(all.slice(1)), [1, 0, 0, 0]);
	assert.deepEqual(verdict([...all, all[2]]), [0, 1, 0, 0]);
	assert.deepEqual(verdict([...all, event('three', 'CREATED')]), [0, 0, 1, 0]);
	assert.deepEqual(verdict([...all.slice(1), event('one', 'CREATED', 9009)]), [1, 0, 1, 0]);
	assert.deepEqual(verdict([all[0], all[2], all[1], all[3], all[4]]), [0, 0, 0, 1]);
});

test('the table counts what was taken and refused', () => {
	const delivery = (kind, status, ms) => ({ kind, status, ms, accepted: status === 200 });
	const table = stormTable({
		deliveries: [delivery('true', 200, 3), delivery('true', 200, 5), delivery('forged', 401, 1)],
		executions: 2,
		events: 2,
		seconds: 7,
		...{ lost: [], doubled: [1], untrue: [], disordered: [], failed: 0 },
	});
	assert.match(table, /events +2 +2 +0 +3\.0 +5\.0 +5\.0/);
	assert.match(table, /forged +1 +0 +1 +1\.0 /);
	assert.match(table, /doubled +1/);
});

test('a reason that takes longer is seen among the noise', async () => {
	// The times go up and down, by a rule, so that the test does.
	let request = 0;
	const simulator = {
		control: async (_method, _path, { forgery }) => {
			const ms = 5 + ((request++ * 7919) % 100) / 100 + (forgery === 'noHash' ? 2 : 0);
			return { deliveries: [{ ms }] };
		},
	};
	const refusals = await measureRefusals(simulator, { eventNumber: 1, rounds: 60 });
	for (const { reason, difference, noise } of refusals) {
		const isSlower = difference > 5 * noise && difference > 1;
		assert.equal(isSlower, reason === 'noHash', `${reason}: ${difference} ± ${noise}`);
	}
	assert.match(refusalsTable(refusals), /late +\d/);
});
