import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ZodType } from 'zod';
import { admit, unitWithin, type Access } from '../auth.mts';
import { ApiError, problem } from '../errors.mts';
import { readIdempotencyKey, scopeOf } from '../idempotency.mts';
import type { Simulator } from '../simulator.mts';
import { header } from '../strict.mts';
import { Refusal } from '../world/payment/refusal.mts';
import type { SalesUnit } from '../world/salesUnits.mts';
import { codedProblem, detailsOf, epaymentProblem, invalidFields } from './epaymentProblems.mts';

const access: Access = {
	keyTypes: ['merchant', 'partner'],
	refuse: (message) => problem(401, 'Unauthorized', message),
};

/**
 * Lets a request in. Its query must be empty.
 * @returns the sales unit that it is about
 * @throws ApiError 400 without Merchant-Serial-Number, 401, 403 for keys or a unit out of reach (assumption: which status)
 */
export function enter(simulator: Simulator, request: FastifyRequest): SalesUnit {
	const keyType = admit(simulator, request, access);
	const msn = header(request, 'merchant-serial-number');
	if (msn === undefined) {
		throw invalidFields(request, [
			{ name: 'Merchant-Serial-Number', reason: 'The header is required' },
		]);
	}
	const unit = unitWithin(simulator, keyType, msn);
	if (!unit) {
		throw epaymentProblem(request, 403, `The keys do not reach sales unit ${msn}`);
	}
	const query = Object.keys(request.query as object);
	if (query.length > 0) {
		throw invalidFields(
			request,
			query.map((name) => ({ name, reason: 'The query parameter is not known' })),
		);
	}
	return unit;
}

/**
 * The body as JSON; an absent one counts as an empty object.
 * @throws ApiError 400 for what is no JSON, 415 for another content type (assumption)
 */
export function readJson(request: FastifyRequest): unknown {
	const text = request.body;
	if (typeof text !== 'string' || text === '') return {};
	if (!/^application\/json(?:;|$)/i.test(header(request, 'content-type') ?? '')) {
		throw epaymentProblem(request, 415, 'Unsupported Media Type');
	}
	try {
		return JSON.parse(text);
	} catch {
		throw invalidFields(request, [{ name: 'body', reason: 'The body is not JSON' }]);
	}
}

/** @throws ApiError 400 that names every field that is not as documented */
export function validate<T>(request: FastifyRequest, schema: ZodType<T>, body: unknown): T {
	const result = schema.safeParse(body);
	if (!result.success) throw invalidFields(request, detailsOf(result.error));
	return result.data;
}

/** Runs something that may refuse. @throws ApiError the refusal as a problem with its code */
export function orProblem<T>(request: FastifyRequest, attempt: () => T): T {
	try {
		return attempt();
	} catch (error) {
		throw error instanceof Refusal ? codedProblem(request, error) : error;
	}
}

/** @throws ApiError 429 when there have been too many within a minute of the simulator's clock */
export function limit(
	simulator: Simulator,
	request: FastifyRequest,
	reply: FastifyReply,
	key: string,
	perMinute: number,
): void {
	const now = simulator.world.now();
	const left = simulator.rateLimit.count(key, perMinute, now);
	if (left === 0) return;
	const { retryAfter } = simulator.behaviour;
	if (retryAfter === 'seconds') reply.header('retry-after', Math.ceil(left / 1000));
	if (retryAfter === 'date') reply.header('retry-after', new Date(now + left).toUTCString());
	throw epaymentProblem(request, 429, 'Too Many Requests');
}

/** What `once` needs to know. */
interface Write {
	body: unknown;
	/** The code of the same key with another body. */
	conflict: number;
	/** Whether the key may be absent. */
	isKeyOptional?: boolean;
}

/**
 * Carries a write out, or repeats its answer when its Idempotency-Key is known.
 * @throws ApiError 400 for a missing or over-long key, 409 for a known key with another body
 */
export function once<T>(
	simulator: Simulator,
	request: FastifyRequest,
	{ body, conflict, isKeyOptional = false }: Write,
	carryOut: (key: string | null) => T,
): T {
	const hasKey = header(request, 'idempotency-key') !== undefined;
	if (!hasKey && isKeyOptional) return orProblem(request, () => carryOut(null));
	const key = readIdempotencyKey(
		request,
		(reason): ApiError => invalidFields(request, [{ name: 'Idempotency-Key', reason }]),
	);
	return simulator.idempotency.once(
		{ scope: scopeOf(request), key, body },
		() => orProblem(request, () => carryOut(key)),
		() => codedProblem(request, new Refusal(conflict)),
	);
}
