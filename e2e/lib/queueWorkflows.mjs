const PACKAGE = 'n8n-nodes-vippsmobilepay';

/** What the shop's payments move, in minor units: so little that a doubled request would go through. */
export const AMOUNTS = { authorized: 1_000, captured: 300, refunded: 100 };

const referenceOf = "$('Order').first().json.body.reference";
const ownKey = (move) =>
	`={{ $('Order').first().json.body.ownKeys ? '${move}-' + ${referenceOf} : '' }}`;

const webhook = ({ name, path, parameters }) => ({
	id: path,
	name,
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: path,
	parameters: { httpMethod: 'POST', path, ...parameters },
});

const action = (name, { type, id, name: credential }, parameters) => ({
	id: name,
	name,
	type: `${PACKAGE}.vippsMobilePay`,
	typeVersion: 1,
	parameters,
	credentials: { [type]: { id, name: credential } },
});

/** One node after the other. */
const chain = (name, nodes) => ({
	name,
	nodes: nodes.map((node, at) => ({ ...node, position: [220 * at, 0] })),
	connections: Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name: from }, at) => [
				from,
				{ main: [[{ node: nodes[at + 1].name, type: 'main', index: 0 }]] },
			]),
	),
	settings: { executionOrder: 'v1' },
});

/**
 * Takes an order (`reference`, and whether it has idempotency keys of its own: `ownKeys`), waits for
 * the customer, captures a part and refunds a part of that.
 *
 * @param {object} credential with merchant keys
 */
export function orderWorkflow(credential) {
	const payment = (name, operation, parameters) =>
		action(name, credential, {
			authentication: 'merchantApi',
			resource: 'payment',
			operation,
			reference: `={{ ${referenceOf} }}`,
			...parameters,
		});
	const move = (name, operation, amount) =>
		payment(name, operation, {
			amountMode: 'partial',
			amountUnit: 'minor',
			amount: String(amount),
			currency: 'NOK',
			options: { idempotencyKey: ownKey(operation) },
		});
	return chain('Orders', [
		webhook({ name: 'Order', path: 'order', parameters: { responseMode: 'onReceived' } }),
		payment('Ask', 'create', {
			amountUnit: 'minor',
			amount: String(AMOUNTS.authorized),
			currency: 'NOK',
			userFlow: 'WEB_REDIRECT',
			returnUrl: 'https://example.com/thanks',
		}),
		payment('Wait', 'waitForState', { states: ['AUTHORIZED'], timeoutSeconds: 60 }),
		move('Capture', 'capture', AMOUNTS.captured),
		move('Refund', 'refund', AMOUNTS.refunded),
	]);
}

/**
 * Answers with what a settlement operation gives for `ledgerId`, `fromDate` and `toDate`.
 *
 * @param {'getSummary' | 'createVouchers'} operation the webhook's path, too
 * @param {object} credential with accounting keys
 */
export function settlementWorkflow(operation, credential) {
	const further = { getSummary: {}, createVouchers: { groupBy: 'payout', preset: 'norway' } };
	return chain(operation, [
		webhook({
			name: 'Period',
			path: operation,
			parameters: { responseMode: 'lastNode', responseData: 'allEntries' },
		}),
		action('Settlement', credential, {
			authentication: 'accountingApi',
			resource: 'settlement',
			operation,
			ledgerId: { __rl: true, mode: 'id', value: '={{ $json.body.ledgerId }}' },
			fromDate: '={{ $json.body.fromDate }}',
			toDate: '={{ $json.body.toDate }}',
			...further[operation],
		}),
	]);
}

/** The name of the trigger in the workflow below. */
export const EVENTS = 'Events';

/**
 * Is told of everything that happens to a payment.
 *
 * @param {object} credential with merchant keys
 */
export function eventWorkflow({ type, id, name }) {
	const events = ['created', 'authorized', 'captured', 'refunded'];
	return chain('Events of payments', [
		{
			id: 'events',
			name: EVENTS,
			type: `${PACKAGE}.vippsMobilePayWebhookTrigger`,
			typeVersion: 1,
			webhookId: 'events',
			parameters: { triggerOn: events.map((event) => `epayments.payment.${event}.v1`) },
			credentials: { [type]: { id, name } },
		},
		{ id: 'end', name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]);
}
