import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBookkeeping } from './lib/bookkeeping.mjs';
import { readExample } from './lib/examples.mjs';
import { eventually } from './lib/polls.mjs';
import { createWorld } from './lib/world.mjs';

const TOKEN = 'Bearer a made-up token';

test('The examples for bookkeepers in a real n8n', { timeout: 400_000 }, async (t) => {
	const world = await createWorld(t);
	const { rest } = world;

	const runToEnd = async (id) => {
		const execution = await rest.run(id, 'Start');
		return await eventually(async () => {
			const ended = await rest.execution(execution);
			assert.notEqual(ended.status, 'error', ended.error);
			return ended.status === 'success' && ended;
		}, `Execution ${execution}`);
	};
	const run = async (file, fields) =>
		await runToEnd((await rest.createWorkflow(await readExample(file, fields))).id);

	/** The only file that a node gave. */
	const fileOf = async ({ runData }, node) => {
		const items = runData[node].flatMap(({ data }) => data.main[0]);
		assert.equal(items.length, 1);
		const { id, data, fileName } = items[0].binary.data;
		if (!id) return { fileName, text: Buffer.from(data, 'base64').toString('utf8') };
		const response = await rest.fetch(`/rest/binary-data?action=view&id=${encodeURIComponent(id)}`);
		assert.equal(response.status, 200);
		return { fileName, text: await response.text() };
	};

	await t.test('report: a page from the sales to the payout', async () => {
		const { fileName, text } = await fileOf(
			await run('settlement-report.json'),
			'Send or Save the Report',
		);
		assert.equal(fileName, 'settlement-12345-2022-10-01.html');
		for (const bar of ['Captures: 400.00', 'Refunds: −100.00', 'Fees: −12.00', 'Payout: −288.00']) {
			assert.ok(text.includes(`${bar} NOK`), bar);
		}
	});

	await t.test('vouchers of a month: a CSV file that ends on the bank line', async () => {
		const { fileName, text } = await fileOf(
			await run('settlement-vouchers-to-csv.json'),
			'Send or Save the File',
		);
		assert.equal(fileName, 'vouchers-12345-2022-10.csv');
		assert.ok(text.includes('12345-2022-10-01;01.10.2022;1920;bank;288,00;;NOK;'), text);
	});

	await t.test('sums of a day: a row for each ledger', async () => {
		const execution = await run('settlement-daily-to-csv.json');
		const { text } = await fileOf(execution, 'Send or Save the File');
		assert.equal(execution.itemsOf('All Ledgers').length, 2);
		assert.match(text, /12345/);
	});

	await t.test('month-end check: every ledger is judged', async () => {
		const { itemsOf, runData } = await run('settlement-month-end-check.json', {
			'Which Month': { month: '2026-05' },
		});
		const judged = itemsOf('What to Look At').map(({ ledgerId }) => ledgerId);
		assert.deepEqual(judged.sort(), ['12345', '302321']);
		assert.ok(runData['For the Bookkeeper'] ?? runData['The Month Can Be Closed']);
	});

	await t.test('unmatched transactions: at most one message', async () => {
		const { itemsOf } = await run('settlement-unmatched-alert.json', {
			'Which Days': { fromDate: '2026-05-04', toDate: '2026-05-05' },
		});
		const found = itemsOf('Without a Counterpart');
		const messages = itemsOf('Send the Alert');
		assert.equal(messages.length, found.length > 0 ? 1 : 0);
	});

	await t.test('backfill: a second run stores nothing twice', async () => {
		const { id } = await rest.createWorkflow(await readExample('ledger-backfill.json'));
		const first = (await runToEnd(id)).itemsOf('Store Each Entry Once');
		assert.ok(first.length > 11);
		const second = (await runToEnd(id)).itemsOf('Store Each Entry Once');
		const ids = (rows) => rows.map((row) => row.id).sort((a, b) => a - b);
		assert.deepEqual(ids(second), ids(first));
	});

	await t.test('vouchers to an accounting system: each is sent once', async () => {
		const bookkeeping = await startBookkeeping(t);
		const workflow = await readExample('settlement-to-accounting-api.json', {
			'Which Vouchers': { url: bookkeeping.url },
		});
		const name = 'Token of the bookkeeping program';
		const type = 'httpHeaderAuth';
		const data = { name: 'Authorization', value: TOKEN };
		const credential = { id: await rest.createCredential({ name, type, data }), name };
		workflow.nodes.find((node) => node.name === 'Send').credentials = { [type]: credential };
		const { id } = await rest.createWorkflow(workflow);

		const first = await runToEnd(id);
		const clean = first.itemsOf('Create Vouchers').filter(({ review }) => review.length === 0);
		assert.ok(clean.length > 3);
		const sent = clean.map(({ formats }) => ({ token: TOKEN, body: formats.fiken }));
		assert.deepEqual(bookkeeping.received, sent);
		const second = await runToEnd(id);
		assert.equal(second.runData.Send, undefined);
		assert.equal(bookkeeping.received.length, clean.length);
	});
});
