import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionWorkflow } from './lib/workflows.mjs';
import { createWorld } from './lib/world.mjs';

const PACKAGE = 'n8n-nodes-vippsmobilepay';

test('The packed package in a real n8n', async (t) => {
	const { rest, server, simulator, credentials } = await createWorld(t);
	const types = async (file) => await (await rest.fetch(`/types/${file}.json`)).json();

	await t.test('its nodes are in the editor, with icons that are served', async () => {
		const nodes = (await types('nodes')).filter(({ name }) => name.startsWith(`${PACKAGE}.`));
		const names = nodes.map(({ name }) => name.split('.')[1]);
		for (const name of [
			'vippsMobilePay',
			'vippsMobilePayTrigger',
			'vippsMobilePayWebhookTrigger',
		]) {
			assert.ok(names.includes(name), `${name} is missing from ${names}`);
		}
		for (const { name, iconUrl } of nodes) await assertIcon(rest, name, iconUrl);
	});

	await t.test('its credentials are in the editor, with icons that are served', async () => {
		const all = await types('credentials');
		for (const { type } of Object.values(credentials)) {
			const found = all.find(({ name }) => name === type);
			assert.ok(found, `${type} is missing`);
			await assertIcon(rest, type, found.iconUrl);
		}
	});

	for (const [name, credential] of Object.entries(credentials)) {
		await t.test(`the credential test of ${name} keys tells right from wrong`, async () => {
			const good = await rest.testCredential(credential);
			assert.equal(good.status, 'OK', good.message);

			const data = { ...credential.data, clientSecret: 'not the secret' };
			const wrong = await rest.testCredential({ ...credential, data });
			assert.equal(wrong.status, 'Error');
			assert.ok(!wrong.message.includes('not the secret'), 'the message shows the secret');
		});
	}

	await t.test('`n8n execute` runs the action node', async () => {
		const workflow = await rest.createWorkflow(
			actionWorkflow({
				name: 'All ledgers',
				parameters: {
					authentication: 'accountingApi',
					resource: 'ledger',
					operation: 'getAll',
					returnAll: true,
				},
				credential: credentials.accounting,
			}),
		);
		await server.stop();
		const { status, output } = await server.command(['execute', `--id=${workflow.id}`]);
		assert.equal(status, 0, output);
		const { ledgers } = await simulator.truth();
		for (const { ledgerId } of ledgers) assert.ok(output.includes(`"ledgerId": "${ledgerId}"`));
	});
});

async function assertIcon(rest, name, icon) {
	assert.ok(icon, `${name} has no icon`);
	for (const place of typeof icon === 'string' ? [icon] : Object.values(icon)) {
		const response = await rest.fetch(`/${place}`);
		assert.equal(response.status, 200, `${name}: ${place}`);
		assert.match(response.headers.get('content-type'), /^image\//, `${name}: ${place}`);
	}
}
