import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { admit, unitWithin, type Access } from '../auth.mts';
import { problem, type ApiError } from '../errors.mts';
import type { Behaviour } from '../options.mts';
import type { Simulator } from '../simulator.mts';
import { header } from '../strict.mts';
import { documentedEvents } from '../world/webhooks/events.mts';
import { LimitError } from '../world/webhooks/registrations.mts';
import { isLoopback } from '../delivery/target.mts';
import { detailsOf, type Detail } from './epaymentProblems.mts';

const base = '/webhooks/v1/webhooks';

const access: Access = {
	keyTypes: ['merchant', 'partner'],
	refuse: (message) => problem(401, 'Unauthorized', message),
};

/**
 * Registering webhooks. Only 400 is documented as an error; 401, 403, 404, 415 and all bodies but
 * that of 400 are assumptions.
 */
export function webhookRoutes(app: FastifyInstance, simulator: Simulator): void {
	app.post(base, (request, reply) => {
		const msn = enter(simulator, request);
		const { url, events } = readRegistration(request, simulator.behaviour);
		const now = simulator.world.now();
		try {
			const { id, secret } = simulator.registrations.add(msn, url, events, now);
			reply.code(201);
			return { id, secret };
		} catch (error) {
			throw error instanceof LimitError
				? invalid([{ name: 'events', reason: error.message }])
				: error;
		}
	});

	app.get(base, (request) => {
		const own = simulator.registrations.of(enter(simulator, request));
		return { webhooks: own.map(({ id, url, events }) => ({ id, url, events })) };
	});

	app.delete<{ Params: { id: string } }>(`${base}/:id`, (request, reply) => {
		const msn = enter(simulator, request);
		const { id } = request.params;
		if (!z.string().uuid().safeParse(id).success) {
			throw invalid([{ name: 'id', reason: 'The value is not a UUID' }]);
		}
		// Another's is as unknown as one that never was.
		if (!simulator.registrations.remove(msn, id)) throw unknownWebhook(simulator);
		reply.code(204);
		return reply.send();
	});
}

/**
 * Lets a request in. Its query must be empty.
 * @returns the sales unit whose registrations it is about; null for the partner's own
 * @throws ApiError 400 for a merchant without Merchant-Serial-Number, 401, 403 for keys or a unit out of reach
 */
function enter(simulator: Simulator, request: FastifyRequest): string | null {
	const keyType = admit(simulator, request, access);
	const query = Object.keys(request.query as object);
	if (query.length > 0) {
		throw invalid(query.map((name) => ({ name, reason: 'The query parameter is not known' })));
	}
	const msn = header(request, 'merchant-serial-number');
	if (msn === undefined) {
		if (keyType === 'partner') return null;
		throw invalid([{ name: 'Merchant-Serial-Number', reason: 'The header is required' }]);
	}
	if (!unitWithin(simulator, keyType, msn)) {
		throw problem(403, 'Forbidden', `The keys do not reach sales unit ${msn}`);
	}
	return msn;
}

const registration = z
	.object({ url: z.string().url().max(2000), events: z.array(z.string()).min(1) })
	.strict();

/** @throws ApiError 400 that names what is wrong, 415 for another content type */
function readRegistration(request: FastifyRequest, { unknownEvents }: Behaviour) {
	if (!/^application\/json(?:;|$)/i.test(header(request, 'content-type') ?? '')) {
		throw problem(415, 'Unsupported Media Type', 'The body must be JSON');
	}
	const { success, data, error } = registration.safeParse(parse(request.body));
	if (!success) throw invalid(detailsOf(error));
	const { url, events } = data;
	const { protocol } = new URL(url);
	// The real API wants https always; here, a test on one computer may do without.
	if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(url))) {
		throw invalid([{ name: 'url', reason: 'The URL must use HTTPS' }]);
	}
	const unknown = events.filter((event) => !documentedEvents.includes(event));
	if (unknownEvents === 'refused' && unknown.length > 0) {
		throw invalid(unknown.map((event) => ({ name: 'events', reason: `Unknown event ${event}` })));
	}
	return data;
}

/** What is no JSON is undefined, which no body may be. */
function parse(text: unknown): unknown {
	try {
		return JSON.parse(String(text));
	} catch {
		return undefined;
	}
}

function invalid(details: Detail[]): ApiError {
	return problem(400, 'Bad Request', 'One or more validation errors occurred.', details);
}

function unknownWebhook({ behaviour }: Simulator): ApiError {
	if (behaviour.unknownWebhook === '404') return problem(404, 'Not Found', 'No such webhook');
	return invalid([{ name: 'id', reason: 'No such webhook' }]);
}
