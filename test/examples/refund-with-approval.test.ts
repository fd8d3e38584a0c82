import type { INodeExecutionData } from 'n8n-workflow';
import {
	runWorkflow,
	startSimulator,
	type CredentialStore,
	type Simulator,
	type WorkflowFile,
	type WorkflowResult,
} from '../harness';
import { customer, NEW_PAYMENT, pay } from '../support/pay';
import { apiRequests, forgetRequests } from '../support/simulated';
import { merchantKeys } from '../support/vipps';
import { readExample, withFields } from './example';
import { onlyPayment } from './onlyPayment';

const example = readExample('payment-refund-with-approval.json');
/** As the example has it. */
const reference = 'example-order-1';

let simulator: Simulator;
let credentials: CredentialStore;

beforeAll(async () => {
	simulator = await startSimulator();
	credentials = await merchantKeys(simulator);
});

beforeEach(async () => {
	await simulator.reset();
	await pay(simulator, { ...NEW_PAYMENT, reference });
	await customer(simulator, 'approve', reference);
	const { error } = await pay(simulator, { operation: 'capture', reference });
	expect(error).toBeUndefined();
	await forgetRequests(simulator);
});

const run = async (workflow: WorkflowFile = example): Promise<WorkflowResult> =>
	await runWorkflow(workflow, { credentials });

const answer = (Decision: string): INodeExecutionData[] => [{ json: { Decision } }];

const refunded = async () => (await onlyPayment(simulator)).aggregate.refundedAmount.value;

const writes = async () => (await apiRequests(simulator)).filter(({ method }) => method !== 'GET');

it('says what is asked for, and sends nothing while nobody has answered', async () => {
	const waiting = await run();
	expect(waiting.error).toBeUndefined();
	expect(waiting.isWaiting).toBe(true);
	const [{ json }] = waiting.itemsOf('Ask the Approver');
	expect(json.question).toBe(
		'Refund 100.00 NOK of example-order-1? Reason: One sock of the pair has a hole. ' +
			'Captured so far: 499.00 NOK, refunded so far: 0.00 NOK.',
	);
	expect(json.approvalUrl).toContain('/form-waiting/');
	expect(await refunded()).toBe(0);
	expect(await writes()).toEqual([]);
});

it('refunds the amount once when it is approved', async () => {
	const ended = await (await run()).resume(answer('Approve'));
	expect(ended.error).toBeUndefined();
	expect(ended.isWaiting).toBe(false);
	expect(ended.itemsOf('Refund')).toHaveLength(1);
	expect(ended.runData['Not Refunded']).toBeUndefined();
	expect(await refunded()).toBe(10_000);
	expect(await writes()).toHaveLength(1);
});

it.each([
	['it is declined', answer('Decline')],
	['nobody answers in time', undefined],
	['the answer is empty', answer('')],
	['the answer is anything else', answer('approve')],
	['a call brings no answer', [{ json: {} }]],
])('sends nothing when %s', async (_, items) => {
	const ended = await (await run()).resume(items);
	expect(ended.error).toBeUndefined();
	expect(ended.itemsOf('Not Refunded')).toHaveLength(1);
	expect(ended.runData.Refund).toBeUndefined();
	expect(await refunded()).toBe(0);
	expect(await writes()).toEqual([]);
});

it('asks nobody about a payment that does not exist', async () => {
	const ended = await run(withFields(example, 'The Request', { reference: 'no-such-order' }));
	expect(ended.error?.message).toContain('no-such-order');
	expect(ended.runData['Ask the Approver']).toBeUndefined();
});

it('sends nothing when more is approved than was captured', async () => {
	const waiting = await run(withFields(example, 'The Request', { amount: '499.01' }));
	const ended = await waiting.resume(answer('Approve'));
	expect(ended.error?.message).toContain('Only 499.00 NOK');
	expect(await writes()).toEqual([]);
});
