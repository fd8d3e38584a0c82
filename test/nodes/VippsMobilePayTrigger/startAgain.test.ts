import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSimulator, type PollEngine, type Poller, type Simulator } from '../../harness';
import { withoutIsolates } from '../../support/expressions';
import { apiPaths, forgetRequests } from '../../support/simulated';
import { expectExactly, truthOf } from '../../support/truth';
import { trigger } from '../../support/vipps';

withoutIsolates();

const FUNDS_AND_FEES = ['fundsEntry', 'feesEntry'];

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
beforeEach(async () => await simulator.reset({ data: 'demo' }));

const capture = async (amount: number, ledgerId = '12345') =>
	await simulator.control.post('/capture', { ledgerId, amount });

const keysOf = (items: IDataObject[]) => items.map(({ dedupeKey }) => dedupeKey);

/** Saves the workflow with changed parameters; what comes then, at once or with the next poll. */
async function change(poller: Poller, parameters: INodeParameters): Promise<IDataObject[]> {
	const before = poller.delivered.length;
	await poller.reactivate({ parameters: { triggerOn: FUNDS_AND_FEES, ...parameters } });
	await poller.poll();
	return poller.delivered.slice(before);
}

const again = (mark: string, startAgainLedgers = '') => ({
	options: { startAgain: mark, startAgainLedgers },
});

const entriesOf = async (isWanted: (entry: IDataObject) => boolean = () => true) =>
	(await truthOf(simulator)).entries.filter(isWanted);

describe.each<PollEngine>(['default', 'durable'])(
	'starting again, with the %s engine',
	(engine) => {
		const start = async (parameters: INodeParameters = {}) => {
			const poller = await trigger(simulator, parameters, { engine });
			await poller.activate();
			return poller;
		};

		test('brings everything once more, with the same keys, and then nothing', async () => {
			const poller = await start();
			const first = [...poller.delivered];
			const second = await change(poller, { startFrom: 'beginning', ...again('2026-11-21') });
			expectExactly(second, await entriesOf());
			expect(keysOf(second)).toEqual(keysOf(first));
			expect(await poller.poll()).toBeNull();
		});

		test('brings one ledger once more and leaves the others where they are', async () => {
			const poller = await start();
			await capture(77);
			const second = await change(poller, {
				startFrom: 'beginning',
				...again('once', ' 302321 , 999999'),
			});
			const captured = second.filter(({ ledgerId }) => ledgerId === '12345');
			expect(captured.map(({ topic }) => topic)).toEqual(['funds', 'fees']);
			const others = second.filter(({ ledgerId }) => ledgerId !== '12345');
			expectExactly(others, await entriesOf(({ ledgerId }) => ledgerId === '302321'));
		});

		test('brings what has the given date or a later one', async () => {
			const poller = await start();
			const startDate = '2026-05-05';
			const second = await change(poller, { startFrom: 'date', startDate, ...again('May') });
			expect(second.length).toBeGreaterThan(0);
			expectExactly(second, await entriesOf(({ ledgerDate }) => String(ledgerDate) >= startDate));
		});

		test('from now on brings nothing old, and everything new', async () => {
			const poller = await start();
			expect(await change(poller, { startFrom: 'now', ...again('now') })).toEqual([]);
			await capture(5);
			await poller.poll();
			expect(poller.delivered.slice(-2).map(({ amount }) => amount)).toEqual([
				5,
				expect.any(Number),
			]);
			expect(await poller.poll()).toBeNull();
		});

		test('happens once for a text, and not when the text is removed', async () => {
			const wish = { startFrom: 'beginning', ...again('once') };
			const poller = await start();
			expect((await change(poller, wish)).length).toBeGreaterThan(0);
			expect(await change(poller, wish)).toEqual([]);
			expect(await change(poller, { startFrom: 'beginning' })).toEqual([]);
			expect(await change(poller, { startFrom: 'beginning', ...again('  ') })).toEqual([]);
			expect(await change(poller, wish)).toEqual([]);
			expect((await change(poller, { startFrom: 'beginning', ...again('twice') })).length).toBe(
				(await entriesOf()).length,
			);
		});

		test.each(['now', 'beginning', 'date'])(
			'does not happen when only Start From is changed, to %s',
			async (startFrom) => {
				const poller = await start();
				expect(await change(poller, { startFrom, startDate: '2020-01-01' })).toEqual([]);
				await capture(9);
				await poller.poll();
				expectExactly(poller.delivered, await entriesOf());
			},
		);

		test('means nothing for a trigger that is new', async () => {
			const parameters = { startFrom: 'beginning', ...again('from the first day') };
			const poller = await start(parameters);
			expect(await change(poller, parameters)).toEqual([]);
			expectExactly(poller.delivered, await entriesOf());

			const other = await trigger(
				simulator,
				{ startFrom: 'now', ...again('text') },
				{ engine, nodeId: 'other' },
			);
			expect(await other.activate()).toBeNull();
			await capture(3);
			await other.poll();
			expect(other.delivered.map(({ topic }) => topic)).toEqual(['funds', 'fees']);
		});

		test('keeps the limit of a poll and goes on until everything has come', async () => {
			const poller = await start();
			const options = { startAgain: 'slowly', maxEntriesPerPoll: 3 };
			const second = await change(poller, { startFrom: 'beginning', options });
			expect(second).toHaveLength(6);
			const before = poller.delivered.length;
			while (await poller.poll());
			expectExactly([...second, ...poller.delivered.slice(before)], await entriesOf());
		});
	},
);

describe('a crash right behind a new start', () => {
	const wish = { startFrom: 'beginning', ...again('once') };

	test('default engine: what was not saved comes another time, with the same keys', async () => {
		const poller = await trigger(simulator, {});
		await poller.activate();
		const first = keysOf(poller.delivered);
		poller.setParameters({ triggerOn: FUNDS_AND_FEES, ...wish });
		await poller.poll({ crash: 'beforeSave' });
		await poller.poll();
		expect(keysOf(poller.delivered)).toEqual([...first, ...first, ...first]);
		expect(await poller.poll()).toBeNull();
	});

	test('durable cursors: everything comes exactly once more', async () => {
		const poller = await trigger(simulator, {}, { engine: 'durable' });
		await poller.activate();
		const first = keysOf(poller.delivered);
		poller.setParameters({ triggerOn: FUNDS_AND_FEES, ...wish });
		expect(await poller.poll({ crash: 'beforeSave' })).not.toBeNull();
		await poller.poll();
		poller.crash();
		expect(await poller.poll()).toBeNull();
		expect(keysOf(poller.delivered)).toEqual([...first, ...first]);
	});
});

describe('from now on, by the clock of the API', () => {
	const selected = { ledgers: 'selected', ledgerIds: ['12345'], triggerOn: ['fundsEntry'] };

	test.each([
		['behind', '2031-01-01T12:00:00Z'],
		['ahead', '2026-06-01T12:00:00Z'],
	])('also for chosen ledgers, with a computer whose clock is %s', async (_, now) => {
		await simulator.reset({ data: 'demo', now });
		const poller = await trigger(simulator, selected);
		await poller.activate();
		await capture(1);
		await poller.poll();
		await simulator.control.post('/clock', { advanceSeconds: 60 });
		const wish = { ...selected, startFrom: 'now', ...again('by the clock') };
		const before = await change(poller, wish);
		expect(before).toEqual([]);
		await simulator.control.post('/clock', { advanceSeconds: 60 });
		await capture(2);
		await poller.poll();
		expect(poller.delivered.at(-1)).toMatchObject({ amount: 2 });
		expect(poller.delivered.filter(({ amount }) => amount === 1)).toHaveLength(1);
	});

	test('the list of ledgers is asked for the time only where it is needed', async () => {
		const poller = await trigger(simulator, selected);
		await poller.activate();
		const wish = { ...selected, startFrom: 'now', ...again('by the clock') };
		await poller.reactivate({ parameters: wish });
		await forgetRequests(simulator);
		await poller.poll();
		expect(await apiPaths(simulator)).toEqual([
			expect.stringContaining('/report/v2/ledgers/12345/funds/feed'),
		]);
	});
});
