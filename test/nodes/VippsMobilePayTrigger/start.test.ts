import { sleep } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../harness';
import { withoutIsolates } from '../../support/expressions';
import { expectExactly, truthOf } from '../../support/truth';
import { trigger } from '../../support/vipps';

withoutIsolates();

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});

const capture = async (amount: number, ledgerId = '12345') =>
	await simulator.control.post('/capture', { ledgerId, amount });

describe('start from now', () => {
	test('nothing old arrives, everything new does', async () => {
		await simulator.reset({ data: 'demo' });
		const poller = await trigger(simulator, { startFrom: 'now' });
		expect(await poller.activate()).toBeNull();
		await capture(4200);
		await poller.poll();
		expect(poller.delivered.map(({ amount }) => amount)).toEqual([4200, expect.any(Number)]);
	});

	test('what arrives while the feed is being walked is not lost', async () => {
		await simulator.reset({
			data: 'bulk',
			options: { ledgers: 1, entriesPerLedger: 60, reportPageSize: 10 },
		});
		const [{ ledgerId }] = (await truthOf(simulator)).ledgers as Array<{ ledgerId: string }>;
		await simulator.control.post('/faults', { path: '/feed', skip: 2, times: 1, delayMs: 500 });
		const poller = await trigger(simulator, { triggerOn: ['fundsEntry'], startFrom: 'now' });
		const walk = poller.activate();
		await sleep(250);
		await capture(77, ledgerId);
		await walk;
		await poller.poll();
		expect(poller.delivered.map(({ amount }) => amount)).toEqual([77]);
	});

	test('a walk that takes several polls loses nothing and gives nothing old', async () => {
		await simulator.reset({
			data: 'bulk',
			options: { ledgers: 1, entriesPerLedger: 200, reportPageSize: 10 },
		});
		const [{ ledgerId }] = (await truthOf(simulator)).ledgers as Array<{ ledgerId: string }>;
		await simulator.control.post('/faults', { path: '/feed', times: 1000, delayMs: 300 });
		const poller = await trigger(
			simulator,
			{ triggerOn: ['fundsEntry'], startFrom: 'now' },
			{ budgetMs: 4000 },
		);
		await poller.activate();
		expect(JSON.stringify(poller.staticData)).toContain('since');
		await capture(78, ledgerId);
		await simulator.control.delete('/faults');
		for (let polls = 0; polls < 3; polls++) await poller.poll();
		expect(poller.delivered.map(({ amount }) => amount)).toEqual([78]);
		expect(JSON.stringify(poller.staticData)).not.toContain('since');
	});

	test("a clock of this computer that differs from the API's moves no boundary", async () => {
		await simulator.reset({
			data: 'worked-example',
			now: '2024-02-29T12:00:00Z',
			options: { reportPageSize: 2 },
		});
		await simulator.control.post('/faults', { path: '/funds/feed', skip: 1, delayMs: 600 });
		const poller = await trigger(simulator, { triggerOn: ['fundsEntry'], startFrom: 'now' });
		const walk = poller.activate();
		await sleep(300);
		await capture(991);
		await walk;
		await poller.poll();
		expect(poller.delivered.map(({ amount }) => amount)).toEqual([991]);
	});

	test.each([
		['that is broken at first', { options: {} }, { path: '/302321/funds', status: 403, body: {} }],
		['that has no turn at first', { options: { maxEntriesPerPoll: 1 } }, undefined],
	])('a chosen ledger %s counts from when it was chosen', async (_, options, fault) => {
		await simulator.reset({ data: 'demo' });
		const chosen = { triggerOn: ['fundsEntry'], ledgers: 'selected', ...options };
		const poller = await trigger(simulator, { ...chosen, ledgerIds: ['12345'] });
		await poller.activate();
		while (!fault && (await poller.poll()));
		await capture(1);
		if (fault) await simulator.control.post('/faults', { ...fault, times: 1000 });
		const parameters = { ...chosen, startFrom: 'now', ledgerIds: ['12345', '302321'] };
		await poller.reactivate({ parameters });
		await capture(5, '302321');
		if (fault) await simulator.control.delete('/faults');
		while (await poller.poll());
		expect(poller.delivered.filter(({ ledgerId }) => ledgerId === '302321')).toMatchObject([
			{ amount: 5 },
		]);
	});

	test('a ledger that is added later counts from the activation, not from when it is seen', async () => {
		await simulator.reset({ data: 'demo' });
		await simulator.control.post('/access', { ledgerId: '302321', granted: false });
		const poller = await trigger(simulator, { startFrom: 'now' });
		await poller.activate();
		await capture(5, '302321');
		await simulator.control.post('/access', { ledgerId: '302321', granted: true });
		await poller.poll();
		expect(poller.delivered.filter(({ topic }) => topic === 'funds')).toMatchObject([
			{ amount: 5, ledgerId: '302321' },
		]);
	});
});

describe('start from a date', () => {
	test('entries of that ledger date and later arrive', async () => {
		await simulator.reset({ data: 'merchants', options: { ledgers: 3, days: 6, salesPerDay: 4 } });
		const { entries } = await truthOf(simulator);
		const dates = [...new Set(entries.map(({ ledgerDate }) => String(ledgerDate)))].sort();
		const startDate = dates[Math.floor(dates.length / 2)];
		const poller = await trigger(simulator, { startFrom: 'date', startDate });
		await poller.activate();
		expectExactly(
			poller.delivered,
			entries.filter(({ ledgerDate }) => String(ledgerDate) >= startDate),
		);
	});

	test("a sale belongs to the date in its ledger's market", async () => {
		await simulator.reset({ data: 'empty' });
		await simulator.control.post('/ledgers', {
			ledgerId: '700001',
			market: 'FI',
			solution: 'mpos',
		});
		const sale = { entryType: 'capture', pspReference: null, currency: 'EUR', paymentType: 'CASH' };
		const entries = [
			{ ...sale, reference: 'evening', time: '2026-07-01T20:59:00Z' },
			{ ...sale, reference: 'after midnight in Helsinki', time: '2026-07-01T21:01:00Z' },
		];
		await simulator.control.post('/sales', { ledgerId: '700001', entries });
		const poller = await trigger(simulator, {
			triggerOn: ['salesEntry'],
			startFrom: 'date',
			startDate: '2026-07-02',
		});
		await poller.activate();
		expect(poller.delivered.map(({ reference }) => reference)).toEqual([
			'after midnight in Helsinki',
		]);
	});

	test("a sale belongs to its ledger's market also when Start From has been changed since", async () => {
		await simulator.reset({ data: 'empty' });
		await simulator.control.post('/ledgers', {
			ledgerId: '700001',
			market: 'FI',
			solution: 'mpos',
		});
		const sale = { entryType: 'capture', pspReference: null, currency: 'EUR', paymentType: 'CASH' };
		const entries = [
			{ ...sale, reference: 'evening', time: '2026-07-01T20:59:00Z' },
			{ ...sale, reference: 'after midnight in Helsinki', time: '2026-07-01T21:01:00Z' },
		];
		const chosen = { triggerOn: ['salesEntry'], ledgers: 'selected', ledgerIds: ['700001'] };
		const dated = { ...chosen, startFrom: 'date', startDate: '2026-07-02' };
		const poller = await trigger(simulator, dated);
		await poller.activate();
		await poller.reactivate({ parameters: { ...chosen, startFrom: 'beginning' } });
		await simulator.control.post('/sales', { ledgerId: '700001', entries });
		await poller.poll();
		expect(poller.delivered.map(({ reference }) => reference)).toEqual([
			'after midnight in Helsinki',
		]);
	});

	test('two cash sales that are alike in everything have two keys, however they are paged', async () => {
		await simulator.reset({ data: 'empty' });
		await simulator.control.post('/ledgers', {
			ledgerId: '700002',
			market: 'NO',
			solution: 'mpos',
		});
		const sale = {
			entryType: 'capture',
			pspReference: null,
			reference: null,
			currency: 'NOK',
			paymentType: 'CASH',
			amounts: { gross: 4500, net: null, vat: null },
			time: '2026-07-01T10:00:00Z',
		};
		await simulator.control.post('/sales', { ledgerId: '700002', entries: [sale, sale, sale] });
		const keysWith = async (maxEntriesPerPoll: number) => {
			const options = { maxEntriesPerPoll };
			const poller = await trigger(simulator, { triggerOn: ['salesEntry'], options });
			await poller.activate();
			while (await poller.poll());
			return poller.delivered.map(({ dedupeKey }) => dedupeKey);
		};
		const keys = await keysWith(1);
		expect(new Set(keys).size).toBe(3);
		expect(await keysWith(100)).toEqual(keys);
	});
});
