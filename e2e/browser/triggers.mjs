import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { merchantOf } from '../lib/payments.mjs';
import { TRIGGER, WEBHOOK_TRIGGER, triggerWorkflow, webhookWorkflow } from '../lib/workflows.mjs';

/** The polling trigger: its fields, a test event, and the first execution after publishing. */
export async function pollingTrigger({ editor, rest, credentials }) {
	const { page } = editor;
	const { id } = await rest.createWorkflow(
		triggerWorkflow({
			name: 'New entries',
			parameters: { triggerOn: ['fundsEntry', 'salesEntry'] },
			credential: credentials.accounting,
		}),
	);
	await editor.open(`/workflow/${id}`);
	await editor.openNode(TRIGGER);
	const shown = await editor.fields();
	for (const field of ['Trigger On', 'Ledgers', 'Start From']) {
		assert.ok(shown.includes(field), `${field} is missing from ${shown}`);
	}
	await page.getByRole('button', { name: 'Fetch Test Event' }).first().click();
	await editor.output.getByText('dedupeKey').first().waitFor();
	await editor.picture('trigger');
	await editor.closeNode();

	await editor.publish();
	await editor.openExecution('Succeeded');
	await page
		.getByText(/^\d+ items$/)
		.first()
		.waitFor();
	await editor.picture('trigger-execution');
}

/** The webhook trigger: published, told of a payment that a person approves, and listed. */
export async function webhookTrigger({ editor, rest, simulator, credentials }) {
	const { page } = editor;
	const webhookId = randomUUID();
	const { id } = await rest.createWorkflow(
		webhookWorkflow({
			name: 'Paid',
			webhookId,
			parameters: {},
			credential: credentials.merchant,
		}),
	);
	await editor.open(`/workflow/${id}`);
	await editor.openNode(WEBHOOK_TRIGGER);
	await editor.picture('webhook-trigger');
	await editor.closeNode();
	await editor.publish();

	const reference = 'paid-by-a-person-1';
	const merchant = await merchantOf(simulator);
	const { redirectUrl } = await merchant.create(reference, 49_900);
	await page.goto(redirectUrl);
	await page.locator('#approve').click();
	await page.locator('#result').waitFor();

	await editor.open(`/workflow/${id}`);
	await editor.openExecution('Succeeded');
	await editor.openNode(WEBHOOK_TRIGGER);
	await editor.output.getByText(reference).first().waitFor();
	await editor.output.getByText('AUTHORIZED').first().waitFor();
	await editor.picture('webhook-execution');

	const parameters = { authentication: 'merchantApi', resource: 'webhook', operation: 'getAll' };
	await editor.openStep(rest, { name: 'Webhooks', parameters, credential: credentials.merchant });
	await editor.execute();
	await editor.output.getByText(webhookId).first().waitFor();
	await editor.picture('resource-webhook');
}
