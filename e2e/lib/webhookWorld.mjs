import { randomUUID } from 'node:crypto';
import { began, withItems } from './killsExecutions.mjs';
import { eventually } from './polls.mjs';
import { webhookWorkflow, WEBHOOK_TRIGGER } from './workflows.mjs';
import { createWorld } from './world.mjs';

/** All that can happen to a payment. */
export const PAYMENT_EVENTS = [
	'created',
	'aborted',
	'expired',
	'cancelled',
	'captured',
	'refunded',
	'authorized',
	'terminated',
].map((name) => `epayments.payment.${name}.v1`);

/** Payments are made by the hundred, and n8n keeps what it has run. */
const PLENTY = { data: 'empty', options: { writesPerMinute: 0, readsPerMinute: 0 } };
const KEEP_ALL = { EXECUTIONS_DATA_PRUNE: 'false' };

/** The trigger leaves time for being switched on again before it deletes anything. */
const SWITCHED_WITHIN_S = 30;

/**
 * A world with a workflow that the webhook trigger starts, not switched on yet.
 *
 * @param {import('node:test').TestContext} test
 * @param {Record<string, string>} [env] further settings of n8n
 */
export async function createWebhookWorld(test, env = {}) {
	const world = await createWorld(test, { env: { ...KEEP_ALL, ...env } });
	const { rest, simulator, credentials } = world;
	await simulator.control('POST', '/reset', PLENTY);
	const webhookId = randomUUID();
	const contentOf = (triggerOn) =>
		webhookWorkflow({
			name: 'Payment Events',
			webhookId,
			parameters: { triggerOn },
			credential: credentials.merchant,
		});
	const workflow = await rest.createWorkflow(contentOf(PAYMENT_EVENTS));
	const registrations = async () => {
		const { webhooks } = await simulator.control('GET', '/webhooks');
		return webhooks.filter(({ url }) => url.includes(webhookId));
	};
	const haveCount = (count, what) =>
		eventually(async () => (await registrations()).length === count, what, SWITCHED_WITHIN_S);
	return {
		...world,
		workflow,
		contentOf,
		/** The trigger's own. */
		registrations,
		/** Switches the workflow on; n8n does it a moment after it has said so. */
		switchOn: async (version = workflow) => {
			await rest.activate(version);
			await haveCount(1, 'The trigger has registered');
		},
		switchOff: async () => {
			await rest.deactivate(workflow);
			await haveCount(0, 'The trigger has deleted its registration');
		},
		/** Those that have ended, oldest first, once none is under way. */
		executions: async () => {
			const haveEnded = async () => {
				const all = await began(rest, workflow.id, 'webhook');
				return all.every(({ stoppedAt }) => stoppedAt) && all;
			};
			const ended = await eventually(haveEnded, 'All executions have ended');
			return await withItems(rest, ended, WEBHOOK_TRIGGER);
		},
		/** Waits until every event has been taken. */
		delivered: async (seconds = 60) => {
			const isIdle = async () => (await simulator.control('GET', '/webhooks')).pending === 0;
			await eventually(isIdle, 'Every event has been taken', seconds);
		},
	};
}

/** Everything that was sent to endpoints, in the order of the answers. */
export async function deliveriesOf(simulator) {
	const all = [];
	for (;;) {
		const after = all.at(-1)?.number ?? 0;
		const page = await simulator.control('GET', `/webhooks/deliveries?after=${after}`);
		if (page.deliveries.length === 0) return all;
		all.push(...page.deliveries);
	}
}
