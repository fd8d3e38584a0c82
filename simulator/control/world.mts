import type { FastifyInstance } from 'fastify';
import { keys } from '../keys.mts';
import { readMoment, type Setup, type Simulator } from '../simulator.mts';
import { orRefuse, readBody, refuse } from './body.mts';

/** What the world is, starting over, and the clock. */
export function worldControl(app: FastifyInstance, simulator: Simulator, url: () => string): void {
	const clock = () => {
		// Reading the time settles the ledger dates that are over.
		const now = new Date(simulator.world.now()).toISOString();
		return { now, realTime: simulator.world.clock.runs };
	};

	app.get('/simulator', () => {
		const { data, seed, options } = simulator.setup;
		return {
			url: url(),
			data,
			seed,
			options,
			behaviour: simulator.behaviour,
			clock: clock(),
			keys,
		};
	});

	app.post('/simulator/reset', (request) => {
		const body = readBody<Partial<Setup>>(request, ['data', 'seed', 'options', 'now']);
		const { data, seed } = simulator.setup;
		orRefuse(() => simulator.reset({ data, seed, options: {}, ...body }));
		return { data: simulator.setup.data, seed: simulator.setup.seed, clock: clock() };
	});

	app.post('/simulator/clock', (request) => {
		const body = readBody<{ now?: string; advanceSeconds?: number; realTime?: boolean }>(request, [
			'now',
			'advanceSeconds',
			'realTime',
		]);
		if (Object.keys(body).length !== 1) throw refuse('Give now, advanceSeconds or realTime');
		const { now, advanceSeconds, realTime } = body;
		if (now !== undefined) simulator.world.clock.set(orRefuse(() => readMoment(now)));
		if (advanceSeconds !== undefined) {
			if (!(advanceSeconds >= 0)) throw refuse('advanceSeconds is a number, 0 or more');
			simulator.world.clock.advance(advanceSeconds);
		}
		if (realTime) simulator.world.clock.run();
		return clock();
	});
}
