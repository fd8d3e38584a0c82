import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startMessenger, startModel } from './lib/agentPeers.mjs';
import { addCapturedPayment, paymentsOf } from './lib/payments.mjs';
import { eventually } from './lib/polls.mjs';
import { createWorld } from './lib/world.mjs';

/** What fetches a link unseen, as messengers do for their previews, decides nothing. */
const PERSON = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const fromModel = (name, about, type = 'string') =>
	`={{ $fromAI('${name}', '${about}', '${type}') }}`;

/** An agent whose one tool refunds, with somebody between it and the money. */
function refundingAgent({ merchant, openAi, telegram }) {
	const node = (name, type, typeVersion, parameters, credential) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		...(credential && {
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		}),
	});
	const to = (name, type) => ({ [type]: [[{ node: name, type, index: 0 }]] });
	return {
		name: 'An agent that may refund when somebody says yes',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('AI Agent', '@n8n/n8n-nodes-langchain.agent', 3.1, {
				promptType: 'define',
				text: 'The customer wants the money back',
			}),
			node(
				'Model',
				'@n8n/n8n-nodes-langchain.lmChatOpenAi',
				1.2,
				{ model: { __rl: true, mode: 'id', value: 'scripted' } },
				openAi,
			),
			node(
				'Approval',
				'n8n-nodes-base.telegramHitlTool',
				1.2,
				{
					chatId: '1',
					message: '=Refund {{ $tool.parameters.amount }} NOK of {{ $tool.parameters.reference }}?',
					approvalOptions: { values: { approvalType: 'double' } },
				},
				telegram,
			),
			node(
				'Refund payment',
				'n8n-nodes-vippsmobilepay.vippsMobilePayTool',
				1,
				{
					authentication: 'merchantApi',
					resource: 'payment',
					operation: 'refund',
					reference: fromModel('reference', 'The reference of the payment'),
					amountMode: 'partial',
					amountUnit: 'major',
					amount: fromModel('amount', 'How much, in kroner'),
					currency: 'NOK',
				},
				merchant,
			),
		],
		connections: {
			Start: to('AI Agent', 'main'),
			Model: to('AI Agent', 'ai_languageModel'),
			'Refund payment': to('Approval', 'ai_tool'),
			Approval: to('AI Agent', 'ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
}

test('An AI agent in a real n8n, with a scripted model', { timeout: 400_000 }, async (t) => {
	const model = await startModel(t);
	const messenger = await startMessenger(t);
	const world = await createWorld(t);
	const { rest, simulator, credentials } = world;
	const save = async (credential) => ({
		...credential,
		id: await rest.createCredential(credential),
	});
	const openAi = await save({
		name: 'Scripted model',
		type: 'openAiApi',
		data: { apiKey: 'made-up', url: model.url },
	});
	const telegram = await save({
		name: 'Messenger',
		type: 'telegramApi',
		data: { accessToken: 'made-up', baseUrl: messenger.url },
	});
	const workflow = refundingAgent({ merchant: credentials.merchant, openAi, telegram });
	const { id } = await rest.createWorkflow(workflow);

	const until = async (executionId, status) =>
		await eventually(async () => {
			const execution = await rest.execution(executionId);
			assert.notEqual(execution.status, 'error', execution.error);
			return execution.status === status && execution;
		}, `Execution ${executionId} ${status}`);

	/** Lets the agent want a refund, and gives the two answers that somebody is offered. */
	const ask = async (reference) => {
		await addCapturedPayment(simulator, { reference, value: 49_900 });
		const args = { toolParameters: { reference, amount: '100.50' }, hitlParameters: {} };
		model.script = { tool: 'Refund_payment', args };
		const sent = messenger.messages.length;
		const executionId = await rest.run(id, 'Start');
		const message = await eventually(() => messenger.messages[sent], 'A message to the approver');
		// The message is out before n8n has put the execution away.
		await until(executionId, 'waiting');
		return { executionId, message };
	};
	const refunded = async (reference) =>
		(await paymentsOf(simulator)).find((payment) => payment.reference === reference).aggregate
			.refundedAmount.value;
	const answer = async ({ executionId, message }, approved) => {
		const button = message.buttons.find(({ url }) => url.includes(`approved=${approved}`));
		const response = await fetch(button.url, { headers: { 'user-agent': PERSON } });
		assert.ok(response.ok, `${response.status} ${await response.text()}`);
		return await until(executionId, 'success');
	};

	await t.test('refunds nothing before somebody has said yes, and then once', async () => {
		const asked = await ask('agent-order-1');
		const [tool] = model.tools;
		assert.match(tool.description, /refund/i);
		assert.deepEqual(Object.keys(tool.parameters.properties.toolParameters.properties), [
			'reference',
			'amount',
		]);
		assert.match(asked.message.text, /^Refund 100[.]50 NOK of agent-order-1[?]/);
		assert.equal(await refunded('agent-order-1'), 0);
		const { itemsOf } = await answer(asked, true);
		assert.equal(await refunded('agent-order-1'), 10_050);
		assert.match(itemsOf('AI Agent')[0].output, /"refundedAmountDecimal":"100[.]50"/);
	});

	await t.test('refunds nothing when somebody says no, and the model is told', async () => {
		const asked = await ask('agent-order-2');
		const { itemsOf } = await answer(asked, false);
		assert.equal(await refunded('agent-order-2'), 0);
		assert.match(itemsOf('AI Agent')[0].output, /rejected/i);
	});
});
