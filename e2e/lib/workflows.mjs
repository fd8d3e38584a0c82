const PACKAGE = 'n8n-nodes-vippsmobilepay';

const END = {
	id: 'end',
	name: 'End',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [220, 0],
	parameters: {},
};

/** The name of the trigger in the workflows that are made here. */
export const TRIGGER = 'New Entries';

/**
 * A workflow of the trigger and a node after it that does nothing.
 *
 * @param {{ name: string, parameters: object, credential: { id: string, name: string, type: string } }} what
 */
export function triggerWorkflow({ name, parameters, credential }) {
	const { id, name: credentialName, type } = credential;
	return {
		name,
		nodes: [
			{
				id: 'trigger',
				name: TRIGGER,
				type: `${PACKAGE}.vippsMobilePayTrigger`,
				typeVersion: 1,
				position: [0, 0],
				parameters: {
					ledgers: 'all',
					startFrom: 'beginning',
					pollTimes: { item: [{ mode: 'everyMinute' }] },
					...parameters,
				},
				credentials: { [type]: { id, name: credentialName } },
			},
			END,
		],
		connections: { [TRIGGER]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** The name of the webhook trigger in the workflows that are made here. */
export const WEBHOOK_TRIGGER = 'Payment Events';

/**
 * A workflow of the webhook trigger and a node after it that does nothing.
 *
 * @param {object} what
 * @param {string} what.name
 * @param {string} what.webhookId what makes its address its own
 * @param {object} what.parameters of the trigger
 * @param {{ id: string, name: string, type: string }} what.credential
 */
export function webhookWorkflow({ name, webhookId, parameters, credential }) {
	const { id, name: credentialName, type } = credential;
	return {
		name,
		nodes: [
			{
				id: 'trigger',
				name: WEBHOOK_TRIGGER,
				type: `${PACKAGE}.vippsMobilePayWebhookTrigger`,
				typeVersion: 1,
				position: [0, 0],
				webhookId,
				parameters,
				credentials: { [type]: { id, name: credentialName } },
			},
			END,
		],
		connections: { [WEBHOOK_TRIGGER]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/**
 * A workflow that runs one operation of the action node when it is started by hand.
 *
 * @param {{ name: string, parameters: object, credential: { id: string, name: string, type: string } }} what
 */
export function actionWorkflow({ name, parameters, credential }) {
	const { id, name: credentialName, type } = credential;
	return {
		name,
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'action',
				name: 'Vipps MobilePay',
				type: `${PACKAGE}.vippsMobilePay`,
				typeVersion: 1,
				position: [220, 0],
				parameters,
				credentials: { [type]: { id, name: credentialName } },
			},
		],
		connections: { Start: { main: [[{ node: 'Vipps MobilePay', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
