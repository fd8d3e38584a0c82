import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { programIn } from '../tools/lib/runtime.mjs';
import { addCapturedPayment } from './lib/payments.mjs';
import { eventually } from './lib/polls.mjs';
import { compare, expectedItems } from './lib/truth.mjs';
import { TRIGGER, actionWorkflow, triggerWorkflow } from './lib/workflows.mjs';
import { createWorld } from './lib/world.mjs';

const installation = process.env.N8N_VIPPSMOBILEPAY_OLDEST_SERVER;
const PACKAGE = 'n8n-nodes-vippsmobilepay';

test('The packed package in the oldest n8n that it is said to work in', async (t) => {
	const world = await createWorld(t, { installation, program: programIn(installation) });
	const { rest, server, simulator, credentials } = world;
	// The way to the switch in the editor has changed since.
	const activate = async ({ id }) =>
		await rest.request('PATCH', `/workflows/${id}`, { active: true });

	await t.test('it is the version that the README names', async () => {
		const manifest = path.join(installation, 'node_modules', 'n8n', 'package.json');
		const { version } = JSON.parse(await fs.readFile(manifest, 'utf8'));
		const readme = await fs.readFile(new URL('../README.md', import.meta.url), 'utf8');
		assert.ok(readme.includes(`n8n ${version}`), `the README does not name n8n ${version}`);
	});

	await t.test('all of its nodes are in the editor', async () => {
		const { nodes: named } = JSON.parse(
			await fs.readFile(new URL('../package.json', import.meta.url), 'utf8'),
		).n8n;
		const types = await (await rest.fetch('/types/nodes.json')).json();
		const own = types.filter(({ name }) => name.startsWith(`${PACKAGE}.`));
		assert.deepEqual(
			// n8n lists a node that can be a tool a second time, as that tool.
			own
				.map(({ name }) => name.split('.')[1])
				.filter((name) => !name.endsWith('Tool'))
				.sort(),
			named.map((file) => path.basename(file, '.node.js').replace(/^V/, 'v')).sort(),
		);
	});

	for (const [name, credential] of Object.entries(credentials)) {
		await t.test(`the credential test of ${name} keys succeeds`, async () => {
			const { status, message } = await rest.testCredential(credential);
			assert.equal(status, 'OK', message);
		});
	}

	await t.test('the trigger hands out each entry once', async () => {
		const triggerOn = ['fundsEntry', 'feesEntry', 'salesEntry'];
		const workflow = await rest.createWorkflow(
			triggerWorkflow({
				name: 'Everything',
				parameters: { authentication: 'accountingApi', triggerOn },
				credential: credentials.accounting,
			}),
		);
		await activate(workflow);
		const delivered = async () => {
			const executions = await rest.executions(workflow.id, TRIGGER);
			for (const { status, error } of executions) assert.equal(status, 'success', error);
			return executions.flatMap(({ items }) => items);
		};
		const expected = expectedItems(
			await simulator.truth(),
			'accounting',
			credentials.accounting.data,
		);
		const complete = async () => (await delivered()).length >= expected.length;
		await eventually(complete, 'All entries');
		const none = { missing: [], unexpected: [], repeatedKeys: [] };
		assert.deepEqual(compare(await delivered(), expected), none);
	});

	await t.test('the webhook trigger registers itself and starts once for an event', async () => {
		const event = 'epayments.payment.captured.v1';
		const workflow = triggerWorkflow({
			name: 'Captured payments',
			parameters: { triggerOn: [event] },
			credential: credentials.merchant,
		});
		Object.assign(workflow.nodes[0], {
			type: `${PACKAGE}.vippsMobilePayWebhookTrigger`,
			webhookId: randomUUID(),
		});
		const saved = await rest.createWorkflow(workflow);
		await activate(saved);
		const registered = async () => (await simulator.control('GET', '/webhooks')).webhooks;
		assert.equal((await registered()).length, 1);

		const reference = `oldest-hook-${Date.now()}`;
		await addCapturedPayment(simulator, { reference, value: 1_999 });
		const delivered = async () => {
			const executions = await rest.executions(saved.id, TRIGGER);
			return executions.flatMap(({ items }) => items);
		};
		await eventually(async () => (await delivered()).length > 0, 'The event');
		const items = await delivered();
		assert.equal(items.length, 1);
		assert.equal(items[0].reference, reference);

		await rest.request('PATCH', `/workflows/${saved.id}`, { active: false });
		// It lives on for a little, in case that n8n registers the workflow anew.
		await eventually(async () => (await registered()).length === 0, 'The end of the registration');
	});

	await t.test('`n8n execute` takes a payment and gives vouchers', async () => {
		const run = async (name, parameters, credential) => {
			const { id } = await rest.createWorkflow(actionWorkflow({ name, parameters, credential }));
			return id;
		};
		const reference = `oldest-${Date.now()}`;
		const payment = await run(
			'A payment',
			{
				authentication: 'merchantApi',
				resource: 'payment',
				operation: 'create',
				reference,
				amountUnit: 'major',
				amount: '19.99',
				currency: 'NOK',
				returnUrl: 'https://example.com/thanks',
			},
			credentials.merchant,
		);
		const vouchers = await run(
			'Vouchers',
			{
				authentication: 'accountingApi',
				resource: 'settlement',
				operation: 'createVouchers',
				ledgerId: { __rl: true, mode: 'id', value: '12345' },
				fromDate: '2022-10-01',
				toDate: '2022-10-01',
			},
			credentials.accounting,
		);
		await server.stop();
		for (const [id, said] of [
			[payment, `"reference": "${reference}"`],
			[vouchers, '"voucherKey": "12345-2022-10-01"'],
		]) {
			const { status, output } = await server.command(['execute', `--id=${id}`]);
			assert.equal(status, 0, output);
			assert.ok(output.includes(said), output.slice(-2000));
		}
	});
});
