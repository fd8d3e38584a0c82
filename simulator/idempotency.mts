import { isDeepStrictEqual } from 'node:util';
import type { FastifyRequest } from 'fastify';
import { ApiError } from './errors.mts';
import { header } from './strict.mts';

/** What makes two requests the same one. */
export interface Keyed {
	/** Whose keys and which path, so that a key means something for one operation only. */
	scope: string;
	key: string;
	/** The parsed body. Assumption: what it says counts, not how it is written. */
	body: unknown;
}

/** An error after which the same request may be tried again with the same key, whatever its status. */
export class PassingError extends ApiError {}

type Outcome = { answer: unknown } | { refusal: ApiError };

/** Answers that are given again when a request comes again with its Idempotency-Key. They are kept for good (assumption), or not at all. */
export class Idempotency {
	readonly #known = new Map<string, { body: unknown; outcome: Outcome }>();
	readonly #remembers: boolean;

	constructor(remembers: boolean) {
		this.#remembers = remembers;
	}

	/**
	 * Carries a request out unless it has been carried out before; then its answer, or its 4xx, comes again.
	 * A 5xx, 423, 429 or PassingError is not remembered: the same key may be tried again.
	 * @param carryOut gives the answer, which nobody may change afterwards
	 * @param conflict the API's own error for a known key with another body
	 * @throws ApiError that conflict, or what `carryOut` throws
	 */
	once<T>({ scope, key, body }: Keyed, carryOut: () => T, conflict: () => ApiError): T {
		if (!this.#remembers) return carryOut();
		const id = `${scope} ${key}`;
		const known = this.#known.get(id);
		if (known) {
			if (!isDeepStrictEqual(known.body, body)) throw conflict();
			if ('refusal' in known.outcome) throw known.outcome.refusal;
			return known.outcome.answer as T;
		}
		try {
			const answer = carryOut();
			this.#known.set(id, { body, outcome: { answer } });
			return answer;
		} catch (error) {
			if (error instanceof ApiError && isFinal(error)) {
				this.#known.set(id, { body, outcome: { refusal: error } });
			}
			throw error;
		}
	}
}

/** The scope of a request: sales unit, method and path. */
export function scopeOf(request: FastifyRequest): string {
	const msn = header(request, 'merchant-serial-number') ?? '';
	return `${msn} ${request.method} ${request.url}`;
}

/**
 * The Idempotency-Key of a request that needs one.
 * @param refuse makes the API's own 400 of a reason
 * @throws ApiError that 400 when the key is missing, empty or longer than 50 characters
 */
export function readIdempotencyKey(
	request: FastifyRequest,
	refuse: (reason: string) => ApiError,
): string {
	const key = header(request, 'idempotency-key');
	if (!key) throw refuse('The Idempotency-Key header is required');
	if (key.length > 50) throw refuse('The Idempotency-Key may have 50 characters at most');
	return key;
}

function isFinal(error: ApiError): boolean {
	const { status } = error;
	if (error instanceof PassingError || status === 423 || status === 429) return false;
	return status >= 400 && status < 500;
}
