import type { FastifyRequest } from 'fastify';
import { ApiError } from '../errors.mts';
import type { Simulator } from '../simulator.mts';
import type { Ledger } from '../world/ledger.mts';

/** An answer for the person who controls the simulator, not a simulated one. */
export function refuse(error: string, status = 400): ApiError {
	return new ApiError(status, { error });
}

/**
 * A control request's JSON body, in which only the named fields may be; `required` ones must.
 * @throws ApiError 400 that names the field, so that a typing error in a test is seen
 */
export function readBody<T>(
	request: FastifyRequest,
	names: readonly (keyof T & string)[],
	required: readonly (keyof T & string)[] = [],
): T {
	const body = parse(request.body);
	for (const name of Object.keys(body)) {
		if (!(names as readonly string[]).includes(name)) throw refuse(`Unknown field ${name}`);
	}
	for (const name of required) {
		if (!(name in body)) throw refuse(`${name} is missing`);
	}
	return body as T;
}

function parse(text: unknown): object {
	if (typeof text !== 'string' || text.trim() === '') return {};
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		throw refuse('The body is not JSON');
	}
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw refuse('The body is a JSON object');
	}
	return body;
}

/** @throws ApiError 404 */
export function ledgerOf({ world }: Simulator, ledgerId: string): Ledger {
	const ledger = world.ledgers.get(ledgerId);
	if (!ledger) throw refuse(`There is no ledger ${ledgerId}`, 404);
	return ledger;
}

/** Runs something that throws plain errors about its input. @throws ApiError 400 with that error's message */
export function orRefuse<T>(attempt: () => T): T {
	try {
		return attempt();
	} catch (error) {
		throw refuse((error as Error).message);
	}
}
