import { engineLog, expectNoSecrets, startSimulator, type Simulator } from '../../harness';
import { paymentEvent } from '../../support/deliver';
import { withoutIsolates } from '../../support/expressions';
import { disturb, secretsOf } from '../../support/simulated';
import { merchantKeys } from '../../support/vipps';
import {
	afterGrace,
	deliver,
	register,
	registered,
	registrationOf,
	webhookWorkflow,
} from '../../support/webhooks';

withoutIsolates();

const path = '^/webhooks/';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => await simulator.reset());

const calm = async () => await simulator.control.delete('/faults');

const failureOf = async (work: Promise<unknown>) =>
	await work.then(
		() => undefined,
		(error: Error & { description?: string }) => error,
	);

const idsOf = async () => (await registered(simulator)).map(({ id }) => id);

it.each([
	['reset', { reset: true, carryOut: true }],
	['cut off', { truncate: true, carryOut: true }],
	['an error of the server', { status: 502, carryOut: true }],
	['without a secret', { status: 201, body: { id: 'x' }, carryOut: true }],
])('an answer that is lost on registration (%s) leaves one registration', async (_, fault) => {
	const workflow = await webhookWorkflow(simulator);
	await disturb(simulator, { path, method: 'POST', ...fault });
	await workflow.activate();
	expect(await idsOf()).toEqual([registrationOf(workflow).id]);
	expect((await deliver(workflow, paymentEvent())).status).toBe(200);
	expect(workflow.started).toHaveLength(1);
});

it('answers that are lost each time leave none, and the error says what happened', async () => {
	const workflow = await webhookWorkflow(simulator);
	const foreign = await register(simulator, 'https://shop.example.com/hook', [
		'epayments.payment.created.v1',
	]);
	await disturb(simulator, { path, method: 'POST', status: 500, carryOut: true, times: 10 });
	const error = await failureOf(workflow.activate());
	expect(error?.message).toContain('could not answer just now');
	expect(await idsOf()).toEqual([foreign]);
	expectNoSecrets(
		[error, engineLog.lines],
		await secretsOf(simulator, await merchantKeys(simulator)),
	);
});

it('a registration outlives a start of n8n at which the API does not answer', async () => {
	const workflow = await webhookWorkflow(simulator);
	await workflow.activate();
	const before = await idsOf();
	await disturb(simulator, { path, method: 'GET', status: 401, times: 100 });
	expect(await failureOf(workflow.restart())).toBeDefined();
	await calm();
	await afterGrace(simulator, 1);
	expect(await idsOf()).toEqual(before);
	// n8n tries again by itself.
	await workflow.activate('init');
	expect(await idsOf()).toEqual(before);
	await workflow.deactivate();
	await afterGrace(simulator, 0);
	expect(await idsOf()).toEqual([]);
});

it('what cannot be deleted does not keep a workflow from being switched off, and goes with the next activation', async () => {
	const workflow = await webhookWorkflow(simulator);
	await workflow.activate();
	const { id } = registrationOf(workflow);
	await disturb(simulator, { path, method: 'DELETE', status: 403, times: 100 });
	await workflow.deactivate();
	const end = Date.now() + 15_000;
	const line = () => engineLog.lines.find((text) => text.includes(`webhook ${id}`));
	while (!line() && Date.now() < end) await afterGrace(simulator, 1);
	expect(line()).toMatch(/^error .*could not be deleted/);
	expect(await idsOf()).toEqual([id]);

	await calm();
	await workflow.activate();
	expect(await idsOf()).toEqual([registrationOf(workflow).id]);
	expect(await idsOf()).not.toEqual([id]);
});

it.each(['404', '400'])(
	'a registration that is not there any more counts as deleted, with %s',
	async (unknownWebhook) => {
		const workflow = await webhookWorkflow(simulator);
		await workflow.activate();
		// Everything that was registered is gone.
		await simulator.reset({ options: { unknownWebhook } });
		await workflow.publish();
		await afterGrace(simulator, 1);
		expect(await idsOf()).toEqual([registrationOf(workflow).id]);
		expect(engineLog.lines.filter((line) => line.startsWith('error'))).toEqual([]);
	},
);

it('a deactivation does not wait for an API that does not answer', async () => {
	const workflow = await webhookWorkflow(simulator);
	await workflow.activate();
	await disturb(simulator, { path, delayMs: 30_000, times: 1 });
	const start = Date.now();
	await workflow.deactivate();
	expect(Date.now() - start).toBeLessThan(9_000);
	await calm();
	await afterGrace(simulator, 0);
	expect(await idsOf()).toEqual([]);
});

it('wrong keys are explained, and nothing is kept', async () => {
	const credentials = await merchantKeys(simulator, { clientSecret: 'not the secret' });
	const workflow = await webhookWorkflow(simulator, {}, { credentials });
	const error = await failureOf(workflow.activate());
	expect(error?.message).toContain('did not accept the keys');
	expectNoSecrets([error, engineLog.lines], ['not the secret']);
	expect(workflow.staticData.registrations ?? []).toEqual([]);
});
