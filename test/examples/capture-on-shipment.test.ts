import {
	runWorkflow,
	startSimulator,
	type CredentialStore,
	type Simulator,
	type WorkflowResult,
} from '../harness';
import { customer } from '../support/pay';
import { timeGoesBy } from '../support/time';
import { merchantKeys } from '../support/vipps';
import { readExample } from './example';
import { onlyPayment } from './onlyPayment';

const example = readExample('payment-capture-on-shipment.json');
const CUSTOMER = 'Wait for the Customer';

let simulator: Simulator;
let credentials: CredentialStore;

beforeAll(async () => {
	simulator = await startSimulator();
	credentials = await merchantKeys(simulator);
});

beforeEach(async () => await simulator.reset());

/** Runs the example until it waits or ends, with what the customer does about the payment. */
async function runUntil(decision: 'approve' | 'abort' | 'expire'): Promise<WorkflowResult> {
	const running = runWorkflow(example, { credentials });
	const { reference } = await onlyPayment(simulator);
	await customer(simulator, decision, reference);
	// The node looks for the first time after five seconds.
	timeGoesBy(5_000);
	return await running;
}

it('captures the whole amount when the order is shipped, and nothing before', async () => {
	const waiting = await runUntil('approve');
	expect(waiting.error).toBeUndefined();
	expect(waiting.isWaiting).toBe(true);
	expect(waiting.itemsOf('Send the Link to the Customer')).toMatchObject([
		{ json: { redirectUrl: expect.stringContaining('http') } },
	]);
	expect(await onlyPayment(simulator)).toMatchObject({
		state: 'AUTHORIZED',
		amount: { currency: 'NOK', value: 49_900 },
		aggregate: { authorizedAmount: { value: 49_900 }, capturedAmount: { value: 0 } },
	});

	const shipped = await waiting.resume([{ json: { 'Tracking Number': '' } }]);
	expect(shipped.error).toBeUndefined();
	expect(shipped.itemsOf('Capture in Full')).toHaveLength(1);
	const { aggregate, events } = await onlyPayment(simulator);
	expect(aggregate).toMatchObject({
		capturedAmount: { currency: 'NOK', value: 49_900 },
		refundedAmount: { value: 0 },
		cancelledAmount: { value: 0 },
	});
	expect(events.filter(({ name }) => name === 'CAPTURED')).toHaveLength(1);
});

it.each([
	['abort', 'ABORTED'],
	['expire', 'EXPIRED'],
] as const)('takes no money when the payment ends by %s', async (decision, state) => {
	const ended = await runUntil(decision);
	expect(ended.error).toBeUndefined();
	expect(ended.isWaiting).toBe(false);
	expect(ended.itemsOf(CUSTOMER)).toMatchObject([{ json: { state } }]);
	expect(ended.itemsOf('Not Paid')).toMatchObject([{ json: { state } }]);
	expect(ended.runData['Order Is Shipped']).toBeUndefined();
	expect(await onlyPayment(simulator)).toMatchObject({
		state,
		aggregate: { capturedAmount: { value: 0 } },
	});
});
