import { runWorkflow, startSimulator, type CredentialStore, type Simulator } from '../harness';
import { customer } from '../support/pay';
import { merchantKeys } from '../support/vipps';
import { readExample, withFields } from './example';
import { onlyPayment } from './onlyPayment';

const example = readExample('payment-by-email-link.json');

let simulator: Simulator;
let credentials: CredentialStore;

beforeAll(async () => {
	simulator = await startSimulator();
	credentials = await merchantKeys(simulator);
});

beforeEach(async () => await simulator.reset());

const run = async (workflow = example) => await runWorkflow(workflow, { credentials });

it('sends a link that is good for two weeks, and waits', async () => {
	const waiting = await run();
	expect(waiting.error).toBeUndefined();
	expect(waiting.isWaiting).toBe(true);
	const payment = await onlyPayment(simulator);
	expect(payment).toMatchObject({ state: 'CREATED', amount: { currency: 'NOK', value: 125_000 } });
	const [{ json }] = waiting.itemsOf('Send the E-Mail');
	expect(json).toMatchObject({
		to: 'customer@example.com',
		subject: 'Invoice: Piano lessons in May',
	});
	expect(json.text).toContain('you can pay 1250.00 NOK for Piano lessons in May');
	expect(json.text).toContain(String((payment as { redirectUrl?: string }).redirectUrl ?? 'http'));

	const later = await waiting.resume();
	expect(later.isWaiting).toBe(true);
	expect(later.runData['Capture in Full']).toBeUndefined();
});

it('captures once when the customer has approved', async () => {
	const waiting = await run();
	const { reference } = await onlyPayment(simulator);
	await customer(simulator, 'approve', reference);
	const ended = await waiting.resume();
	expect(ended.error).toBeUndefined();
	expect(ended.isWaiting).toBe(false);
	const { aggregate, events } = await onlyPayment(simulator);
	expect(aggregate.capturedAmount.value).toBe(125_000);
	expect(events.filter(({ name }) => name === 'CAPTURED')).toHaveLength(1);
});

it.each(['abort', 'expire'] as const)('takes nothing after %s', async (decision) => {
	const waiting = await run();
	const { reference } = await onlyPayment(simulator);
	await customer(simulator, decision, reference);
	const ended = await waiting.resume();
	expect(ended.error).toBeUndefined();
	expect(ended.itemsOf('Not Paid')).toHaveLength(1);
	expect((await onlyPayment(simulator)).aggregate.capturedAmount.value).toBe(0);
});

it('makes one payment for an invoice, however often it is run', async () => {
	const invoice = withFields(example, 'The Invoice', { reference: 'invoice-2026-1' });
	await run(invoice);
	const second = await run(invoice);
	expect(second.error?.message).toContain('invoice-2026-1');
	expect(second.runData['Send the E-Mail']).toBeUndefined();
	expect((await onlyPayment(simulator)).reference).toBe('invoice-2026-1');
});
