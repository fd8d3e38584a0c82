import {
	engineLog,
	expectNoSecrets,
	loadOptions,
	startSimulator,
	type CredentialStore,
	type Simulator,
} from '../../harness';
import { addLedger, apiPaths, disturb, secretsOf } from '../../support/simulated';
import { accountingKeys, ACTION, merchantKeys, TRIGGER } from '../../support/vipps';

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
