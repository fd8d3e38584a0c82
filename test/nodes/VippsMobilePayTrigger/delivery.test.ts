import { startSimulator, type Simulator } from '../../harness';
import { withoutIsolates } from '../../support/expressions';
import { asItems, expectExactly, truthOf } from '../../support/truth';
import { merchantKeys, trigger } from '../../support/vipps';

const ALL = ['fundsEntry', 'feesEntry', 'salesEntry'];

withoutIsolates();

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});

const capture = async (amount: number, ledgerId = '12345') =>
	await simulator.control.post('/capture', { ledgerId, amount });

describe('what arrives', () => {
	beforeEach(async () => await simulator.reset({ data: 'demo' }));

	test('the worked example arrives as documented: six funds and four fees entries', async () => {
		await simulator.reset({ data: 'worked-example' });
		const poller = await trigger(simulator, {});
		const items = (await poller.activate())?.[0].map(({ json }) => json) ?? [];
		const amounts = (topic: string) =>
			items.filter((item) => item.topic === topic).map(({ amount }) => amount);
		expect(amounts('funds')).toEqual([10000, 10000, 20000, -10000, -1200, -28800]);
		expect(amounts('fees')).toEqual([-400, -400, -400, 1200]);
	});

	test('all entries and sales of all ledgers arrive once, and a second poll gives nothing', async () => {
		const poller = await trigger(simulator, { triggerOn: ALL });
		await poller.activate();
		expect(await poller.poll()).toBeNull();
		const { entries, sales } = await truthOf(simulator);
		expectExactly(poller.delivered, [...entries, ...asItems(sales)]);
	});

	test('merchant keys reach the entries of their own ledger', async () => {
		const poller = await trigger(
			simulator,
			{ authentication: 'merchantApi' },
			{ credentials: await merchantKeys(simulator) },
		);
		await poller.activate();
		const { entries } = await truthOf(simulator);
		expectExactly(
			poller.delivered,
			entries.filter(({ ledgerId }) => ledgerId === '12345'),
		);
	});

	test('what comes later arrives once, in the order of the ledger', async () => {
		const poller = await trigger(simulator, {});
		await poller.activate();
		const before = poller.delivered.length;
		for (const amount of [100, 200, 300]) await capture(amount);
		await poller.poll();
		expect(await poller.poll()).toBeNull();
		const later = poller.delivered.slice(before);
		const funds = later.filter(({ topic }) => topic === 'funds');
		expect(funds.map(({ amount }) => amount)).toEqual([100, 200, 300]);
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});

	test('entry types and fields that nobody knows yet pass through untouched', async () => {
		const entry = {
			pspReference: 'X-1',
			time: '2026-06-01T10:00:00.000001Z',
			ledgerDate: '2026-06-01',
			entryType: 'loyalty-bonus',
			reference: 'æøå 🐟',
			currency: 'NOK',
			amount: 7,
			recipientHandle: null,
			nested: { deep: [1, null, 'x'] },
		};
		await simulator.control.post('/entries', {
			ledgerId: '12345',
			topic: 'funds',
			entries: [entry],
		});
		const poller = await trigger(simulator, {});
		await poller.activate();
		const arrived = poller.delivered.find(({ entryType }) => entryType === 'loyalty-bonus');
		expect(arrived).toMatchObject(entry);
	});

	test('names and messages come only when they are asked for, and do not change the key', async () => {
		await simulator.reset({ data: 'documented' });
		const plain = await trigger(simulator, {});
		const personal = await trigger(simulator, { options: { includePersonalData: true } });
		await plain.activate();
		await personal.activate();
		const keys = (items: typeof plain.delivered) => items.map(({ dedupeKey }) => dedupeKey);
		expect(keys(personal.delivered)).toEqual(keys(plain.delivered));
		expect(plain.delivered.some(({ name }) => name !== undefined)).toBe(false);
		expect(personal.delivered.some(({ name }) => name !== undefined)).toBe(true);
	});

	test.each(['withItems', 'emptyPage'])(
		'a feed of many pages that ends %s arrives completely',
		async (feedEnd) => {
			await simulator.reset({
				data: 'merchants',
				options: { ledgers: 3, days: 2, salesPerDay: 4, reportPageSize: 7, feedEnd },
			});
			const poller = await trigger(simulator, { triggerOn: ALL });
			await poller.activate();
			while (await poller.poll());
			const { entries, sales } = await truthOf(simulator);
			expectExactly(poller.delivered, [...entries, ...asItems(sales)]);
		},
	);
});

describe('a report feed that gives its last page again until it is full', () => {
	test.each([1, 3, 100])(
		'arrives completely and once, with pages of %i',
		async (reportPageSize) => {
			await simulator.reset({ data: 'demo', options: { reportPageSize, endCursor: 'same' } });
			const poller = await trigger(simulator, {});
			await poller.activate();
			for (const amount of [1, 2, 3, 4]) {
				await capture(amount);
				await poller.poll();
				await poller.poll();
			}
			expectExactly(poller.delivered, (await truthOf(simulator)).entries);
		},
	);

	test('gives nothing old when it is read from now on', async () => {
		await simulator.reset({ data: 'demo', options: { endCursor: 'same' } });
		const poller = await trigger(simulator, { startFrom: 'now' });
		await poller.activate();
		expect(await poller.poll()).toBeNull();
		await capture(5);
		await poller.poll();
		expect(poller.delivered.map(({ topic }) => topic)).toEqual(['funds', 'fees']);
	});
});

describe('limits and turns', () => {
	test('no poll gives more than the limit, and all arrive in the end', async () => {
		await simulator.reset({
			data: 'merchants',
			options: { ledgers: 4, days: 2, salesPerDay: 3, reportPageSize: 5 },
		});
		const poller = await trigger(simulator, {
			triggerOn: ALL,
			options: { maxEntriesPerPoll: 7 },
		});
		let items = await poller.activate();
		while (items) {
			expect(items[0].length).toBeLessThanOrEqual(7);
			items = await poller.poll();
		}
		const { entries, sales } = await truthOf(simulator);
		expectExactly(poller.delivered, [...entries, ...asItems(sales)]);
	});

	test('a ledger with a long history does not starve the others', async () => {
		await simulator.reset({ data: 'bulk', options: { ledgers: 5, entriesPerLedger: 100 } });
		const poller = await trigger(simulator, {
			triggerOn: ['fundsEntry'],
			options: { maxEntriesPerPoll: 10 },
		});
		await poller.activate();
		for (let polls = 1; polls < 5; polls++) await poller.poll();
		const ledgers = new Set(poller.delivered.map(({ ledgerId }) => ledgerId));
		expect(ledgers.size).toBe(5);
	});

	test('a poll stops reading when its time is up, and the next one goes on', async () => {
		await simulator.reset({
			data: 'bulk',
			options: { ledgers: 1, entriesPerLedger: 200, reportPageSize: 10 },
		});
		await simulator.control.post('/faults', { path: '/feed', times: 1000, delayMs: 300 });
		const poller = await trigger(simulator, { triggerOn: ['fundsEntry'] }, { budgetMs: 4000 });
		const first = await poller.activate();
		expect(first?.[0].length).toBeGreaterThan(0);
		expect(first?.[0].length).toBeLessThan(200);
		await simulator.control.delete('/faults');
		while (await poller.poll());
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});

	test('what a poll reads after the engine has given it up is read again', async () => {
		await simulator.reset({ data: 'demo' });
		await simulator.control.post('/faults', { path: '/feed', times: 1, delayMs: 1500 });
		const poller = await trigger(simulator, {}, { budgetMs: 1000 });
		expect(await poller.poll()).toBeNull();
		expect(poller.staticData.streams).toBeUndefined();
		await poller.reactivate();
		await poller.poll();
		expect(poller.delivered.length).toBeGreaterThan(0);
	});

	test('two polls at the same time give every entry once', async () => {
		await simulator.reset({ data: 'demo' });
		await simulator.control.post('/faults', { path: '/feed', times: 50, delayMs: 100 });
		const poller = await trigger(simulator, {});
		await Promise.all([poller.poll(), poller.poll()]);
		await simulator.control.delete('/faults');
		await poller.poll();
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});
});

describe('which ledgers', () => {
	beforeEach(async () => await simulator.reset({ data: 'demo' }));

	test.each([
		['the list', ['302321']],
		['text with commas', '={{ "302321, 302321" }}'],
	])('only the selected ones are read, chosen by %s', async (_, ledgerIds) => {
		const poller = await trigger(simulator, { ledgers: 'selected', ledgerIds });
		await poller.activate();
		expect(new Set(poller.delivered.map(({ ledgerId }) => ledgerId))).toEqual(new Set(['302321']));
	});

	test('a ledger to which access is given later is included, and reported', async () => {
		await simulator.control.post('/access', { ledgerId: '302321', granted: false });
		const poller = await trigger(simulator, { triggerOn: ['fundsEntry', 'newLedger'] });
		await poller.activate();
		expect(poller.delivered.some(({ ledgerId }) => ledgerId === '302321')).toBe(false);
		const before = poller.delivered.length;

		await simulator.control.post('/access', { ledgerId: '302321', granted: true });
		await poller.poll();
		const later = poller.delivered.slice(before);
		expect(later[0]).toMatchObject({ topic: 'ledger', ledgerId: '302321', currency: 'NOK' });
		expect(later.filter(({ topic }) => topic === 'funds').length).toBeGreaterThan(0);
		expect(await poller.poll()).toBeNull();
	});

	test('from now on, the ledgers that are there already are not reported as new', async () => {
		const poller = await trigger(simulator, { triggerOn: ['newLedger'], startFrom: 'now' });
		expect(await poller.activate()).toBeNull();
		await simulator.control.post('/ledgers', { ledgerId: '999001', market: 'DK' });
		const items = await poller.poll();
		expect(items?.[0].map(({ json }) => json.ledgerId)).toEqual(['999001']);
		expect(items?.[0][0].json.dedupeKey).toBe('ledger-999001');
	});

	test('a ledger that is away for a while is read on from where it was', async () => {
		const poller = await trigger(simulator, {});
		await poller.activate();
		await simulator.control.post('/access', { ledgerId: '302321', granted: false });
		await capture(500, '302321');
		expect(await poller.poll()).toBeNull();
		await simulator.control.post('/access', { ledgerId: '302321', granted: true });
		await poller.poll();
		expectExactly(poller.delivered, (await truthOf(simulator)).entries);
	});
});
