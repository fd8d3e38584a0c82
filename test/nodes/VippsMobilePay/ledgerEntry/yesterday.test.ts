import { startSimulator, type Simulator } from '../../../harness';
import { addEntries, addLedger, apiPaths } from '../../../support/simulated';
import { act } from '../../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

const read = async (parameters = {}) =>
	await act(simulator, {
		resource: 'ledgerEntry',
		operation: 'getAll',
		ledgerId: { __rl: true, mode: 'id', value: '700001' },
		returnAll: true,
		...parameters,
	});

const datesRead = async () =>
	(await apiPaths(simulator)).flatMap((path) => /dates\/([^?]+)/.exec(path)?.[1] ?? []);

describe.each([
	// An ordinary night, winter time and summer time.
	['NO', '2026-01-14T22:59:59Z', '2026-01-13'],
	['NO', '2026-01-14T23:00:00Z', '2026-01-14'],
	['DK', '2026-07-14T21:59:59Z', '2026-07-13'],
	['DK', '2026-07-14T22:00:00Z', '2026-07-14'],
	['FI', '2026-07-14T20:59:59Z', '2026-07-13'],
	['FI', '2026-07-14T21:00:00Z', '2026-07-14'],
	// The day that has 23 hours.
	['NO', '2026-03-28T23:00:00Z', '2026-03-28'],
	['NO', '2026-03-29T21:59:59Z', '2026-03-28'],
	['NO', '2026-03-29T22:00:00Z', '2026-03-29'],
	['FI', '2026-03-28T22:00:00Z', '2026-03-28'],
	['FI', '2026-03-29T20:59:59Z', '2026-03-28'],
	['FI', '2026-03-29T21:00:00Z', '2026-03-29'],
	// The day that has 25 hours.
	['DK', '2026-10-24T22:00:00Z', '2026-10-24'],
	['DK', '2026-10-25T22:59:59Z', '2026-10-24'],
	['DK', '2026-10-25T23:00:00Z', '2026-10-25'],
	['FI', '2026-10-25T21:59:59Z', '2026-10-24'],
	['FI', '2026-10-25T22:00:00Z', '2026-10-25'],
	// Leap day and new year.
	['NO', '2028-02-29T23:00:00Z', '2028-02-29'],
	['FI', '2026-12-31T22:00:00Z', '2026-12-31'],
])('in %s at %s', (market, now, yesterday) => {
	it(`empty dates mean ${yesterday}, which is closed`, async () => {
		await simulator.reset({ data: 'empty', now });
		await addLedger(simulator, { ledgerId: '700001', market, frequency: 'never' });
		await addEntries(simulator, '700001', 'funds', [{ ledgerDate: yesterday, amount: 1 }]);
		const { json, error } = await read();
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1);
		expect(await datesRead()).toEqual([yesterday]);
	});
});

const addOpenLedger = async (more = {}) =>
	await addLedger(simulator, { ledgerId: '700001', frequency: 'never', ...more });

it('only an empty end means yesterday', async () => {
	await simulator.reset({ data: 'empty', now: '2026-06-10T10:00:00Z' });
	await addOpenLedger();
	await read({ fromDate: '2026-06-07' });
	expect((await datesRead()).sort()).toEqual(['2026-06-07', '2026-06-08', '2026-06-09']);
});

it('an empty beginning means yesterday', async () => {
	await simulator.reset({ data: 'empty', now: '2026-06-10T10:00:00Z' });
	await addOpenLedger();
	const { error } = await read({ toDate: '2026-06-07' });
	expect(error?.message).toContain("'From Date' (2026-06-09) is after 'To Date' (2026-06-07)");
});

it('dates from expressions that give nothing mean yesterday', async () => {
	await simulator.reset({ data: 'empty', now: '2026-06-10T10:00:00Z' });
	await addOpenLedger();
	const { error } = await read({ fromDate: '={{ $json.none }}', toDate: '={{ null }}' });
	expect(error).toBeUndefined();
	expect(await datesRead()).toEqual(['2026-06-09']);
});

it('a ledger whose dates change at four in the morning is not read before that', async () => {
	await simulator.reset({ data: 'empty', now: '2026-06-10T01:00:00Z' });
	await addOpenLedger({ cutoffHour: 4 });
	const { error } = await read();
	expect(error?.message).toContain('2026-06-09 is still open');
});

it('a ledger that these keys do not have is refused before its dates are asked for', async () => {
	await simulator.reset({ data: 'empty', now: '2026-06-10T10:00:00Z' });
	const { error } = await read();
	expect(error?.message).toContain('These keys have no access to the ledger 700001');
	expect(await datesRead()).toEqual([]);
});

it('the market is that of the ledger, also on a later page of the list', async () => {
	await simulator.reset({
		data: 'empty',
		now: '2026-07-14T21:30:00Z',
		options: { ledgersPageSize: 1 },
	});
	await addLedger(simulator, { ledgerId: '600001', market: 'NO' });
	await addLedger(simulator, { ledgerId: '700001', market: 'FI', frequency: 'never' });
	await read();
	expect(await datesRead()).toEqual(['2026-07-14']);
});
