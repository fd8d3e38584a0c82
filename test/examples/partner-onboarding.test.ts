import { sleep } from 'n8n-workflow';
import {
	runWorkflow,
	startSimulator,
	type CredentialStore,
	type Simulator,
	type WorkflowFile,
} from '../harness';
import { advanceOrder, manage, ordersOf } from '../support/manage';
import { partnerKeys } from '../support/vipps';
import { readExample, withFields } from './example';

const MS_PER_MINUTE = 60_000;

/** The looks follow each other quickly. */
const example = withFields(readExample('partner-onboarding.json'), 'The Merchant', {
	minutesBetweenLooks: 100 / MS_PER_MINUTE,
});

let simulator: Simulator;
let credentials: CredentialStore;

beforeAll(async () => {
	simulator = await startSimulator();
	credentials = await partnerKeys(simulator);
});

beforeEach(async () => await simulator.reset());

const run = async (workflow: WorkflowFile = example) =>
	await runWorkflow(workflow, { credentials });

/** The order that the example has made, once it is there. */
async function newOrder(known: number) {
	for (let look = 0; look < 100; look++) {
		const orders = await ordersOf(simulator);
		if (orders.length > known) return orders[known];
		await sleep(50);
	}
	throw new Error('There is no new order');
}

it('prefills an order, waits until it is completed, and reads the sales unit', async () => {
	await simulator.reset({ options: { orders: 'progress' } });
	const before = await ordersOf(simulator);
	const { error, itemsOf, runData } = await run();
	expect(error).toBeUndefined();

	const orders = await ordersOf(simulator);
	expect(orders).toHaveLength(before.length + 1);
	const order = orders[before.length];
	expect(order).toMatchObject({
		productOrderType: 'PREFILL',
		productType: 'PAYMENT_INTEGRATION',
		businessIdentifier: { scheme: 'business:NO:ORG', id: '987654321' },
		status: 'COMPLETED',
		salesUnit: { name: 'Example Socks' },
	});
	expect(itemsOf('Send the Link to the Merchant')).toMatchObject([
		{ json: { prefilledOrderId: order.productOrderId, prefillUrl: order.productOrderUrl } },
	]);
	// Received, viewed and submitted were seen first.
	expect(runData['Look at the Order']).toHaveLength(4);

	const { msn } = order.salesUnit as { msn: string };
	expect(itemsOf('Read the Sales Unit')).toMatchObject([{ json: { msn, name: 'Example Socks' } }]);
	const { json: units } = await manage(simulator, { resource: 'salesUnit', operation: 'getAll' });
	expect(units).toContainEqual(expect.objectContaining({ msn }));
	expect(runData['No Sales Unit']).toBeUndefined();
});

it.each(['REJECTED', 'EXPIRED'])('goes the other way when the order is %s', async (status) => {
	const { length } = await ordersOf(simulator);
	const running = run();
	const { productOrderId } = await newOrder(length);
	await advanceOrder(simulator, productOrderId, status);
	const { error, itemsOf, runData } = await running;
	expect(error).toBeUndefined();
	expect(itemsOf('No Sales Unit')).toMatchObject([{ json: { productOrderId, status } }]);
	expect(runData['Read the Sales Unit']).toBeUndefined();
});

it.each([
	['NO', 'PAYMENT_INTEGRATION', 'POS standard', 2],
	['DK', 'PAYMENT_INTEGRATION', 'Webshop standard', 1],
	['FI', 'PAYMENT_INTEGRATION', 'Verkkokauppa', 1],
	['NO', 'CASHIER', 'Kasse standard', 1],
])('takes a price package of %s and %s: %s', async (market, productType, name, fitting) => {
	await simulator.reset({ options: { orders: 'progress' } });
	const { error, itemsOf } = await run(
		withFields(example, 'The Merchant', { market, productType }),
	);
	expect(error).toBeUndefined();
	expect(itemsOf('For This Market and Product')).toHaveLength(fitting);
	expect(itemsOf('The First of Them')).toMatchObject([{ json: { name, market, productType } }]);
});

it('orders nothing when no price package fits', async () => {
	const before = await ordersOf(simulator);
	const { error, runData } = await run(withFields(example, 'The Merchant', { market: 'SE' }));
	expect(error).toBeUndefined();
	expect(runData['Prefill the Order']).toBeUndefined();
	expect(await ordersOf(simulator)).toEqual(before);
});

it('is put away by n8n between looks that are an hour apart', async () => {
	await simulator.reset({ options: { orders: 'progress' } });
	let result = await run(withFields(example, 'The Merchant', { minutesBetweenLooks: 60 }));
	for (let look = 0; look < 4; look++) {
		expect(result.isWaiting).toBe(true);
		result = await result.resume();
	}
	expect(result.error).toBeUndefined();
	expect(result.itemsOf('Read the Sales Unit')).toMatchObject([
		{ json: { name: 'Example Socks' } },
	]);
});
