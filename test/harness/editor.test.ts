import {
	fixtureFolder,
	fixturePassword,
	startFixtureServer,
	type FixtureServer,
} from './fixture/server';
import { loadOptions, loadPackage, storeCredentials, testCredential } from './index';

const folder = fixtureFolder;
const type = 'n8n-nodes-fixture.fixture';

let server: FixtureServer;

beforeEach(async () => {
	server = await startFixtureServer();
});

afterEach(async () => await server.close());

it('loads a package once, with what the loader adds', async () => {
	const loaded = await loadPackage(folder);
	expect(await loadPackage(folder)).toBe(loaded);
	expect(Object.keys(loaded.nodes)).toEqual([type, `${type}Trigger`]);
	expect(loaded.credentials.fixtureApi.supportedNodes).toEqual(['fixture', 'fixtureTrigger']);
});

it('says what is not built', async () => {
	await expect(loadPackage(`${fixtureFolder}/unbuilt`)).rejects.toThrow(
		/Not built: nodes\/Missing\.node\.js/,
	);
});

describe('loadOptions', () => {
	it('calls a loadOptions method with the parameters so far', async () => {
		const credentials = await storeCredentials({
			fixtureApi: { baseUrl: server.url, region: '={{ "so" + "uth" }}' },
		});
		const parameters = { path: '/chosen' };
		await expect(
			loadOptions({
				folder,
				type,
				method: 'getRegions',
				kind: 'loadOptions',
				parameters,
				credentials,
			}),
		).resolves.toEqual([{ name: 'Region south', value: '/chosen' }]);
	});

	it('calls a listSearch method with filter and pagination token', async () => {
		server.entries.push({ id: 1, kind: 'a' }, { id: 21, kind: 'a' }, { id: 22, kind: 'a' });
		const credentials = await storeCredentials({
			fixtureApi: { baseUrl: server.url, password: fixturePassword },
		});
		const call = { folder, type, method: 'searchEntries', credentials } as const;
		await expect(
			loadOptions({ ...call, kind: 'listSearch', filter: '2', paginationToken: 'more' }),
		).resolves.toEqual({ results: [{ name: 'entry 22', value: 22 }], paginationToken: 'more' });
	});

	it('refuses a method that the node does not have', async () => {
		await expect(
			loadOptions({ folder, type, method: 'nothing', kind: 'loadOptions' }),
		).rejects.toThrow(/has no loadOptions "nothing"/);
	});
});

describe('testCredential', () => {
	it('accepts a good credential, with a new token even when one is stored', async () => {
		const credentials = await storeCredentials({
			fixtureApi: { baseUrl: server.url, password: fixturePassword, accessToken: 'old' },
		});
		await expect(testCredential('fixtureApi', credentials, { folder })).resolves.toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(server.log).toEqual(['POST /token', 'GET /entries']);
		expect(await credentials.read('fixtureApi')).toMatchObject({ accessToken: 'token-1' });
	});

	it('says what the service said of a bad one', async () => {
		const data = { baseUrl: server.url, password: 'wrong' };
		await expect(testCredential('fixtureApi', data, { folder })).resolves.toEqual({
			status: 'Error',
			message: 'Unauthorized',
		});
	});

	it('says that nothing listens', async () => {
		const data = { baseUrl: 'http://127.0.0.1:1', password: fixturePassword };
		await expect(testCredential('fixtureApi', data, { folder })).resolves.toMatchObject({
			status: 'Error',
		});
	});
});
