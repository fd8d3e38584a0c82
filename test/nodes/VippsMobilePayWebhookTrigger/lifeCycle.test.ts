import { startSimulator, type Simulator } from '../../harness';
import { afterGrace, deliver, registered, webhookWorkflow } from '../../support/webhooks';
import { paymentEvent } from '../../support/deliver';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => await simulator.reset());

it('registers on activation, and deletes on deactivation', async () => {
	const workflow = await webhookWorkflow(simulator);
	await workflow.activate();
	expect(await registered(simulator)).toMatchObject([
		{ url: workflow.url(), events: ['epayments.payment.authorized.v1'] },
	]);
	expect((await deliver(workflow, paymentEvent())).status).toBe(200);
	expect(workflow.started).toHaveLength(1);
	await workflow.deactivate();
	await afterGrace();
	expect(await registered(simulator)).toEqual([]);
});
