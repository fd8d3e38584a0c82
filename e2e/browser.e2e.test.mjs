import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf, findBrowser, openEditor, openNode } from './lib/browser.mjs';
import { TRIGGER, actionWorkflow, triggerWorkflow } from './lib/workflows.mjs';
import { createWorld } from './lib/world.mjs';

const NO_BROWSER = 'there is no Chromium here; set CHROMIUM_PATH to one';

/** Runs the open node; the canvas has a button of the same name without text. */
const execute = async (page) =>
	await page
		.getByRole('button', { name: 'Execute step' })
		.filter({ hasText: 'Execute step' })
		.first()
		.click();

test(
	'The nodes in the editor, as people see them',
	{ skip: findBrowser() ? false : NO_BROWSER, timeout: 300_000 },
	async (t) => {
		const world = await createWorld(t);
		const { rest, server, credentials } = world;
		const credential = credentials.accounting;
		const page = await openEditor(t, world);
		const urlOf = (id) => `${server.url}/workflow/${id}`;

		await t.test('the action node shows its fields and gives the worked example', async () => {
			const parameters = {
				resource: 'ledgerEntry',
				operation: 'getAll',
				ledgerId: { __rl: true, mode: 'id', value: '12345' },
				topic: 'funds',
				fromDate: '2022-10-01',
				toDate: '2022-10-01',
				returnAll: true,
			};
			const workflow = await rest.createWorkflow(
				actionWorkflow({ name: 'Entries of a day', parameters, credential }),
			);
			await openNode(page, urlOf(workflow.id), 'Vipps MobilePay');
			const fields = await fieldsOf(page);
			for (const field of ['Resource', 'Operation', 'Ledger', 'Topic', 'From Date', 'Return All']) {
				assert.ok(fields.includes(field), `${field} is missing from ${fields}`);
			}
			await execute(page);
			await page.getByText('6 items').first().waitFor();
			await page.getByText('payout-scheduled').first().waitFor();
		});

		await t.test('the ledgers can be picked by name', async () => {
			const parameters = { resource: 'ledgerEntry', operation: 'getAll' };
			const workflow = await rest.createWorkflow(
				actionWorkflow({ name: 'A ledger to pick', parameters, credential }),
			);
			await openNode(page, urlOf(workflow.id), 'Vipps MobilePay');
			await page.locator('[data-test-id="rlc-input"]').first().click();
			await page.getByText('Worked Example · NO:57860 · NOK · ledger 12345').first().click();
		});

		await t.test('a list that the keys may not read says which keys may', async () => {
			const parameters = { resource: 'salesUnit', operation: 'get' };
			const workflow = await rest.createWorkflow(
				actionWorkflow({ name: 'A list of others', parameters, credential }),
			);
			await openNode(page, urlOf(workflow.id), 'Vipps MobilePay');
			await page.locator('[data-test-id="rlc-input"]').first().click();
			const words = page.locator('[data-test-id="rlc-error-container"]');
			await words.getByText('These keys may not do this').waitFor();
			await words.getByText("credential 'Vipps MobilePay Merchant API'").waitFor();
		});

		await t.test('the fields of an operation can be dragged before it has ever run', async () => {
			const parameters = { resource: 'sale', operation: 'getAll' };
			const workflow = actionWorkflow({ name: 'Not run yet', parameters, credential });
			workflow.nodes.push({
				id: 'next',
				name: 'Edit Fields',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				position: [440, 0],
				parameters: {},
			});
			workflow.connections['Vipps MobilePay'] = {
				main: [[{ node: 'Edit Fields', type: 'main', index: 0 }]],
			};
			const { id } = await rest.createWorkflow(workflow);
			await openNode(page, urlOf(id), 'Edit Fields');
			const panel = page.locator('[data-test-id="ndv-input-panel"]');
			await panel.getByText('Usually outputs the following fields').waitFor();
			for (const field of ['dedupeKey', 'pspReference', 'amount', 'amountDecimal']) {
				await panel.getByText(field, { exact: true }).waitFor();
			}
		});

		await t.test(
			'a payment shows the fields of its user flow, and a wrong amount its reason',
			async () => {
				const open = async (name, parameters) => {
					const workflow = await rest.createWorkflow(
						actionWorkflow({
							name,
							parameters: { authentication: 'merchantApi', resource: 'payment', ...parameters },
							credential: credentials.merchant,
						}),
					);
					await openNode(page, urlOf(workflow.id), 'Vipps MobilePay');
					return await fieldsOf(page);
				};
				const qr = await open('A QR code', { operation: 'create', userFlow: 'QR' });
				assert.ok(qr.includes('QR Format') && !qr.includes('Return URL'), String(qr));

				const reference = `editor-${Date.now()}`;
				const web = await open('A web payment', {
					operation: 'create',
					reference,
					amountUnit: 'major',
					amount: '19.99',
					returnUrl: 'https://example.com/thanks',
				});
				assert.ok(web.includes('Return URL') && web.includes('Amount in Major Units'), String(web));
				await execute(page);
				await page.getByText('redirectUrl').first().waitFor();

				const amount = '1 234,50';
				await open('A wrong amount', {
					operation: 'capture',
					reference,
					amountMode: 'partial',
					amount,
				});
				await execute(page);
				await page.getByText('because it contains a blank').first().waitFor();
			},
		);

		await t.test('the trigger shows its fields and a test event', async () => {
			const workflow = await rest.createWorkflow(
				triggerWorkflow({
					name: 'A trigger to look at',
					parameters: { triggerOn: ['fundsEntry', 'salesEntry'] },
					credential,
				}),
			);
			await openNode(page, urlOf(workflow.id), TRIGGER);
			const fields = await fieldsOf(page);
			for (const field of ['Trigger On', 'Ledgers', 'Start From']) {
				assert.ok(fields.includes(field), `${field} is missing from ${fields}`);
			}
			await page.getByRole('button', { name: 'Fetch Test Event' }).first().click();
			await page.getByText('dedupeKey').first().waitFor();
		});

		await t.test('the credential says that it works', async () => {
			await page.goto(`${server.url}/home/credentials/${credential.id}`);
			await page.getByText('Connection tested successfully').waitFor();
		});
	},
);
