import type { FastifyInstance } from 'fastify';
import { checkForgery, checkMischief, checkWhole, mischiefFields } from '../delivery/mischief.mts';
import type { Mischief } from '../delivery/mischief.mts';
import type { Extra } from '../delivery/deliveries.mts';
import { keys } from '../keys.mts';
import type { Simulator } from '../simulator.mts';
import { orRefuse, readBody, refuse } from './body.mts';

interface SendBody extends Extra {
	eventNumber: number;
	registrationId?: string;
	copies?: number;
	concurrently?: boolean;
}

/** Events to tell endpoints of, disturbances of the telling, and how it went. */
export function webhookControl(app: FastifyInstance, simulator: Simulator): void {
	app.get('/simulator/webhooks', () => ({
		webhooks: simulator.registrations.all.map(
			({ id, url, events, msn, createdAt, failingSince }) => ({
				id,
				url,
				events,
				merchantSerialNumber: msn,
				createdAt: new Date(createdAt).toISOString(),
				failingSince: failingSince === null ? null : new Date(failingSince).toISOString(),
			}),
		),
		pending: simulator.deliveries.pending,
		counts: simulator.deliveries.log.counts,
	}));

	app.post('/simulator/webhooks/events', (request) => {
		const { event, body, merchantSerialNumber } = readBody<{
			event: string;
			body: unknown;
			merchantSerialNumber?: string;
		}>(request, ['event', 'body', 'merchantSerialNumber'], ['event', 'body']);
		if (typeof event !== 'string') throw refuse('event is a name');
		const msn = merchantSerialNumber ?? keys.merchant.merchantSerialNumber;
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return simulator.deliveries.announce(event, msn, Buffer.from(text));
	});

	disturbanceControl(app, simulator);
	logControl(app, simulator);
}

function disturbanceControl(app: FastifyInstance, simulator: Simulator): void {
	app.post('/simulator/webhooks/send', async (request) => {
		const { eventNumber, registrationId, copies, concurrently, ...extra } = readBody<SendBody>(
			request,
			['eventNumber', 'registrationId', 'copies', 'concurrently', 'forgery', 'bit', 'ageSeconds'],
			['eventNumber'],
		);
		orRefuse(() => {
			checkForgery(extra.forgery);
			checkWhole('copies', copies, 1);
			checkWhole('bit', extra.bit, 0);
		});
		const { deliveries } = simulator;
		const { forgery, ageSeconds } = extra;
		const kind = forgery ? 'forged' : ageSeconds ? 'late' : 'repeated';
		const send = () => deliveries.sendAgain(eventNumber, registrationId, kind, extra);
		try {
			if (concurrently)
				return { deliveries: await Promise.all(Array.from({ length: copies ?? 1 }, send)) };
			const sent = [];
			for (let copy = 0; copy < (copies ?? 1); copy++) sent.push(await send());
			return { deliveries: sent };
		} catch (error) {
			throw refuse((error as Error).message, 404);
		}
	});

	app.post('/simulator/webhooks/mischief', (request) => {
		const mischief = readBody<Mischief>(request, mischiefFields, ['kind']);
		orRefuse(() => checkMischief(mischief));
		simulator.deliveries.mischief.add(mischief);
		return mischief;
	});

	app.delete('/simulator/webhooks/mischief', () => {
		simulator.deliveries.mischief.clear();
		return {};
	});
}

const pageSize = 1000;

function logControl(app: FastifyInstance, simulator: Simulator): void {
	app.get('/simulator/webhooks/deliveries', (request) => {
		const { after = '0' } = request.query as { after?: string };
		if (!/^\d+$/.test(after)) throw refuse('after is the number of a delivery');
		return { deliveries: simulator.deliveries.log.after(Number(after), pageSize) };
	});

	app.delete('/simulator/webhooks/deliveries', () => {
		simulator.deliveries.log.clear();
		return {};
	});
}
