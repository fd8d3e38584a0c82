import { actionWorkflow } from '../lib/workflows.mjs';

/** A list that the keys may not read says which keys may. */
export async function listRefused({ editor, rest, credentials }) {
	await editor.openStep(rest, {
		name: 'A list of others',
		parameters: { resource: 'salesUnit', operation: 'get' },
		credential: credentials.accounting,
	});
	await editor.node.locator('[data-test-id="rlc-input"]').first().click();
	const words = editor.page.locator('[data-test-id="rlc-error-container"]');
	await words.getByText('These keys may not do this').waitFor();
	await words.getByText("credential 'Vipps MobilePay Merchant API'").waitFor();
	await editor.picture('list-refused');
}

/** The fields of an operation can be dragged before it has ever run. */
export async function fieldsBeforeRun({ editor, rest, credentials }) {
	const workflow = actionWorkflow({
		name: 'Not run yet',
		parameters: { resource: 'sale', operation: 'getAll' },
		credential: credentials.accounting,
	});
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
	await editor.open(`/workflow/${id}`);
	await editor.openNode('Edit Fields');
	const panel = editor.page.locator('[data-test-id="ndv-input-panel"]');
	await panel.getByText('Usually outputs the following fields').waitFor();
	for (const field of ['dedupeKey', 'pspReference', 'amount', 'amountDecimal']) {
		await panel.getByText(field, { exact: true }).waitFor();
	}
	await editor.picture('fields-before-run');
}
