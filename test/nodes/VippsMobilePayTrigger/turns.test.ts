import { startSimulator, type Poller, type Simulator } from '../../harness';
import { disturb } from '../../support/simulated';
import { timeGoesBy } from '../../support/time';
import { expectExactly, truthOf } from '../../support/truth';
import { trigger } from '../../support/vipps';

// n8n makes up for polls that a crash has cut off, several at the same time, and stores what each gives.

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
beforeEach(async () => await simulator.reset({ data: 'demo' }));

const started = async (): Promise<Poller> =>
	await trigger(simulator, { triggerOn: ['fundsEntry', 'feesEntry'] }, { engine: 'durable' });

test('durable cursors: of polls at the same time, one gives the entries', async () => {
	const poller = await started();
	await disturb(simulator, { path: '/feed', times: 100, delayMs: 50 });
	const given = await Promise.all([poller.poll(), poller.poll(), poller.poll()]);
	expect(given.filter((items) => items !== null)).toHaveLength(1);
	while (await poller.poll());
	expectExactly(poller.delivered, (await truthOf(simulator)).entries);
});

test('durable cursors: a poll on a state from before the last one was stored gives nothing again', async () => {
	const poller = await started();
	await poller.poll();
	const stored = poller.savedStaticData;
	poller.setSavedStaticData({});
	expect(await poller.poll()).toBeNull();
	expect(poller.savedStaticData).toEqual({});

	poller.setSavedStaticData(stored);
	await simulator.control.post('/capture', { ledgerId: '12345', amount: 5 });
	while (await poller.poll());
	expectExactly(poller.delivered, (await truthOf(simulator)).entries);
});

test('durable cursors: when nothing was stored for a while, the entries come again with the same keys', async () => {
	const poller = await started();
	await poller.poll();
	const keys = poller.delivered.map(({ dedupeKey }) => dedupeKey);
	poller.setSavedStaticData({});
	timeGoesBy(31_000);
	await poller.poll();
	expect(poller.delivered.map(({ dedupeKey }) => dedupeKey)).toEqual([...keys, ...keys]);
});
