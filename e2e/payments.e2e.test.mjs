import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBrowser, openPage } from './lib/browser.mjs';
import { readExample } from './lib/examples.mjs';
import { addCapturedPayment, paymentsOf } from './lib/payments.mjs';
import { eventually } from './lib/polls.mjs';
import { createWorld } from './lib/world.mjs';

const START = 'Start';

test('The examples with payments and partners in a real n8n', { timeout: 240_000 }, async (t) => {
	const world = await createWorld(t);
	const { rest, simulator } = world;
	const page = findBrowser() ? await openPage(t, world) : undefined;

	const start = async (file, fields) => {
		const { id } = await rest.createWorkflow(await readExample(file, fields));
		return await rest.run(id, START);
	};
	const until = async (executionId, status) =>
		await eventually(async () => {
			const execution = await rest.execution(executionId);
			assert.notEqual(execution.status, 'error', execution.error);
			return execution.status === status && execution;
		}, `Execution ${executionId} ${status}`);

	/** The customer decides on the landing page; without a browser the simulator decides. */
	const decide = async ({ reference, landingUrl }, decision) => {
		if (!page) {
			const route = { approve: 'approve', cancel: 'abort' }[decision];
			return await simulator.control('POST', `/payments/${route}`, { reference });
		}
		await page.goto(landingUrl);
		assert.match(await page.locator('#amount').innerText(), /499[.]00 NOK/);
		await page.locator(`#${decision}`).click();
		await page.locator('#result').waitFor();
	};

	/** The form that an execution waits at is sent by a person; without a browser as a browser does. */
	const answer = async ({ url, shows, choice }) => {
		if (!page) {
			const text = await (await fetch(url)).text();
			assert.ok(text.includes(shows), `${shows} is not in the form`);
			const form = new FormData();
			form.set('field-0', choice ?? '');
			const response = await fetch(url, { method: 'POST', body: form });
			assert.equal(response.status, 200);
			return;
		}
		await page.goto(url, { waitUntil: 'domcontentloaded' });
		await page.getByText(shows).first().waitFor();
		if (choice) await page.locator('select').selectOption(choice);
		await page.locator('#submit-btn').click();
		await page.locator('#submitted-form').waitFor();
	};

	const newestPayment = async (known) => {
		const found = async () => (await paymentsOf(simulator))[known];
		return await eventually(found, 'A new payment');
	};
	const aggregateOf = async (reference) =>
		(await paymentsOf(simulator)).find((payment) => payment.reference === reference).aggregate;

	await t.test('capture on shipment: approved and shipped, the money is captured', async () => {
		const { length } = await paymentsOf(simulator);
		const id = await start('payment-capture-on-shipment.json');
		const payment = await newestPayment(length);
		await decide(payment, 'approve');
		const waiting = await until(id, 'waiting');
		assert.equal((await aggregateOf(payment.reference)).capturedAmount.value, 0);

		const [{ metadata }] = waiting.runData['Order Is Shipped'];
		await answer({ url: metadata.resumeFormUrl, shows: '499.00 NOK are reserved' });
		await until(id, 'success');
		assert.equal((await aggregateOf(payment.reference)).capturedAmount.value, 49_900);
	});

	await t.test('capture on shipment: the customer says no, no money is taken', async () => {
		const { length } = await paymentsOf(simulator);
		const id = await start('payment-capture-on-shipment.json');
		const payment = await newestPayment(length);
		await decide(payment, 'cancel');
		const { runData } = await until(id, 'success');
		assert.ok(runData['Not Paid']);
		assert.equal(runData['Capture in Full'], undefined);
		assert.equal((await aggregateOf(payment.reference)).capturedAmount.value, 0);
	});

	for (const [choice, refunded] of [
		['Decline', 0],
		['Approve', 10_000],
	]) {
		await t.test(`refund with approval: ${choice}`, async () => {
			const reference = `example-order-${choice}`;
			await addCapturedPayment(simulator, { reference, value: 49_900 });
			const id = await start('payment-refund-with-approval.json', {
				'The Request': { reference },
			});
			const [{ approvalUrl }] = (await until(id, 'waiting')).itemsOf('Ask the Approver');
			assert.equal((await aggregateOf(reference)).refundedAmount.value, 0);

			await answer({ url: approvalUrl, shows: `Refund 100.00 NOK of ${reference}?`, choice });
			const { runData } = await until(id, 'success');
			assert.equal(Boolean(runData.Refund), choice === 'Approve');
			assert.equal((await aggregateOf(reference)).refundedAmount.value, refunded);
			const again = await fetch(approvalUrl, { method: 'POST', body: new FormData() });
			await again.text();
			assert.equal((await aggregateOf(reference)).refundedAmount.value, refunded);
		});
	}

	for (const status of ['COMPLETED', 'REJECTED']) {
		await t.test(`partner onboarding: an order that becomes ${status}`, async () => {
			const ordersOf = async () =>
				(await simulator.control('GET', '/product-orders')).productOrders;
			const { length } = await ordersOf();
			const id = await start('partner-onboarding.json', {
				'The Merchant': { minutesBetweenLooks: 0.02 },
			});
			const order = await eventually(async () => (await ordersOf())[length], 'A new order');
			const { productOrderId } = order;
			await simulator.control('POST', '/product-orders/advance', { productOrderId, status });
			const { itemsOf, runData } = await until(id, 'success');
			if (status === 'COMPLETED') {
				const { salesUnit } = (await ordersOf())[length];
				const [{ msn, name }] = itemsOf('Read the Sales Unit');
				assert.deepEqual({ msn, name }, salesUnit);
				assert.equal(runData['No Sales Unit'], undefined);
			} else {
				assert.equal(itemsOf('No Sales Unit')[0].status, status);
				assert.equal(runData['Read the Sales Unit'], undefined);
			}
		});
	}
});
