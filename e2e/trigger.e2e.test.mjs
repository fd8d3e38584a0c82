import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, nextPoll } from './lib/polls.mjs';
import { DURABLE_CURSORS } from './lib/server.mjs';
import { compare, expectedItems } from './lib/truth.mjs';
import { TRIGGER, triggerWorkflow } from './lib/workflows.mjs';
import { createWorld } from './lib/world.mjs';

const EXACT = { missing: [], unexpected: [], repeatedKeys: [] };

/** The workflows of this test: one with each kind of keys, on all that these reach. */
const WORKFLOWS = {
	accounting: {
		authentication: 'accountingApi',
		triggerOn: ['fundsEntry', 'feesEntry', 'salesEntry'],
	},
	merchant: { authentication: 'merchantApi', triggerOn: ['fundsEntry', 'feesEntry'] },
};

// n8n polls once a minute at most, so the two engines are tested at the same time.
describe('The trigger in a real n8n hands out each entry exactly once', { concurrency: 2 }, () => {
	for (const [engine, env] of [
		['default engine', {}],
		['durable cursors', DURABLE_CURSORS],
	]) {
		test(engine, { timeout: 420_000 }, async (t) => await liveThrough(t, env));
	}
});

async function liveThrough(t, env) {
	const world = await createWorld(t, { env });
	const { rest, server, simulator, credentials } = world;

	const ids = {};
	const itemsOf = async (name) => {
		const executions = await rest.executions(ids[name], TRIGGER);
		for (const { status, error } of executions) assert.equal(status, 'success', error);
		return executions.flatMap(({ items }) => items);
	};
	const compareOf = async (name) => {
		const expected = expectedItems(await simulator.truth(), name, credentials[name].data);
		return compare(await itemsOf(name), expected);
	};
	const assertExact = async () => {
		for (const name of Object.keys(ids)) assert.deepEqual(await compareOf(name), EXACT, name);
	};
	const arrived = async () => {
		for (const name of Object.keys(ids)) {
			const complete = async () => (await compareOf(name)).missing.length === 0;
			await eventually(complete, `All entries of the ${name} workflow`).catch(assertExact);
		}
	};

	/** Since the requests were last counted from zero. */
	const tokenRequests = async () => (await simulator.control('GET', '/requests')).tokenRequests;

	await t.test('everything there is comes with the first polls', async () => {
		for (const [name, { authentication, triggerOn }] of Object.entries(WORKFLOWS)) {
			const workflow = await rest.createWorkflow(
				triggerWorkflow({
					name,
					parameters: { authentication, triggerOn },
					credential: credentials[name],
				}),
			);
			ids[name] = workflow.id;
			await rest.activate(workflow);
		}
		await arrived();
		await assertExact();
		assert.ok((await itemsOf('accounting')).length > (await itemsOf('merchant')).length);
		assert.ok((await itemsOf('merchant')).length > 0);
		assert.deepEqual(await tokenRequests(), { standard: 1, specialized: 1 });
	});

	await t.test('nothing comes again after n8n was stopped and started', async () => {
		await server.stop();
		await world.restart();
		await nextPoll(simulator, { keys: Object.keys(WORKFLOWS) });
		// A ledger date that ends right now brings its payout with the poll after.
		await arrived();
		await assertExact();
		// The token is kept with the credential, so that a restart needs no other.
		assert.deepEqual(await tokenRequests(), { standard: 0, specialized: 0 });
	});

	await t.test('new captures come, and nothing again after a kill -9', async () => {
		const before = await itemsOf('accounting');
		for (const { ledgerId } of (await simulator.truth()).ledgers) {
			for (const amount of [12_345, 100]) {
				await simulator.control('POST', '/capture', { ledgerId, amount, fee: 7 });
			}
		}
		await arrived();
		assert.ok((await itemsOf('accounting')).length > before.length);
		await server.kill();
		await world.restart();
		await nextPoll(simulator, { keys: Object.keys(WORKFLOWS) });
		// A ledger date that ends right now brings its payout with the poll after.
		await arrived();
		await assertExact();
		// The token is kept with the credential, so that a restart needs no other.
		assert.deepEqual(await tokenRequests(), { standard: 0, specialized: 0 });
	});
}
