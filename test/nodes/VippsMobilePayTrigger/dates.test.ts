import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSimulator, type PollEngine, type Simulator } from '../../harness';
import { withoutIsolates } from '../../support/expressions';
import { byId, move, settle } from '../../support/settle';
import { apiPaths, disturb, forgetRequests, setClock } from '../../support/simulated';
import { trigger } from '../../support/vipps';

withoutIsolates();

const EVENTS = ['ledgerDateClosed', 'payoutScheduled'];

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});

const start = async (parameters: INodeParameters, engine: PollEngine = 'default') => {
	const poller = await trigger(simulator, { triggerOn: EVENTS, ...parameters }, { engine });
	await poller.activate();
	return poller;
};

const of = (topic: string, items: IDataObject[]) => items.filter((item) => item.topic === topic);

/** An event without what the trigger adds to it. */
const bare = (items: IDataObject[]) =>
	items.map((item) =>
		Object.fromEntries(
			Object.entries(item).filter(([name]) => name !== 'topic' && name !== 'dedupeKey'),
		),
	);

describe.each<PollEngine>(['default', 'durable'])('with the %s engine', (engine) => {
	test('each closed date and each payout comes once, as the action node gives it', async () => {
		await simulator.reset({ data: 'demo', now: '2026-05-08T12:00:00Z' });
		const ledgers = { ledgers: 'selected', ledgerIds: ['302321'] };
		const from = { startFrom: 'date', startDate: '2026-05-04' };
		const poller = await start({ ...ledgers, ...from }, engine);
		for (let polls = 0; polls < 3; polls++) await poller.poll();

		const period = { ledgerId: byId('302321'), fromDate: '2026-05-04', toDate: '2026-05-07' };
		const summaries = await settle(simulator, 'getSummary', period);
		const payouts = await settle(simulator, 'getPayouts', period);
		const { delivered } = poller;
		expect(summaries.json).toHaveLength(4);
		expect(payouts.json).toHaveLength(2);
		expect(bare(of('ledgerDate', delivered))).toEqual(summaries.json);
		expect(bare(of('payout', delivered))).toEqual(payouts.json);
		expect(new Set(delivered.map(({ dedupeKey }) => dedupeKey)).size).toBe(6);
		expect(delivered.every(({ ledgerId }) => ledgerId === '302321')).toBe(true);
	});

	test('from now on means from the date of the activation on, also over a restart', async () => {
		await simulator.reset({ data: 'demo', now: '2026-05-10T21:59:30Z' });
		const poller = await start({ startFrom: 'now' }, engine);
		await move(simulator, 'capture', { ledgerId: '302321', amount: 5000 });
		// Midnight in Oslo.
		await setClock(simulator, '2026-05-10T22:00:30Z');
		expect(await poller.poll()).not.toBeNull();
		const dates = of('ledgerDate', poller.delivered).map(({ fromDate }) => fromDate);
		expect(dates).toEqual(['2026-05-10', '2026-05-10']);
		expect(of('payout', poller.delivered)).toEqual([
			expect.objectContaining({ toDate: '2026-05-10', captures: 5000 }),
		]);
	});

	test('what was not saved comes again with the same key', async () => {
		await simulator.reset({ data: 'demo', now: '2026-05-08T12:00:00Z' });
		const poller = await start({ startFrom: 'date', startDate: '2026-05-08' }, engine);
		await setClock(simulator, '2026-05-09T12:00:00Z');
		await poller.poll({ crash: 'beforeSave' });
		await poller.poll();
		await poller.poll();
		const keys = poller.delivered.map(({ dedupeKey }) => dedupeKey);
		expect(new Set(keys).size).toBe(2);
	});
});

test('the beginning is the date of the first entry', async () => {
	await simulator.reset({ data: 'demo', now: '2022-10-03T12:00:00Z' });
	const poller = await start({
		triggerOn: ['ledgerDateClosed'],
		startFrom: 'beginning',
		ledgers: 'selected',
		ledgerIds: ['12345'],
	});
	for (let polls = 0; polls < 3; polls++) await poller.poll();
	const [first] = poller.delivered;
	expect(first).toMatchObject({ fromDate: '2022-10-01', captures: 40000, balanceAfter: 0 });
});

test('a weekly payout tells the whole week, though its dates came one by one', async () => {
	await simulator.reset({ data: 'empty', now: '2026-06-01T10:00:00Z' });
	const ledger = { ledgerId: '700001', frequency: 'weekly', settlement: 'net' };
	await simulator.control.post('/ledgers', ledger);
	const poller = await start({ startFrom: 'now' });
	for (let day = 1; day <= 9; day++) {
		await setClock(simulator, `2026-06-0${day}T10:00:00Z`);
		await move(simulator, 'capture', { ledgerId: '700001', amount: 1000, fee: 10 });
		await poller.poll();
	}
	expect(of('payout', poller.delivered)).toEqual([
		expect.objectContaining({
			fromDate: '2026-06-01',
			toDate: '2026-06-07',
			captures: 7000,
			feesRetained: -70,
			amount: 6930,
			captureCount: 7,
		}),
	]);
	// The balance goes on from date to date.
	const dates = of('ledgerDate', poller.delivered);
	expect(dates.map(({ balanceAfter }) => balanceAfter)).toEqual([
		1000, 2000, 3000, 4000, 5000, 6000, 0, 1000,
	]);
	dates.slice(1).forEach(({ balanceBefore }, index) => {
		expect(balanceBefore).toBe(dates[index].balanceAfter);
	});
});

test('an open date is not asked for, and one that stays open only every half hour', async () => {
	await simulator.reset({ data: 'demo', now: '2026-05-08T12:00:00Z' });
	// This engine saves the place also of polls that give nothing.
	const poller = await start({ startFrom: 'date', startDate: '2026-05-08' }, 'durable');
	await forgetRequests(simulator);
	await poller.poll();
	expect(await apiPaths(simulator)).toEqual(['/settlement/v1/ledgers']);

	await setClock(simulator, '2026-05-09T12:00:00Z');
	await disturb(simulator, {
		path: '/dates/',
		times: 100,
		status: 200,
		body: { items: [], hasMore: false, tryLater: true },
	});
	await poller.poll();
	await forgetRequests(simulator);
	await poller.poll();
	expect(await apiPaths(simulator)).toEqual(['/settlement/v1/ledgers']);
	expect(poller.delivered).toEqual([]);

	// Once it is closed it comes; after a restart it is asked for at once.
	await simulator.control.delete('/faults');
	poller.crash();
	await poller.poll();
	const dates = of('ledgerDate', poller.delivered).map(({ fromDate }) => fromDate);
	expect(dates).toEqual(['2026-05-08', '2026-05-08']);
});

test('starting again brings dates and payouts again, with the same keys', async () => {
	await simulator.reset({ data: 'demo', now: '2026-05-08T12:00:00Z' });
	const from = { triggerOn: EVENTS, startFrom: 'date', startDate: '2026-05-04' };
	const poller = await start(from);
	await poller.poll();
	const first = poller.delivered.map(({ dedupeKey }) => dedupeKey);
	await poller.reactivate({ parameters: { ...from, options: { startAgain: 'once more' } } });
	for (let polls = 0; polls < 2; polls++) await poller.poll();
	const second = poller.delivered.slice(first.length).map(({ dedupeKey }) => dedupeKey);
	expect(first.length).toBeGreaterThan(5);
	expect([...second].sort()).toEqual([...first].sort());
});

test('a test run shows a recent date and a payout, and leaves the state alone', async () => {
	await simulator.reset({ data: 'demo', now: '2026-05-08T12:00:00Z' });
	const poller = await trigger(simulator, { triggerOn: EVENTS, startFrom: 'now' });
	const { items, error, staticData } = await poller.pollManually();
	expect(error).toBeUndefined();
	expect(items[0].map(({ json }) => json.topic)).toEqual(['ledgerDate', 'payout']);
	expect(staticData).toEqual({});
});

test('a date that cannot be read is not left out', async () => {
	await simulator.reset({ data: 'demo', now: '2026-05-07T12:00:00Z' });
	const from = { startFrom: 'date', startDate: '2026-05-04' };
	await disturb(simulator, { path: '302321/funds/dates/2026-05-05', times: 1, status: 404 });
	const poller = await start({ ...from, triggerOn: ['ledgerDateClosed'] });
	for (let polls = 0; polls < 3; polls++) await poller.poll().catch(() => undefined);
	const dates = poller.delivered
		.filter(({ ledgerId }) => ledgerId === '302321')
		.map(({ fromDate }) => fromDate);
	expect(dates).toEqual(['2026-05-04', '2026-05-05', '2026-05-06']);
});
