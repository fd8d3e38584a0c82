import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { useSeed } from '../../e2e/lib/killsRandom.mjs';
import { Bookkeeper } from '../../e2e/lib/queueBookkeeper.mjs';
import { judgeEvents } from '../../e2e/lib/queueEvents.mjs';
import { KILL_NAMES, killPlan } from '../../e2e/lib/queueKills.mjs';
import { Shop } from '../../e2e/lib/queueShop.mjs';
import { AMOUNTS } from '../../e2e/lib/queueWorkflows.mjs';

const event = (reference, name, value = 0) => ({
	reference,
	name,
	pspReference: `psp-${reference}-${name}`,
	amount: { currency: 'NOK', value },
	success: true,
});

/** A simulator that only knows these payments. */
const simulatorWith = (payments) => ({ control: async () => ({ payments }) });

test('the same seed gives the same kills; a short run has each kind but one', () => {
	const plans = [1, 1, 2].map((seed) => {
		useSeed(seed);
		return killPlan(20);
	});
	assert.deepEqual(plans[0], plans[1]);
	assert.notDeepEqual(plans[0], plans[2]);
	assert.equal(plans[0].length, 20);
	assert.deepEqual([...new Set(plans[0])].sort(), [...KILL_NAMES].sort());
	assert.equal(new Set(killPlan()).size, KILL_NAMES.length - 1);
	assert.equal(killPlan().length, KILL_NAMES.length - 1);
});

test('events that are missing, repeated or doubled are told apart', async () => {
	const happened = ['CREATED', 'AUTHORIZED', 'CAPTURED'].map((name) => event('r', name));
	const [created, authorized] = happened.map((one) => ({ ...one, dedupeKey: one.name }));
	const verdictOf = async (...items) => {
		const verdict = await judgeEvents(items, simulatorWith([{ events: happened }]));
		return ['lost', 'repeated', 'doubled'].map((what) => verdict[what].map(({ name }) => name));
	};
	assert.deepEqual(await verdictOf(created, authorized), [['CAPTURED'], [], []]);
	assert.deepEqual(await verdictOf(created, created, authorized), [['CAPTURED'], ['CREATED'], []]);
	const otherKey = { ...created, dedupeKey: 'another' };
	assert.deepEqual((await verdictOf(created, otherKey))[2], ['CREATED']);
	const forged = { ...event('r', 'REFUNDED'), dedupeKey: 'forged' };
	assert.deepEqual((await verdictOf(forged))[2], ['REFUNDED']);
});

test('the shop sees what has moved twice, and what is open', async (t) => {
	const answered = t.mock.method(globalThis, 'fetch', async () => new Response('ok'));
	const payments = [];
	const shop = new Shop({ url: 'http://127.0.0.1/order', simulator: simulatorWith(payments) });
	useSeed(1);
	shop.start();
	await shop.stop();
	const [{ arguments: sent }] = answered.mock.calls;
	const { reference } = JSON.parse(sent[1].body);

	const figuresWith = async (...events) => {
		payments.splice(0, payments.length, { reference, events });
		const { captured, refunded, twice, open, cutOff } = await shop.figures();
		return [captured, refunded, twice.length, open.length + cutOff];
	};
	const captured = event(reference, 'CAPTURED', AMOUNTS.captured);
	const refunded = event(reference, 'REFUNDED', AMOUNTS.refunded);
	assert.deepEqual(await figuresWith(), [0, 0, 0, 1]);
	assert.deepEqual(await figuresWith(captured), [1, 0, 0, 1]);
	assert.deepEqual(await figuresWith(captured, refunded), [1, 1, 0, 0]);
	assert.deepEqual(await figuresWith(captured, captured, refunded), [1, 1, 1, 0]);
	assert.deepEqual(await figuresWith(captured, refunded, refunded), [1, 1, 1, 0]);
	const refused = { ...captured, success: false };
	assert.deepEqual(await figuresWith(refused, captured, refunded), [1, 1, 0, 0]);
});

test('the bookkeeper sees another settlement, and a sentence of n8n instead of one', async (t) => {
	const first = '[{"payout":28800}]';
	const other = '[{"payout":28801}]';
	const sentence =
		'{"message":"Workflow executed successfully but the last node did not return any data"}';
	const answers = [first, first, other, sentence, 'no JSON'].map((text) => new Response(text));
	answers.push(new Response('gone', { status: 502 }));
	t.mock.method(globalThis, 'fetch', async () => answers.shift() ?? new Response(first));
	const bookkeeper = new Bookkeeper({ urls: ['http://127.0.0.1/'], period: {}, pauseMs: 1 });
	assert.deepEqual(await bookkeeper.start(), [JSON.parse(first)]);
	while (bookkeeper.figures.same < 2) await sleep(1);
	await bookkeeper.stop();
	const { same, ...unlike } = bookkeeper.figures;
	assert.deepEqual(unlike, { other: 2, sentence: 1, none: 1 });
	assert.equal(bookkeeper.otherAnswer, other);
});
