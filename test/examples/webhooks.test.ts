import { sleep, type IDataObject } from 'n8n-workflow';
import {
	runWorkflow,
	startSimulator,
	WebhookWorkflow,
	type CredentialStore,
	type Simulator,
	type WorkflowFile,
	type WorkflowResult,
} from '../harness';
import { forgetTables, rowsOf } from '../harness/n8n-nodes/dataTable';
import { customer, NEW_PAYMENT, pay, paymentsOf } from '../support/pay';
import { merchantKeys, WEBHOOK_TRIGGER } from '../support/vipps';
import { readExample, withFields } from './example';

const { reference } = NEW_PAYMENT;

let simulator: Simulator;
let credentials: CredentialStore;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'empty' });
	credentials = await merchantKeys(simulator);
});

beforeEach(async () => {
	forgetTables();
	await simulator.reset();
});

/** The trigger of an example, active; what it starts with is what the simulator delivers. */
async function activate(example: WorkflowFile): Promise<WebhookWorkflow> {
	const [{ name, parameters, webhookId }] = example.nodes.filter(
		({ type }) => type === WEBHOOK_TRIGGER,
	);
	const type = WEBHOOK_TRIGGER;
	const options = { type, name, parameters, webhookId, credentials };
	const workflow = await WebhookWorkflow.start(options);
	await workflow.activate();
	return workflow;
}

async function startedBy(workflow: WebhookWorkflow, count: number): Promise<IDataObject[]> {
	const end = Date.now() + 10_000;
	while (workflow.started.length < count && Date.now() < end) await sleep(20);
	expect(workflow.started).toHaveLength(count);
	return workflow.started;
}

const run = async (
	example: WorkflowFile,
	startNode: string,
	json: IDataObject = {},
): Promise<WorkflowResult> => {
	const result = await runWorkflow(example, { credentials, startNode, startItems: [{ json }] });
	expect(result.error).toBeUndefined();
	return result;
};

const jsonOf = ({ itemsOf }: WorkflowResult, node: string) => itemsOf(node).map(({ json }) => json);

describe('paid-order-to-invoice.json', () => {
	const example = readExample('paid-order-to-invoice.json');
	const capture = async (amount: string) =>
		await pay(simulator, { operation: 'capture', reference, amountMode: 'partial', amount });

	it('makes an invoice for each capture, once', async () => {
		const trigger = await activate(example);
		await pay(simulator, NEW_PAYMENT);
		await customer(simulator, 'approve', reference);
		await capture('19900');
		await startedBy(trigger, 1);
		await capture('30000');
		const events = await startedBy(trigger, 2);

		const invoices: IDataObject[] = [];
		for (const event of [...events, ...events]) {
			const result = await run(example, 'Money Was Taken', event);
			invoices.push(...jsonOf(result, 'Send or Save the Invoice'));
		}
		const invoice = { reference, currency: 'NOK', email: '' };
		expect(invoices).toMatchObject([
			{ ...invoice, amount: '199.00', takenSoFar: '199.00' },
			{ ...invoice, amount: '300.00', takenSoFar: '499.00' },
		]);
		expect(invoices[0].date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
		expect(rowsOf('vipps_mobilepay_invoices')).toHaveLength(2);
	});

	it('makes none for a capture that was refused', async () => {
		const trigger = await activate(example);
		await pay(simulator, NEW_PAYMENT);
		await customer(simulator, 'approve', reference);
		await simulator.control.post('/payments/fail', {
			reference,
			operation: 'capture',
			code: 6260,
		});
		await capture('19900');
		await capture('19900');
		const [event] = await startedBy(trigger, 1);
		expect(event).toMatchObject({ name: 'CAPTURED', success: true });
	});
});

describe('expired-payment-reminder.json', () => {
	const example = readExample('expired-payment-reminder.json');

	it('makes a new payment for the order, and reminds once', async () => {
		const trigger = await activate(example);
		await pay(simulator, NEW_PAYMENT);
		await customer(simulator, 'expire', reference);
		const [event] = await startedBy(trigger, 1);
		const first = await run(example, 'Payment Has Expired', event);
		const [reminder] = jsonOf(first, 'Send the Reminder');
		expect(reminder.text).toMatch(/^Your order acme-shop-order-1 .* 499\.00 NOK.* http\S+$/);

		// The same event once more makes no other payment.
		await run(example, 'Payment Has Expired', event);
		expect((await paymentsOf(simulator)).map((payment) => payment.reference)).toEqual([
			reference,
			`${reference}-again`,
		]);

		await customer(simulator, 'expire', `${reference}-again`);
		const [, second] = await startedBy(trigger, 2);
		const again = await run(example, 'Payment Has Expired', second);
		expect(jsonOf(again, 'Send the Reminder')).toEqual([]);
		expect(jsonOf(again, 'No Further Reminder')).toHaveLength(1);
	});
});

describe('payment-never-missed.json', () => {
	const example = withFields(readExample('payment-never-missed.json'), 'Your Open Orders', {
		reference,
	});
	const WEBHOOK = 'Customer Has Approved';
	const SCHEDULE = 'Every Five Minutes';
	const TAKEN_ON = 'Take the Order On';
	const takenOn = async (startNode: string, json?: IDataObject) =>
		jsonOf(await run(example, startNode, json), TAKEN_ON).map((order) => order.reference);

	it('takes an order on once, by the webhook or by looking', async () => {
		const trigger = await activate(example);
		expect(await takenOn(SCHEDULE)).toEqual([]);
		await pay(simulator, NEW_PAYMENT);
		expect(await takenOn(SCHEDULE)).toEqual([]);
		await customer(simulator, 'approve', reference);
		const [event] = await startedBy(trigger, 1);
		expect(await takenOn(WEBHOOK, event)).toEqual([reference]);
		expect(await takenOn(SCHEDULE)).toEqual([]);
		expect(await takenOn(WEBHOOK, event)).toEqual([]);
		expect(rowsOf('vipps_mobilepay_orders')).toEqual([{ reference }]);
	});

	it('takes an order on whose webhook never came', async () => {
		await pay(simulator, NEW_PAYMENT);
		await customer(simulator, 'approve', reference);
		expect(await takenOn(SCHEDULE)).toEqual([reference]);
		expect(await takenOn(SCHEDULE)).toEqual([]);
	});

	it('takes none on by an event alone, when the payment says otherwise', async () => {
		await pay(simulator, NEW_PAYMENT);
		const event = { reference, name: 'AUTHORIZED', success: true };
		expect(await takenOn(WEBHOOK, event)).toEqual([]);
	});
});
