import Fastify, { type FastifyInstance } from 'fastify';
import { accessTokenRoutes } from './api/accessToken.mts';
import { managementRoutes } from './api/management.mts';
import { productOrderRoutes } from './api/productOrders.mts';
import { epaymentRoutes } from './api/epayment.mts';
import { reportRoutes } from './api/report.mts';
import { salesRoutes } from './api/sales.mts';
import { settlementRoutes } from './api/settlement.mts';
import { webhookRoutes } from './api/webhooks.mts';
import { controlRoutes } from './control/routes.mts';
import { ApiError, gatewayError, problem } from './errors.mts';
import { keys } from './keys.mts';
import { Simulator, type Setup } from './simulator.mts';
import { checkHeaders } from './strict.mts';

export interface SimulatorOptions extends Partial<Setup> {
	/** 0, the default, takes a free port. */
	port?: number;
}

export interface RunningSimulator {
	/** Base URL without a slash at the end. */
	url: string;
	keys: typeof keys;
	close(): Promise<void>;
}

/** How often the simulator looks at its clock by itself. */
const tickMs = 50;

const apis = [
	accessTokenRoutes,
	settlementRoutes,
	reportRoutes,
	salesRoutes,
	managementRoutes,
	productOrderRoutes,
	epaymentRoutes,
	webhookRoutes,
];

/**
 * Starts the simulator on this machine's loopback address.
 * @throws Error for an unknown data set or option, or a port that is taken
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
	const { port = 0, data = 'demo', seed = 1, now, options: settings = {} } = options;
	const simulator = new Simulator({ data, seed, now, options: settings });
	const app = Fastify({
		bodyLimit: 256 * 1024 * 1024,
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: 500 },
	});
	takeBodiesAsText(app);
	app.setErrorHandler((error, _request, reply) => {
		const answer = error instanceof ApiError ? error : unexpected(error);
		reply.code(answer.status).type(answer.contentType).send(JSON.stringify(answer.body));
	});
	app.setNotFoundHandler(() => {
		throw gatewayError(404, 'Resource not found');
	});
	watch(app, simulator);
	for (const routes of apis) routes(app, simulator);
	const url = () => app.listeningOrigin;
	controlRoutes(app, simulator, url);
	const ticks = setInterval(() => simulator.tick(), tickMs).unref();
	app.addHook('onClose', async () => {
		clearInterval(ticks);
		simulator.deliveries.end();
	});
	await app.listen({ port, host: '127.0.0.1' });
	return { url: url(), keys, close: () => app.close() };
}

/** Every route reads its body itself, so that a wrong content type gets that API's own answer. */
function takeBodiesAsText(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

/** The simulator's date on every answer; log, faults and header checks on every API request. */
function watch(app: FastifyInstance, simulator: Simulator): void {
	app.addHook('onRequest', async (request, reply) => {
		reply.header('date', new Date(simulator.world.now()).toUTCString());
		if (isControl(request.url)) return undefined;
		simulator.log.start(request, reply);
		if (await simulator.faults.strike(request, reply)) return reply;
		checkHeaders(request);
		return undefined;
	});
	app.addHook('onSend', async (request, reply, payload) => {
		if (isControl(request.url)) return payload;
		const sent = await simulator.faults.spoil(request, reply, payload);
		// After a reset there is no answer to record.
		if (!request.raw.socket.destroyed) simulator.log.answered(request, reply.statusCode);
		return sent;
	});
}

function isControl(url: string): boolean {
	return /^\/simulator(?:[/?]|$)/.test(url);
}

function unexpected(error: unknown): ApiError {
	const status = (error as { statusCode?: number }).statusCode ?? 500;
	const detail = error instanceof Error ? error.message : String(error);
	return problem(status, status < 500 ? 'Bad Request' : 'Internal Server Error', detail);
}
