import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { header } from './strict.mts';

/** A disturbance to order. Without status, body, reset and truncate the real answer comes, with delay and headers. */
export interface Fault {
	method?: string;
	/** Regular expression, matched against path and query. */
	path: string;
	/** How many matching requests pass before the fault sets in; 0 by default. */
	skip?: number;
	/** How many requests it hits; 1 by default. */
	times?: number;
	/** Before the request is looked at; with `carryOut`, before its answer. */
	delayMs?: number;
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	contentType?: string;
	/** Closes the connection instead of answering. */
	reset?: boolean;
	/** Carries the request out, sends headers and half of the body, then closes the connection. */
	truncate?: boolean;
	/** Carries the request out before the rest strikes: what was asked has happened, but the answer is lost. */
	carryOut?: boolean;
}

interface Armed {
	fault: Fault;
	path: RegExp;
	skip: number;
	times: number;
}

/** A request that a fault has hit. */
export interface Struck {
	method: string;
	url: string;
	idempotencyKey: string | null;
	/** Whether the request was carried out all the same. */
	carriedOut: boolean;
}

export class Faults {
	#armed: Armed[] = [];
	#struck: Struck[] = [];
	readonly #afterwards = new WeakMap<FastifyRequest, Fault>();

	/** @throws SyntaxError when the path is no regular expression */
	add(fault: Fault): void {
		const { skip = 0, times = 1 } = fault;
		this.#armed.push({ fault, path: new RegExp(fault.path), skip, times });
	}

	/** Those hit since the last `clear`, in order. */
	get struck(): readonly Struck[] {
		return this.#struck;
	}

	clear(): void {
		this.#armed = [];
		this.#struck = [];
	}

	/**
	 * Disturbs the request if a fault is due. Runs before the request is handled.
	 * @returns true when the request has thereby had its answer
	 */
	async strike(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
		const fault = this.#due(request);
		if (!fault) return false;
		this.#struck.push(struckBy(fault, request));
		if (fault.carryOut || fault.truncate) this.#afterwards.set(request, fault);
		if (fault.carryOut) return false;
		if (fault.delayMs) await sleep(fault.delayMs);
		if (fault.reset) {
			reply.hijack();
			request.raw.socket.resetAndDestroy();
			return true;
		}
		reply.headers(fault.headers ?? {});
		const body = replacement(fault, reply);
		if (body === undefined) return false;
		reply.send(body);
		return true;
	}

	/** Disturbs the answer to a request that has been carried out. @returns the payload to send */
	async spoil(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
		const fault = this.#afterwards.get(request);
		if (!fault) return payload;
		let spoilt = payload;
		if (fault.carryOut) {
			if (fault.delayMs) await sleep(fault.delayMs);
			if (fault.reset) request.raw.socket.resetAndDestroy();
			reply.headers(fault.headers ?? {});
			spoilt = replacement(fault, reply) ?? payload;
			reply.removeHeader('content-length');
		}
		if (!fault.truncate || typeof spoilt !== 'string') return spoilt;
		const bytes = Buffer.from(spoilt);
		reply.header('content-length', bytes.length);
		return Readable.from(half(bytes));
	}

	#due(request: FastifyRequest): Fault | undefined {
		let due: Fault | undefined;
		for (const armed of this.#armed) {
			const { method = request.method } = armed.fault;
			if (method.toUpperCase() !== request.method || !armed.path.test(request.url)) continue;
			if (armed.skip > 0) {
				armed.skip--;
			} else if (!due && armed.times > 0) {
				armed.times--;
				due = armed.fault;
			}
		}
		this.#armed = this.#armed.filter(({ times }) => times > 0);
		return due;
	}
}

function struckBy(fault: Fault, request: FastifyRequest): Struck {
	const replaced = fault.reset || fault.status !== undefined || fault.body !== undefined;
	return {
		method: request.method,
		url: request.url,
		idempotencyKey: header(request, 'idempotency-key') ?? null,
		carriedOut: Boolean(fault.carryOut) || !replaced,
	};
}

/** The body in place of the real one, with its status and type on the reply; undefined when the real one comes. */
function replacement(fault: Fault, reply: FastifyReply): string | undefined {
	if (fault.status === undefined && fault.body === undefined) return undefined;
	const isText = typeof fault.body === 'string';
	const type = fault.contentType ?? (isText ? 'text/plain' : 'application/json; charset=utf-8');
	if (fault.body === undefined) reply.removeHeader('content-type');
	else reply.type(type);
	reply.code(fault.status ?? 200);
	return isText ? (fault.body as string) : (JSON.stringify(fault.body) ?? '');
}

async function* half(bytes: Buffer) {
	yield bytes.subarray(0, Math.ceil(bytes.length / 2));
	// Lets the half reach the other side before the connection goes.
	await sleep(20);
	throw new Error('Cut off on purpose');
}
