import { fixtureFolder } from './fixture/server';
import { startSimulator, stopSimulators } from './simulator';

const script = `${fixtureFolder}/simulator.mjs`;

afterAll(async () => await stopSimulators());

it('starts a simulator, talks to it and ends it', async () => {
	const simulator = await startSimulator({ script, data: 'small', seed: 7 });
	expect(simulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	expect(simulator.keys).toEqual({ accounting: { clientId: 'id' } });
	expect(await simulator.truth()).toEqual({ method: 'GET', path: '/simulator/truth', body: '' });
	expect(await simulator.reset({ seed: 2 })).toMatchObject({ method: 'POST', body: '{"seed":2}' });
	const { data } = await simulator.control.get('/arguments');
	expect(data.path).toBe('/simulator/arguments');
	expect(data.arguments).toEqual(['--port', '0', '--json', '--data', 'small', '--seed', '7']);
	await simulator.stop();
	await expect(simulator.truth()).rejects.toThrow(/ECONNREFUSED/);
});

it('says why a simulator did not start', async () => {
	await expect(startSimulator({ script, data: 'broken' })).rejects.toThrow(
		/did not start: it ended with 3\nno such data/,
	);
	await expect(startSimulator({ script, data: 'talkative' })).rejects.toThrow(/not JSON: hello/);
});
