import { startSimulator } from '../../harness';
import { merchantKeys } from '../../support/vipps';
import { afterGrace, registered, webhookWorkflow } from '../../support/webhooks';

it('deletes with keys that are expressions, in the background where n8n has no isolate ready', async () => {
	const simulator = await startSimulator({ data: 'empty' });
	const { keys } = simulator;
	const credentials = await merchantKeys(simulator, {
		clientSecret: `={{ ${JSON.stringify(keys.merchant.clientSecret)}.trim() }}`,
	});
	const parameters = { triggerOn: "={{ ['epayments.payment.captured' + '.v1'] }}" };
	const workflow = await webhookWorkflow(simulator, parameters, { credentials });
	await workflow.activate();
	expect(await registered(simulator)).toMatchObject([
		{ events: ['epayments.payment.captured.v1'] },
	]);
	await workflow.deactivate();
	await afterGrace(simulator, 0);
	expect(await registered(simulator)).toEqual([]);
});
