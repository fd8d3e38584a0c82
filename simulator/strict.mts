import type { FastifyRequest } from 'fastify';
import { inputError, problem, type ApiError } from './errors.mts';
import { isDate } from './world/dates.mts';

const systemHeaders = [
	'vipps-system-name',
	'vipps-system-version',
	'vipps-system-plugin-name',
	'vipps-system-plugin-version',
];

/** A header's value; several of the same name count as one with commas, as HTTP has it. */
export function header(request: FastifyRequest, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value.join(', ') : value;
}

/** True when one of the four headers that say which system is calling is not there. */
export function lacksSystemHeaders(request: FastifyRequest): boolean {
	return systemHeaders.some((name) => !header(request, name));
}

/** @throws ApiError 400 for an over-long Vipps-System-* header (assumption) or an impossible serial number */
export function checkHeaders(request: FastifyRequest): void {
	for (const name of systemHeaders) {
		if ((header(request, name)?.length ?? 0) > 30) {
			throw badHeader(name, 'Must be at most 30 characters');
		}
	}
	const msn = header(request, 'merchant-serial-number');
	if (msn !== undefined && !/^[0-9]{4,10}$/.test(msn)) {
		throw badHeader('merchant-serial-number', 'Must be 4 to 10 digits');
	}
}

function badHeader(name: string, reason: string) {
	return problem(400, 'Bad Request', 'A header is not valid', [{ name, reason }]);
}

/**
 * The query of a request, which may hold the named parameters and no others, each once.
 * @throws ApiError 400
 */
export function readQuery<Name extends string>(
	request: FastifyRequest,
	...names: Name[]
): Partial<Record<Name, string>> {
	return readQueryOr(inputError, request, ...names);
}

/** `readQuery` for an API that has its own way to refuse. @throws ApiError what `refuse` makes of the reason */
export function readQueryOr<Name extends string>(
	refuse: (reason: string) => ApiError,
	request: FastifyRequest,
	...names: Name[]
): Partial<Record<Name, string>> {
	const query = request.query as Record<string, string | string[]>;
	for (const [name, value] of Object.entries(query)) {
		if (!names.includes(name as Name)) throw refuse(`Unknown query parameter ${name}`);
		if (Array.isArray(value)) throw refuse(`${name} may be given once`);
	}
	return query as Partial<Record<Name, string>>;
}

/** @throws ApiError 400 unless the text is `true`, `false` or absent */
export function readBoolean(name: string, text: string | undefined): boolean {
	if (text === undefined || text === 'false') return false;
	if (text === 'true') return true;
	throw inputError(`${name} must be true or false`);
}

/** @throws ApiError 400 for what is no date of the calendar */
export function checkDate(text: string): string {
	if (!isDate(text)) throw inputError('ledgerDate must be a date, YYYY-MM-DD');
	return text;
}

/** A page size from 1 to 1000. @throws ApiError 400 */
export function readPageSize(text: string | undefined, fallback: number): number {
	if (text === undefined) return fallback;
	const size = /^\d{1,4}$/.test(text) ? Number(text) : 0;
	if (size < 1 || size > 1000) throw inputError('pageSize must be 1 to 1000');
	return size;
}
