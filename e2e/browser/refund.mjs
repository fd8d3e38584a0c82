import assert from 'node:assert/strict';
import { addCapturedPayment, paymentsOf } from '../lib/payments.mjs';

/** Builds the workflow of a refund in the editor, and runs it. */
export async function refundByHand({ editor, simulator, credentials }) {
	const { page } = editor;
	const reference = 'example-order-1';
	await addCapturedPayment(simulator, { reference, value: 49_900 });

	await editor.open('/workflow/new');
	await page.locator('[data-test-id="canvas-plus-button"]').click();
	const search = page.locator('[data-test-id="node-creator-search-bar"]');
	const found = page
		.locator('[data-test-id="node-creator-item-name"]')
		.filter({ hasText: /^\s*Vipps MobilePay\s*$/ });
	for (const words of ['vipps', 'mobilepay', 'payout', 'refund']) {
		await search.fill(words);
		await found.first().waitFor();
	}
	await editor.picture('search');
	await found.first().click();
	await page
		.locator('[data-test-id="node-creator-category-item"]')
		.filter({ hasText: 'Actions' })
		.click();
	await editor.picture('actions');
	await page
		.locator('[data-test-id="node-creator-item-name"]')
		.filter({ hasText: /^Refund payment$/ })
		.click();

	await editor.node.waitFor();
	const shown = await editor.fields();
	assert.deepEqual(shown.slice(0, 4), ['Resource', 'Operation', 'Reference', 'Amount Mode']);
	await editor.chooseCredential(credentials.merchant);
	await editor.write('reference', reference);
	await editor.choose('amountMode', /^Partial/);
	await editor.choose('amountUnit', /^Major Units/);
	await editor.write('amount', '149.50');
	await editor.execute();
	await editor.output.getByText('refundedAmountDecimal').first().waitFor();
	await editor.picture('refund');

	const payment = (await paymentsOf(simulator)).find((one) => one.reference === reference);
	assert.equal(payment.aggregate.refundedAmount.value, 14_950);
}
