import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../harness';
import { addLedger, apiPaths, apiRequests, revokeAccess } from '../../support/simulated';
import { act, merchantKeys } from '../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator()));

const getAll = async (parameters: INodeParameters = {}, options = {}) =>
	await act(
		simulator,
		{ resource: 'ledger', operation: 'getAll', returnAll: true, ...parameters },
		options,
	);

const idsOf = (items: IDataObject[]) => items.map(({ ledgerId }) => ledgerId);

describe('pages', () => {
	const all = [1, 2, 3, 4, 5, 6, 7].map((number) => `30000${number}`);

	beforeEach(
		async () =>
			await simulator.reset({
				data: 'merchants',
				options: { ledgers: 7, days: 1, ledgersPageSize: 2 },
			}),
	);

	it('are read to the end', async () => {
		const { json, error } = await getAll();
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(all);
		expect(await apiPaths(simulator)).toHaveLength(4);
	});

	it.each([
		[1, 1],
		[2, 1],
		[3, 2],
		[7, 4],
		[50, 4],
	])('beyond a limit of %d are not asked for', async (limit, pages) => {
		const { json } = await getAll({ returnAll: false, limit });
		expect(idsOf(json)).toEqual(all.slice(0, limit));
		expect(await apiPaths(simulator)).toHaveLength(pages);
	});

	it('are limited to 50 ledgers when nothing is said', async () => {
		await simulator.reset({ data: 'bulk', options: { ledgers: 60, entriesPerLedger: 1 } });
		const { json } = await act(simulator, { resource: 'ledger', operation: 'getAll' });
		expect(json).toHaveLength(50);
	});

	it('end when the API leaves the cursor out or gives the same one again', async () => {
		const page = (ledgerId: string, cursor?: string) => ({ items: [{ ledgerId }], cursor });
		const fault = { path: '/settlement/', status: 200 };
		await simulator.control.post('/faults', { ...fault, body: page('1') });
		expect(idsOf((await getAll()).json)).toEqual(['1']);
		await simulator.control.post('/faults', { ...fault, body: page('1', 'c'), times: 1 });
		await simulator.control.post('/faults', { ...fault, body: page('2', 'c'), times: 1 });
		expect(idsOf((await getAll()).json)).toEqual(['1', '2']);
	});

	it('keep fields that nobody knows yet and give ledger numbers as text', async () => {
		const item = { ledgerId: 42, currency: 'NOK', colour: { name: 'orange' } };
		await simulator.control.post('/faults', {
			path: '/settlement/',
			status: 200,
			body: { items: [item], cursor: '' },
		});
		const { json } = await getAll();
		expect(json).toEqual([{ ...item, ledgerId: '42' }]);
	});
});

describe('the recipient handle', () => {
	beforeEach(async () => {
		await simulator.reset({ data: 'empty', options: { ledgersPageSize: 1 } });
		await addLedger(simulator, { ledgerId: '1', settlesForRecipientHandles: ['api:654321'] });
		await addLedger(simulator, { ledgerId: '2', settlesForRecipientHandles: ['NO:654321'] });
		await addLedger(simulator, {
			ledgerId: '3',
			settlesForRecipientHandles: ['api:111111', 'api:222222'],
		});
		await addLedger(simulator, {
			ledgerId: '4',
			market: 'DK',
			settlesForRecipientHandles: ['DK:90601'],
		});
	});

	it.each([
		['api:654321', ['1']],
		[' NO:654321 ', ['2']],
		['api:222222', ['3']],
		['DK:90601', ['4']],
		['FI:90601', []],
	])('%s is looked for by the API', async (recipientHandle, ids) => {
		const { json } = await getAll({ filters: { recipientHandle } });
		expect(idsOf(json)).toEqual(ids);
		expect(await apiPaths(simulator)).toEqual([
			`/settlement/v1/ledgers?settlesForRecipientHandles=${encodeURIComponent(recipientHandle.trim())}`,
		]);
	});

	it.each([
		['654321', ['1', '2']],
		['222222', ['3']],
		['90601', ['4']],
		['65432', []],
		['54321', []],
	])('%s alone is looked for as a number of every kind', async (recipientHandle, ids) => {
		const { json } = await getAll({ filters: { recipientHandle } });
		expect(idsOf(json)).toEqual(ids);
		expect(await apiPaths(simulator)).toHaveLength(4);
	});

	it('may come as a number from an expression', async () => {
		const { json } = await getAll(
			{ filters: { recipientHandle: '={{ $json.msn }}' } },
			{ items: [{ msn: 654321 }] },
		);
		expect(idsOf(json)).toEqual(['1', '2']);
	});

	it.each(['', '  '])('that is empty finds all: "%s"', async (recipientHandle) => {
		const { json } = await getAll({ filters: { recipientHandle } });
		expect(idsOf(json)).toEqual(['1', '2', '3', '4']);
	});

	it('that belongs to no ledger brings a hint', async () => {
		const { json, error, executionHints } = await getAll({ filters: { recipientHandle: 'NO:1' } });
		expect(error).toBeUndefined();
		expect(json).toEqual([]);
		expect(executionHints).toEqual([
			{ message: expect.stringContaining('No ledger was found'), location: 'outputPane' },
		]);
	});
});

describe('the keys', () => {
	beforeEach(
		async () => await simulator.reset({ data: 'merchants', options: { ledgers: 4, days: 1 } }),
	);

	it('of a sales unit see its ledger only', async () => {
		const { json } = await getAll(
			{ authentication: 'merchantApi' },
			{ credentials: await merchantKeys(simulator) },
		);
		expect(json).toEqual([
			expect.objectContaining({
				ledgerId: '300001',
				settlesForRecipientHandles: ['api:123456'],
			}),
		]);
	});

	it('of an accountant see what merchants have opened to them', async () => {
		await revokeAccess(simulator, '300002');
		expect(idsOf((await getAll()).json)).toEqual(['300001', '300003', '300004']);
	});

	it('that see nothing bring a hint about the business portal', async () => {
		await simulator.reset({ data: 'empty' });
		const { json, executionHints } = await getAll();
		expect(json).toEqual([]);
		expect(executionHints[0].message).toContain('Reports → Accounting partners');
	});

	it('of a partner are refused with what to do', async () => {
		const { clientId, clientSecret, subscriptionKey } = simulator.keys.partner;
		const { error } = await getAll(
			{ authentication: 'merchantApi' },
			{
				credentials: await merchantKeys(simulator, {
					clientId,
					clientSecret,
					subscriptionKey,
					merchantSerialNumber: '',
				}),
			},
		);
		expect(error?.message).toContain('These keys may not do this (list of ledgers)');
		expect(error?.description).toContain('partner keys cannot read ledgers');
		expect(error?.description).toContain('This API does not accept partner keys');
		expect(error).toMatchObject({ httpCode: '403', failure: { cause: 'credential-invalid' } });
		expect(await apiRequests(simulator)).toHaveLength(1);
	});

	it('with a Merchant Serial Number that cannot be one are told which field it is', async () => {
		const credentials = await merchantKeys(simulator);
		const parameters = { authentication: 'merchantApi' };
		await getAll(parameters, { credentials });
		await credentials.edit('vippsMobilePayMerchantApi', { merchantSerialNumber: 'MSN-1' });
		const { error } = await getAll(parameters, { credentials });
		expect(error?.message).toContain('did not accept the request');
		expect(error?.description).toContain('merchant-serial-number: Must be 4 to 10 digits');
	});
});
