import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { engineLog, expectNoSecrets, startSimulator, type Simulator } from '../../../harness';
import type { ToolCall } from '../../../harness/ai-tools';
import { askAgent } from '../../../support/agent';
import { customer, NEW_PAYMENT, pay, paymentsOf } from '../../../support/pay';
import { apiRequests, disturb, forgetRequests, secretsOf } from '../../../support/simulated';
import { merchantKeys } from '../../../support/vipps';

let simulator: Simulator;

const REFERENCE = NEW_PAYMENT.reference;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => {
	await simulator.reset({ options: { writesPerMinute: 0 } });
	await pay(simulator, NEW_PAYMENT);
	await customer(simulator, 'approve', REFERENCE);
	await forgetRequests(simulator);
});

const reference = "={{ $fromAI('reference', 'The reference of the payment', 'string') }}";

const TOOLS: Record<string, INodeParameters> = {
	'Get a payment': { resource: 'payment', operation: 'get', reference },
	'Get events': { resource: 'payment', operation: 'getEvents', reference },
	'Capture an amount': {
		resource: 'payment',
		operation: 'capture',
		reference,
		amountMode: 'partial',
		amountUnit: 'major',
		amount: "={{ $fromAI('amount', 'How much, in kroner', 'number') }}",
		currency: "={{ $fromAI('currency', 'NOK, DKK or EUR', 'string', 'NOK') }}",
	},
	'Create a payment': {
		resource: 'payment',
		...NEW_PAYMENT,
		reference,
		amountUnit: 'major',
		amount: "={{ $fromAI('amount', 'How much, in kroner', 'string') }}",
	},
};

const ask = async (
	version: 2 | 3,
	calls: ToolCall[],
	settings: Partial<INode> = {},
	credentials = merchantKeys(simulator),
) => await askAgent({ tools: TOOLS, version, credentials: await credentials, settings }, calls);

const captured = async () =>
	((await paymentsOf(simulator))[0].aggregate as Record<string, IDataObject>).capturedAmount.value;

const capture = (amount: unknown): ToolCall => ({
	tool: 'Capture an amount',
	args: { reference: REFERENCE, amount, currency: 'NOK' } as IDataObject,
});

it('tells a model what each tool is for and what it needs', async () => {
	const { json } = await ask(2, [
		{ tool: 'Get a payment', args: { reference: REFERENCE } },
		capture(1),
	]);
	expect(json.map(({ description, arguments: names }) => [description, names])).toEqual([
		[expect.stringMatching(/get.*payment/i), ['reference']],
		[expect.stringMatching(/capture.*payment/i), ['reference', 'amount', 'currency']],
	]);
});

describe.each([
	['the agent', 2],
	['the engine', 3],
] as const)('as a tool that %s runs, the node', (_name, version) => {
	it('reads a payment by the reference that the model gives', async () => {
		const { json, error } = await ask(version, [
			{ tool: 'Get a payment', args: { reference: REFERENCE } },
		]);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1);
		expect(json[0].answer).toMatchObject([{ reference: REFERENCE, state: 'AUTHORIZED' }]);
		expect((json[0].answer as unknown[]).length).toBe(1);
	});

	it('gives all of several items', async () => {
		const { json } = await ask(version, [{ tool: 'Get events', args: { reference: REFERENCE } }]);
		expect(json[0].answer).toMatchObject([{ name: 'CREATED' }, { name: 'AUTHORIZED' }]);
	});

	it('creates a payment', async () => {
		const { json } = await ask(version, [
			{ tool: 'Create a payment', args: { reference: 'acme-shop-order-2', amount: '19.99' } },
		]);
		expect(json[0].answer).toMatchObject([{ reference: 'acme-shop-order-2' }]);
		expect((await paymentsOf(simulator))[1].amount).toEqual({ currency: 'NOK', value: 1999 });
	});

	it('captures exactly what the model says, each call by itself', async () => {
		const { json } = await ask(version, [capture(64.4), capture(8.2), capture(0.29)]);
		expect(json.map(({ answer }) => (answer as IDataObject[])[0].reference)).toEqual([
			REFERENCE,
			REFERENCE,
			REFERENCE,
		]);
		expect(await captured()).toBe(6440 + 820 + 29);
		const keys = (await apiRequests(simulator))
			.map(({ headers }) => headers['idempotency-key'])
			.filter(Boolean);
		expect(new Set(keys).size).toBe(3);
	});

	it('tells the model why something was refused, and sends nothing', async () => {
		const { json } = await ask(version, [capture(500), capture(1.005)]);
		const [[tooMuch], [tooFine]] = json.map(({ answer }) => answer as IDataObject[]);
		expect(tooMuch.error).toContain('Only 499.00 NOK of the payment');
		expect(tooFine.error).toContain("'Amount' is not an amount in major units: 1.005");
		expect(await captured()).toBe(0);
		expect((await apiRequests(simulator)).map(({ method }) => method)).not.toContain('POST');
	});

	describe('whose capture is done while its answer is lost and the history cannot be read', () => {
		beforeEach(
			async () =>
				await disturb(
					simulator,
					{ path: '/capture$', status: 400, body: '', carryOut: true },
					{ path: '/events$', status: 400, body: '' },
				),
		);

		it('captures once, however often n8n tries', async () => {
			const tries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
			const { json } = await ask(version, [capture(100)], tries);
			expect(json[0].answer).toMatchObject([{ reference: REFERENCE }]);
			expect(await captured()).toBe(10000);
		});

		it('captures once, when the model asks again', async () => {
			const { json } = await ask(version, [capture(100), capture(100), capture(100)]);
			expect(json.map(({ answer }) => (answer as IDataObject[])[0])).toMatchObject([
				{ error: expect.stringMatching(/\w{4}/) },
				{ reference: REFERENCE },
				{ reference: REFERENCE },
			]);
			expect(await captured()).toBe(10000);
		});
	});

	it('tells no secret', async () => {
		const credentials = merchantKeys(simulator);
		const { run } = await ask(
			version,
			[{ tool: 'Get a payment', args: { reference: 'unknown-order' } }, capture(1)],
			{},
			credentials,
		);
		expectNoSecrets([run, engineLog.lines], await secretsOf(simulator, await credentials));
	});
});
