import type { INodeParameters } from 'n8n-workflow';
import {
	engineLog,
	expectNoSecrets,
	loadOptions,
	startSimulator,
	type CredentialStore,
	type Simulator,
} from '../../harness';
import { addLedger, apiPaths, disturb, secretsOf } from '../../support/simulated';
import { accountingKeys, act, ACTION, merchantKeys, TRIGGER } from '../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator()));

beforeEach(async () => {
	await simulator.reset({ data: 'empty', options: { ledgersPageSize: 2 } });
	await addLedger(simulator, {
		ledgerId: '700001',
		name: 'Zebra Oslo',
		settlesForRecipientHandles: ['api:123456'],
	});
	await addLedger(simulator, {
		ledgerId: '700002',
		market: 'DK',
		name: 'Ærø Café',
		settlesForRecipientHandles: ['DK:90601'],
	});
	await addLedger(simulator, {
		ledgerId: '700003',
		market: 'FI',
		name: 'Bakery Helsinki',
		settlesForRecipientHandles: ['FI:1', 'FI:2', 'FI:3', 'FI:4', 'FI:5'],
		salesUnits: [],
	});
});

const search = async (filter?: string, credentials?: CredentialStore, authentication?: string) =>
	(
		await loadOptions({
			type: ACTION,
			kind: 'listSearch',
			method: 'searchLedgers',
			parameters: { resource: 'ledgerEntry', authentication: authentication ?? 'accountingApi' },
			credentials: credentials ?? (await accountingKeys(simulator)),
			filter,
		})
	).results;

const named = {
	'700001': 'Zebra Oslo · api:123456 · NOK · ledger 700001',
	'700002': 'Ærø Café · DK:90601 · DKK · ledger 700002',
	'700003': 'FI:1, FI:2, FI:3 and 2 more · EUR · ledger 700003',
};

it('all ledgers of all pages are listed by the names that people know, in order', async () => {
	const results = await search();
	expect(Object.fromEntries(results.map(({ value, name }) => [value, name]))).toEqual(named);
	const names = results.map(({ name }) => name);
	expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	expect(await apiPaths(simulator)).toHaveLength(2);
});

it.each([
	['oslo', ['700001']],
	['ÆRØ', ['700002']],
	['90601', ['700002']],
	['eur', ['700003']],
	['ledger 70000', ['700001', '700002', '700003']],
	['  zebra ', ['700001']],
	['', ['700001', '700002', '700003']],
	['nowhere', []],
])('a search for "%s" finds them by all that their names show', async (filter, ids) => {
	expect((await search(filter)).map(({ value }) => value).sort()).toEqual(ids);
});

describe('a long list', () => {
	const pageOf = async (filter?: string, paginationToken?: string) =>
		await loadOptions({
			type: ACTION,
			kind: 'listSearch',
			method: 'searchLedgers',
			parameters: { resource: 'ledgerEntry', authentication: 'accountingApi' },
			credentials: await accountingKeys(simulator),
			filter,
			paginationToken,
		});

	beforeEach(async () => {
		const options = { ledgers: 201, days: 1, salesPerDay: 1, ledgersPageSize: 1000 };
		await simulator.reset({ data: 'merchants', options });
	});

	it('comes in pages of a hundred, each ledger once and in order', async () => {
		const names: string[] = [];
		const lengths: number[] = [];
		for (let page: unknown; ; ) {
			const { results, paginationToken } = await pageOf('', page as string | undefined);
			names.push(...results.map(({ name }) => name));
			lengths.push(results.length);
			page = paginationToken;
			if (page === undefined) break;
		}
		expect(lengths).toEqual([100, 100, 1]);
		expect(new Set(names).size).toBe(201);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	});

	it('is searched as a whole, and what is found comes in pages, too', async () => {
		const found = await pageOf('shop 201');
		expect(found.results.map(({ value }) => value)).toEqual(['300201']);
		expect(found.paginationToken).toBeUndefined();
		// 1, 10 to 19 and 100 to 199.
		const { results, paginationToken } = await pageOf('shop 1');
		expect(results).toHaveLength(100);
		expect((await pageOf('shop 1', String(paginationToken))).results).toHaveLength(11);
	});

	it('is whole for the trigger', async () => {
		const options = await loadOptions({
			type: TRIGGER,
			kind: 'loadOptions',
			method: 'getLedgers',
			credentials: await accountingKeys(simulator),
		});
		expect(options).toHaveLength(201);
	});
});

describe('keys without access to any ledger are told how to get it', () => {
	const words = {
		message: 'These keys have access to no ledger',
		description: expect.stringContaining('Reports → Accounting partners'),
	};

	beforeEach(async () => await simulator.reset({ data: 'empty' }));

	it('by the list', async () => {
		await expect(search()).rejects.toMatchObject(words);
		await expect(search('oslo')).rejects.toMatchObject(words);
	});

	it('by the trigger', async () => {
		const credentials = await accountingKeys(simulator);
		const call = { type: TRIGGER, kind: 'loadOptions', method: 'getLedgers' } as const;
		await expect(loadOptions({ ...call, credentials })).rejects.toMatchObject(words);
	});
});

describe('what was chosen', () => {
	const read = async (ledgerId: INodeParameters[string]) =>
		await act(simulator, {
			resource: 'ledgerEntry',
			operation: 'getFeedPage',
			topic: 'funds',
			ledgerId,
		});

	it.each<[string, INodeParameters[string]]>([
		['an ID', { __rl: true, mode: 'id', value: '700001' }],
		['blanks around it', { __rl: true, mode: 'id', value: ' 700001\n' }],
		['a number of JSON', '={{ 700001 }}'],
		['a whole name', { __rl: true, mode: 'id', value: named['700001'] }],
		['the end of a name', 'Ledger 700001'],
	])('is the ledger, by %s', async (_name, ledgerId) => {
		const { error } = await read(ledgerId);
		expect(error).toBeUndefined();
		expect((await apiPaths(simulator)).at(-1)).toContain('/ledgers/700001/');
	});

	it.each(['api:123456', 'NO:57860', 'dk: 90601'])(
		'is no sales unit: %s is refused with the way to its ledger',
		async (value) => {
			const { error } = await read({ __rl: true, mode: 'id', value });
			expect(error?.message).toContain("'Ledger' is the number of a sales unit");
			expect(error?.description).toContain('Recipient Handle');
			expect(await apiPaths(simulator)).toEqual([]);
		},
	);
});

it('merchant keys list their own ledger', async () => {
	const results = await search('', await merchantKeys(simulator), 'merchantApi');
	expect(results.map(({ value }) => value)).toEqual(['700001']);
});

it('the trigger lists the same ledgers', async () => {
	const options = await loadOptions({
		type: TRIGGER,
		kind: 'loadOptions',
		method: 'getLedgers',
		credentials: await accountingKeys(simulator),
	});
	expect(options).toEqual(await search());
});

it('wrong keys are told in plain words, without the keys', async () => {
	const credentials = await accountingKeys(simulator, { clientSecret: 'wrong-secret' });
	const error: unknown = await search('', credentials).catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({
		message: expect.stringMatching(/did not accept the keys of this credential.*accounting keys/),
	});
	expectNoSecrets([error, engineLog.lines], [...(await secretsOf(simulator)), 'wrong-secret']);
});

it('keys of the wrong type are told in plain words', async () => {
	const { clientId, clientSecret, subscriptionKey } = simulator.keys.partner;
	const changes = { clientId, clientSecret, subscriptionKey, merchantSerialNumber: '' };
	const credentials = await merchantKeys(simulator, changes);
	await expect(search('', credentials, 'merchantApi')).rejects.toMatchObject({
		message: expect.stringContaining('These keys may not do this'),
		description: expect.stringContaining('partner keys cannot read ledgers'),
	});
});

it('a passing fault does not empty the list', async () => {
	await disturb(simulator, { path: '/settlement/', status: 502, body: '<html></html>' });
	expect(await search()).toHaveLength(3);
});
