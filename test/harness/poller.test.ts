import {
	fixtureFolder,
	fixturePassword,
	startFixtureServer,
	type FixtureServer,
} from './fixture/server';
import { createPoller, storeCredentials, type Poller, type PollerOptions } from './index';

const folder = fixtureFolder;
const type = 'n8n-nodes-fixture.fixtureTrigger';

let server: FixtureServer;
let nextId: number;

beforeEach(async () => {
	server = await startFixtureServer();
	nextId = 1;
});

afterEach(async () => await server.close());

function arrive(...kinds: string[]): void {
	for (const kind of kinds) server.entries.push({ id: nextId++, kind });
}

async function poller(options: Partial<PollerOptions> = {}): Promise<Poller> {
	const credentials = await storeCredentials({
		fixtureApi: { baseUrl: server.url, password: fixturePassword },
	});
	return await createPoller({ folder, type, credentials, ...options });
}

const delivered = (trigger: Poller) => trigger.delivered.map(({ id }) => id);

describe('the default engine', () => {
	it('gives items, then null, and keeps static data in memory', async () => {
		arrive('a', 'b');
		const trigger = await poller();
		expect(await trigger.poll()).toEqual([
			[
				{ json: expect.objectContaining({ id: 1, mode: 'trigger', budgetMs: 300_000 }) },
				{ json: expect.objectContaining({ id: 2 }) },
			],
		]);
		expect(await trigger.poll()).toBeNull();
		expect(trigger.staticData).toEqual({ position: { cursor: 2 } });
	});

	it('saves after a poll that gave something and forgets what an empty poll moved', async () => {
		const trigger = await poller({ parameters: { kind: 'a' } });
		arrive('a');
		await trigger.poll();
		arrive('b');
		expect(await trigger.poll()).toBeNull();
		expect(trigger.staticData).toEqual({ position: { cursor: 2 } });
		expect(trigger.savedStaticData).toEqual({ position: { cursor: 1 } });
		trigger.crash();
		expect(trigger.staticData).toEqual({ position: { cursor: 1 } });
	});

	it('does not see a change deep inside an object that the node put there itself', async () => {
		const trigger = await poller({ parameters: { inPlace: true } });
		arrive('a');
		await trigger.poll();
		arrive('a');
		await trigger.poll();
		expect(trigger.staticData).toEqual({ position: { cursor: 2 } });
		expect(trigger.savedStaticData).toEqual({ position: { cursor: 1 } });
	});

	it('gives the same items again after a crash before the save', async () => {
		arrive('a');
		const trigger = await poller();
		await trigger.poll({ crash: 'beforeSave' });
		await trigger.poll();
		expect(delivered(trigger)).toEqual([1, 1]);
	});

	it('loses items in a crash between the save and the start of the execution', async () => {
		arrive('a');
		const trigger = await poller();
		await trigger.poll({ crash: 'afterSave' });
		await trigger.poll();
		expect(delivered(trigger)).toEqual([]);
	});

	it('polls on activation and saves even when that gave nothing', async () => {
		const trigger = await poller({ parameters: { kind: 'a' } });
		arrive('b');
		expect(await trigger.activate()).toBeNull();
		expect(trigger.savedStaticData).toEqual({ position: { cursor: 1 } });
	});

	it('keeps static data under the name of the node', async () => {
		arrive('a');
		const trigger = await poller();
		await trigger.poll();
		await trigger.reactivate({ name: 'Renamed' });
		expect(delivered(trigger)).toEqual([1, 1]);
	});
});

describe('durable cursors', () => {
	const engine = 'durable';

	it('outlive a crash after an empty poll', async () => {
		const trigger = await poller({ engine, parameters: { kind: 'a' } });
		arrive('b');
		expect(await trigger.poll()).toBeNull();
		trigger.crash();
		expect(trigger.staticData).toEqual({ position: { cursor: 1 } });
	});

	it('are written together with the execution or not at all', async () => {
		arrive('a');
		const trigger = await poller({ engine });
		await trigger.poll({ crash: 'beforeSave' });
		expect(trigger.staticData).toEqual({});
		await trigger.poll();
		await trigger.poll();
		expect(delivered(trigger)).toEqual([1]);
	});

	it('see a change deep inside the static data', async () => {
		const trigger = await poller({ engine, parameters: { inPlace: true } });
		arrive('a');
		await trigger.poll();
		arrive('a');
		await trigger.poll();
		expect(trigger.savedStaticData).toEqual({ position: { cursor: 2 } });
	});

	it('survive a new name and keep nothing of an activation that gave nothing', async () => {
		const trigger = await poller({ engine, parameters: { kind: 'a' } });
		arrive('b');
		expect(await trigger.activate()).toBeNull();
		expect(trigger.staticData).toEqual({});
		arrive('a');
		await trigger.poll();
		await trigger.reactivate({ name: 'Renamed' });
		expect(delivered(trigger)).toEqual([2]);
	});

	it('give a poll 36 seconds, unless the test says otherwise', async () => {
		arrive('a');
		const trigger = await poller({ engine });
		await trigger.poll();
		expect(trigger.delivered[0]).toMatchObject({ budgetMs: 36_000 });
		const short = await poller({ engine, budgetMs: 50 });
		await short.poll();
		expect(short.delivered[0]).toMatchObject({ budgetMs: 50 });
	});
});

it('throws what the node throws, with the cause that it declares, and moves nothing', async () => {
	const trigger = await poller();
	arrive('a');
	server.failNext(429, { 'Retry-After': '5' });
	await expect(trigger.poll()).rejects.toMatchObject({
		name: 'NodeApiError',
		httpCode: '429',
		failure: { cause: 'rate-limited', retryAfterMs: 5000 },
	});
	expect(trigger.staticData).toEqual({});
	await trigger.poll();
	expect(delivered(trigger)).toEqual([1]);
});

it('runs a manual poll on a copy', async () => {
	arrive('a');
	const trigger = await poller();
	await trigger.poll();
	arrive('a');
	const { items, staticData, error } = await trigger.pollManually();
	expect(error).toBeUndefined();
	expect(items[0].map(({ json }) => json)).toEqual([
		expect.objectContaining({ id: 2, mode: 'manual', activation: 'manual' }),
	]);
	expect(staticData).toEqual({ position: { cursor: 2 } });
	expect(trigger.staticData).toEqual({ position: { cursor: 1 } });
	expect(delivered(trigger)).toEqual([1]);
});

it('takes changed parameters and static data of an older version', async () => {
	arrive('a', 'b', 'a');
	const trigger = await poller({ parameters: { kind: 'b' } });
	trigger.setSavedStaticData({ position: { cursor: 1 } });
	await trigger.poll();
	trigger.setParameters({ kind: 'a' });
	arrive('a');
	await trigger.poll();
	expect(delivered(trigger)).toEqual([2, 4]);
});
