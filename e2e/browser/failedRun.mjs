import { actionWorkflow } from '../lib/workflows.mjs';

/** Reads the error of a run that has failed, from the tab Executions. */
export async function failedRun({ editor, rest, credentials }) {
	const { id } = await rest.createWorkflow(
		actionWorkflow({
			name: 'A payment that nobody made',
			parameters: {
				authentication: 'merchantApi',
				resource: 'payment',
				operation: 'get',
				reference: 'nobody-made-this-1',
			},
			credential: credentials.merchant,
		}),
	);
	await rest.run(id, 'Start');
	await editor.open(`/workflow/${id}`);
	await editor.openExecution('Error');
	await editor.openNode('Vipps MobilePay');
	await editor.output
		.getByText('No payment has this reference in this sales unit')
		.first()
		.waitFor();
	await editor.output.getByText("Check 'Reference', capitals included").first().waitFor();
	await editor.picture('failed-run');
}
