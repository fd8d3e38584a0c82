import { measureRefusals } from './refusals.mjs';
import { makePayments } from './stormPayments.mjs';
import { judgeStorm } from './stormJudge.mjs';
import { deliveriesOf, createWebhookWorld } from './webhookWorld.mjs';

/** n8n builds a sandbox for expressions around every execution, which takes several times as long as all the rest; there are none. */
const QUICK = { N8N_EXPRESSION_ENGINE: 'legacy' };

/** Every second event has one more delivery, which is to start nothing: a third of all. */
const MISCHIEF = [
	{ kind: 'forge', skip: 0, every: 6 },
	{ kind: 'late', skip: 4, every: 6 },
	{ kind: 'repeat', skip: 2, every: 12 },
	{ kind: 'repeat', skip: 8, every: 12, concurrently: true },
	// And some are slow, which is to hold up the events of the same payment only.
	{ kind: 'delay', skip: 5, every: 50, delayMs: 300 },
];

const MOST_ROUNDS = 300;

/** How many of the last events come again after n8n was started anew. */
const REPEATED_AFTER_RESTART = 50;

/**
 * Payments are told to a real n8n, mixed with forged, repeated and late deliveries, and n8n is
 * started anew in the end, when events come again.
 *
 * @param {import('node:test').TestContext} test
 * @param {{ deliveries: number, tell: (line: string) => void }} what how many there are to be, about; and who takes what happens
 * @returns {Promise<object>} the verdict, all deliveries, and how long refusals took
 */
export async function liveThroughStorm(test, { deliveries, tell }) {
	const world = await createWebhookWorld(test, QUICK);
	const { simulator, server, delivered } = world;
	await world.switchOn();
	for (const mischief of MISCHIEF) await simulator.control('POST', '/webhooks/mischief', mischief);

	const began = Date.now();
	const ticker = setInterval(async () => {
		const { counts, pending } = await simulator.control('GET', '/webhooks').catch(() => ({}));
		tell(`${JSON.stringify(counts)}, waiting: ${pending}`);
	}, 10_000);
	await makePayments(simulator, Math.round((deliveries * 2) / 3));
	await delivered(60 + deliveries / 3).finally(() => clearInterval(ticker));
	const seconds = (Date.now() - began) / 1000;

	await simulator.control('DELETE', '/webhooks/mischief');
	// What was taken at the same moment is only together written down with the event after it.
	await makePayments(simulator, 1, 'last');
	await delivered();
	await server.stop();
	await world.restart();
	const told = await deliveriesOf(simulator);
	const last = told.filter(({ kind }) => kind === 'true').slice(-REPEATED_AFTER_RESTART);
	for (const { eventNumber } of last) {
		await simulator.control('POST', '/webhooks/send', { eventNumber });
	}
	const sent = await deliveriesOf(simulator);

	tell('comparing refusals');
	const { eventNumber } = last.at(-1);
	const rounds = Math.min(MOST_ROUNDS, Math.round(deliveries / 20));
	const refusals = await measureRefusals(simulator, { eventNumber, rounds });

	tell('reading the executions');
	const executions = await world.executions();
	const { payments } = await simulator.control('GET', '/payments');
	return {
		...judgeStorm({ executions, payments }),
		executions: executions.length,
		seconds,
		deliveries: sent,
		refusals,
	};
}
