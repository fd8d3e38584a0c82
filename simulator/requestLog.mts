import type { FastifyReply, FastifyRequest } from 'fastify';
import { lacksSystemHeaders } from './strict.mts';
import type { Flow } from './tokens.mts';

interface Recorded {
	method: string;
	url: string;
	route: string;
	/** Null while there is no answer, and for good after a reset. */
	status: number | null;
	headers: Record<string, string>;
	missingSystemHeaders?: true;
}

const kept = 1000;
const secretHeaders = ['authorization', 'client_secret', 'ocp-apim-subscription-key'];
const plainHeaders = [
	'client_id',
	'merchant-serial-number',
	'vipps-system-name',
	'vipps-system-version',
	'vipps-system-plugin-name',
	'vipps-system-plugin-version',
	'idempotency-key',
	'content-type',
	'accept',
	'user-agent',
];

/** What has been asked of the APIs: counts, concurrency and the last requests, without any secret. */
export class RequestLog {
	#requests: Recorded[] = [];
	#byRoute: Record<string, number> = {};
	#tokens: Record<Flow, number> = { standard: 0, specialized: 0 };
	#total = 0;
	#peak = 0;
	readonly #open = new Map<FastifyRequest, Recorded>();

	start(request: FastifyRequest, reply: FastifyReply): void {
		const route = `${request.method} ${request.routeOptions.url ?? '(unknown)'}`;
		const recorded: Recorded = {
			method: request.method,
			url: request.url,
			route,
			status: null,
			headers: chosen(request),
			...(lacksSystemHeaders(request) ? { missingSystemHeaders: true } : {}),
		};
		this.#total++;
		this.#byRoute[route] = (this.#byRoute[route] ?? 0) + 1;
		this.#requests.push(recorded);
		if (this.#requests.length >= 2 * kept) this.#requests = this.#requests.slice(-kept);
		this.#open.set(request, recorded);
		this.#peak = Math.max(this.#peak, this.#open.size);
		// A connection that broke off never gets to `answered`.
		reply.raw.once('close', () => this.#open.delete(request));
	}

	/** To be called when the answer is ready, so that a client that has it finds it in the log. */
	answered(request: FastifyRequest, status: number): void {
		const recorded = this.#open.get(request);
		if (recorded) recorded.status = status;
		this.#open.delete(request);
	}

	countToken(flow: Flow): void {
		this.#tokens[flow]++;
	}

	clear(): void {
		this.#requests = [];
		this.#byRoute = {};
		this.#tokens = { standard: 0, specialized: 0 };
		this.#total = 0;
		this.#peak = this.#open.size;
	}

	summary() {
		return {
			total: this.#total,
			byRoute: this.#byRoute,
			tokenRequests: this.#tokens,
			peakConcurrency: this.#peak,
			requests: this.#requests.slice(-kept),
		};
	}
}

function chosen({ headers }: FastifyRequest): Record<string, string> {
	const result: Record<string, string> = {};
	for (const name of secretHeaders) if (headers[name] !== undefined) result[name] = 'present';
	for (const name of plainHeaders) {
		if (headers[name] !== undefined) result[name] = String(headers[name]);
	}
	return result;
}
