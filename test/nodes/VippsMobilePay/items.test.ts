import { startSimulator, type Simulator } from '../../harness';
import { apiPaths } from '../../support/simulated';
import { act } from '../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'documented' })));

const parameters = {
	resource: 'ledgerEntry',
	operation: 'getAll',
	ledgerId: '={{ $json.ledgerId }}',
	topic: '={{ $json.topic ?? "funds" }}',
	fromDate: '2026-06-01',
	toDate: '2026-06-01',
};

const good = [
	{ ledgerId: '302321' },
	{ ledgerId: '302321', topic: 'fees' },
	{ ledgerId: '123456' },
	{ ledgerId: '302321' },
];

const withBad = [good[0], { ledgerId: '999999' }, { ledgerId: '' }, good[1]];

it('each input item is worked on by its own parameters and leads back to itself', async () => {
	const { items, error } = await act(simulator, parameters, { items: good });
	expect(error).toBeUndefined();
	expect(
		items[0].map(({ json, pairedItem }) => [json.entryType, json.ledgerId, json.topic, pairedItem]),
	).toEqual([
		['loyalty-adjustment', '302321', 'funds', { item: 0 }],
		['service-fee', '302321', 'fees', { item: 1 }],
		['loyalty-adjustment', '302321', 'funds', { item: 3 }],
	]);
});

it('the input items stay as they were', async () => {
	const items = [{ json: { ledgerId: '302321', nested: { list: [1] } } }];
	const { input } = await act(simulator, parameters, { items });
	expect(input).toEqual([{ json: { ledgerId: '302321', nested: { list: [1] } } }]);
});

it('an item without results among others brings the hint', async () => {
	const { executionHints } = await act(simulator, parameters, { items: good });
	expect(executionHints).toHaveLength(1);
	expect(executionHints[0].message).toContain('No entries were found');
});

it('the first item that fails stops the node and is named', async () => {
	const { error, items } = await act(simulator, parameters, { items: withBad });
	expect(items).toEqual([]);
	expect(error?.message).toContain('ledger 999999');
	expect(error).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 1 } });
});

it('a refused parameter names its item', async () => {
	const { error } = await act(simulator, parameters, { items: [good[0], { ledgerId: '' }] });
	expect(error?.message).toContain('[item 1]');
	expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 1 } });
});

it('with Continue, a failed item says so in `error` and the others go through', async () => {
	const { items, error } = await act(simulator, parameters, {
		items: withBad,
		continueOnFail: true,
	});
	expect(error).toBeUndefined();
	expect(items[0].map(({ json, pairedItem }) => [json.entryType, json.error, pairedItem])).toEqual([
		['loyalty-adjustment', undefined, { item: 0 }],
		[undefined, expect.stringContaining('This ledger does not exist'), { item: 1 }],
		[undefined, expect.stringContaining("The parameter 'Ledger' is empty"), { item: 2 }],
		['service-fee', undefined, { item: 3 }],
	]);
});

it('with Continue, a failed item says what to do', async () => {
	const { json } = await act(simulator, parameters, {
		items: [{ ledgerId: '999999' }],
		continueOnFail: true,
	});
	expect(json).toEqual([
		{
			error: expect.any(String),
			details: expect.stringContaining('Choose the ledger from the list'),
		},
	]);
});

it('with an error output, failed items go there and the others go on', async () => {
	const { items } = await act(simulator, parameters, {
		items: withBad,
		continueOnFail: 'continueErrorOutput',
	});
	expect(items).toHaveLength(2);
	expect(items[0].map(({ json }) => json.entryType)).toEqual(['loyalty-adjustment', 'service-fee']);
	expect(items[1].map(({ json }) => json.error)).toEqual([
		expect.stringContaining('This ledger does not exist'),
		expect.stringContaining("The parameter 'Ledger' is empty"),
	]);
});

it('an operation that does not exist is refused before anything is sent', async () => {
	await simulator.control.delete('/requests');
	const { error } = await act(simulator, { resource: 'ledger', operation: 'destroy' });
	expect(error).toBeDefined();
	expect(await apiPaths(simulator)).toEqual([]);
});
