import { startSimulator, type Simulator } from '../../../harness';
import { byId, settle } from '../../../support/settle';
import { apiPaths, forgetRequests, requestLog, revokeAccess } from '../../../support/simulated';
import { act, merchantKeys } from '../../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => {
	await simulator.reset({
		data: 'settlement',
		now: '2026-10-01T10:00:00Z',
		options: { ledgers: 3, days: 20 },
	});
});

const period = { fromDate: '2026-09-25', toDate: '2026-09-28' };
const perItem = { ledgerId: '={{ $json.ledgerId }}', ...period };
const OPERATIONS = ['getSummary', 'getPayouts', 'reconcile', 'createVouchers'] as const;

it.each(OPERATIONS)(
	'%s works on each ledger of a list, and leads back to it',
	async (operation) => {
		const listed = await act(simulator, {
			resource: 'ledger',
			operation: 'getAll',
			returnAll: true,
		});
		expect(listed.json).toHaveLength(3);
		await forgetRequests(simulator);
		const { items, error } = await settle(simulator, operation, perItem, { items: listed.json });
		expect(error).toBeUndefined();
		expect(new Set(items[0].map(({ json }) => json.ledgerId)).size).toBe(3);
		for (const { json, pairedItem } of items[0]) {
			const { item } = pairedItem as { item: number };
			expect(json.ledgerId).toBe(listed.json[item].ledgerId);
			expect(json.currency).toBe(listed.json[item].currency);
		}
		// The list of ledgers is read once for all of them.
		const paths = await apiPaths(simulator);
		expect(paths.filter((path) => path.startsWith('/settlement/'))).toHaveLength(1);
		const { tokenRequests } = await requestLog(simulator);
		expect(tokenRequests.specialized).toBeLessThanOrEqual(1);
	},
);

it.each(OPERATIONS)(
	'%s stops at the first ledger that fails, and names its item',
	async (operation) => {
		const { error, items } = await settle(simulator, operation, perItem, {
			items: [{ ledgerId: '600001' }, { ledgerId: '999999' }],
		});
		expect(items).toEqual([]);
		expect(error?.message).toContain('no access to the ledger 999999');
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
	},
);

it.each(OPERATIONS)(
	'%s with Continue gives the others, and what failed as an item',
	async (operation) => {
		await revokeAccess(simulator, '600002');
		const ids = ['600001', '600002', '600003'];
		const { items, error } = await settle(simulator, operation, perItem, {
			items: ids.map((ledgerId) => ({ ledgerId })),
			continueOnFail: true,
		});
		expect(error).toBeUndefined();
		const found = items[0].map(({ json, pairedItem }) => [
			(pairedItem as { item: number }).item,
			json.ledgerId ?? json.error,
		]);
		expect(new Set(found.map((one) => JSON.stringify(one)))).toEqual(
			new Set(
				[
					[0, '600001'],
					[1, 'These keys have no access to the ledger 600002 [item 1]'],
					[2, '600003'],
				].map((one) => JSON.stringify(one)),
			),
		);
	},
);

it.each([
	['a plain text', '={{ $json.id }}'],
	['by ID', byId('={{ $json.id }}')],
	['from the list', { __rl: true, mode: 'list', value: '={{ $json.id }}' }],
])('the ledger can be %s', async (_how, ledgerId) => {
	for (const id of ['600002', 600_002]) {
		const { json, error } = await settle(
			simulator,
			'getSummary',
			{ ...period, ledgerId },
			{ items: [{ id }] },
		);
		expect(error).toBeUndefined();
		expect(json[0].ledgerId).toBe('600002');
	}
});

it('merchant keys say once, for several items, that they cannot read sales', async () => {
	const { json, executionHints, error } = await settle(
		simulator,
		'createVouchers',
		{ ...perItem, authentication: 'merchantApi' },
		{
			credentials: await merchantKeys(simulator),
			items: [{ ledgerId: '600001' }, { ledgerId: '600001' }],
		},
	);
	expect(error).toBeUndefined();
	expect(json.length).toBeGreaterThan(1);
	expect(executionHints).toEqual([
		{ message: expect.stringContaining('Merchant keys cannot read sales'), location: 'outputPane' },
	]);
});

it('a token that has expired in between is renewed, and nothing is lost', async () => {
	const before = await settle(simulator, 'reconcile', perItem, { items: [{ ledgerId: '600002' }] });
	await simulator.control.post('/faults', { path: '/fees/dates/', status: 401, times: 1 });
	const { json, error } = await settle(simulator, 'reconcile', perItem, {
		items: [{ ledgerId: '600002' }],
	});
	expect(error).toBeUndefined();
	expect(json).toEqual(before.json);
});

it.each(OPERATIONS)('%s gives nothing when a page cannot be read', async (operation) => {
	await simulator.control.post('/faults', { path: '/dates/2026-09-28', status: 403, times: 50 });
	const { error, items } = await settle(simulator, operation, {
		ledgerId: byId('600002'),
		...period,
	});
	expect(error).toBeDefined();
	expect(items).toEqual([]);
});
