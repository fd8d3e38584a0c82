import type { FastifyInstance } from 'fastify';
import type { Fault } from '../faults.mts';
import type { Simulator } from '../simulator.mts';
import { topics } from '../world/entry.mts';
import { orRefuse, readBody } from './body.mts';

const faultFields = [
	'method',
	'path',
	'skip',
	'times',
	'delayMs',
	'status',
	'headers',
	'body',
	'contentType',
	'reset',
	'truncate',
	'carryOut',
] as const;

/** Tokens, faults, and looking at what was asked and what is true. */
export function watchControl(app: FastifyInstance, simulator: Simulator): void {
	app.post('/simulator/tokens/expire', () => ({ expired: simulator.tokens.expireAll() }));

	app.post('/simulator/faults', (request) => {
		const fault = readBody<Fault>(request, faultFields, ['path']);
		orRefuse(() => simulator.faults.add(fault));
		return fault;
	});

	app.get('/simulator/faults', () => ({ struck: simulator.faults.struck }));

	app.delete('/simulator/faults', () => {
		simulator.faults.clear();
		return {};
	});

	app.get('/simulator/requests', () => simulator.log.summary());

	app.delete('/simulator/requests', () => {
		simulator.log.clear();
		return {};
	});

	app.get('/simulator/truth', () => {
		simulator.world.now();
		const ledgers = [...simulator.world.ledgers.values()];
		return {
			ledgers: ledgers.map(({ facts, terms }) => ({ ...facts, ...terms })),
			entries: ledgers.flatMap((ledger) =>
				topics.flatMap((topic) =>
					ledger.book(topic).all.map((entry) => ({ ...entry, topic, ledgerId: ledger.id })),
				),
			),
			sales: ledgers.flatMap((ledger) =>
				ledger.sales.all.map((sale) => ({ ...sale, ledgerId: ledger.id })),
			),
		};
	});
}
