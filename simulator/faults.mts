import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A disturbance to order. Without status, body, reset and truncate the real answer comes, with delay and headers. */
export interface Fault {
	method?: string;
	/** Regular expression, matched against path and query. */
	path: string;
	/** How many matching requests pass before the fault sets in; 0 by default. */
	skip?: number;
	/** How many requests it hits; 1 by default. */
	times?: number;
	/** Before the request is looked at. */
	delayMs?: number;
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	contentType?: string;
	/** Closes the connection instead of answering; the request is not carried out. */
	reset?: boolean;
	/** Carries the request out, sends headers and half of the body, then closes the connection. */
	truncate?: boolean;
}

interface Armed {
	fault: Fault;
	path: RegExp;
	skip: number;
	times: number;
}

export class Faults {
	#armed: Armed[] = [];
	readonly #cut = new WeakSet<FastifyRequest>();

	/** @throws SyntaxError when the path is no regular expression */
	add(fault: Fault): void {
		const { skip = 0, times = 1 } = fault;
		this.#armed.push({ fault, path: new RegExp(fault.path), skip, times });
	}

	clear(): void {
		this.#armed = [];
	}

	/**
	 * Disturbs the request if a fault is due. Runs before the request is handled.
	 * @returns true when the request has thereby had its answer
	 */
	async strike(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
		const fault = this.#due(request);
		if (!fault) return false;
		if (fault.delayMs) await sleep(fault.delayMs);
		if (fault.reset) {
			reply.hijack();
			request.raw.socket.resetAndDestroy();
			return true;
		}
		if (fault.truncate) this.#cut.add(request);
		reply.headers(fault.headers ?? {});
		if (fault.status === undefined && fault.body === undefined) return false;
		const isText = typeof fault.body === 'string';
		const type = fault.contentType ?? (isText ? 'text/plain' : 'application/json; charset=utf-8');
		if (fault.body !== undefined) reply.type(type);
		reply.code(fault.status ?? 200).send(isText ? fault.body : JSON.stringify(fault.body));
		return true;
	}

	/** The payload to send: the given one, or the half of it that a truncating fault lets through. */
	cut(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
		if (!this.#cut.has(request) || typeof payload !== 'string') return payload;
		const bytes = Buffer.from(payload);
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

async function* half(bytes: Buffer) {
	yield bytes.subarray(0, Math.ceil(bytes.length / 2));
	// Lets the half reach the other side before the connection goes.
	await sleep(20);
	throw new Error('Cut off on purpose');
}
