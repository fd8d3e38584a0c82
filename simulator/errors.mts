import { randomUUID } from 'node:crypto';

/** An answer that is an error. Throw it anywhere in a request; the server sends it as it is. */
export class ApiError extends Error {
	readonly status: number;
	readonly body: object;
	readonly contentType: string;

	constructor(status: number, body: object, contentType = 'application/json; charset=utf-8') {
		super(JSON.stringify(body));
		this.status = status;
		this.body = body;
		this.contentType = contentType;
	}
}

/** problem+json, the platform's general shape. */
export function problem(
	status: number,
	title: string,
	detail: string,
	extraDetails?: { name: string; reason: string }[],
): ApiError {
	const body = {
		type: `https://example.com/problem/${title.toLowerCase().replaceAll(' ', '-')}`,
		title,
		detail,
		instance: `urn:uuid:${randomUUID()}`,
		status,
		traceId: randomUUID().replaceAll('-', ''),
		...(extraDetails ? { extraDetails } : {}),
	};
	return new ApiError(status, body, 'application/problem+json; charset=utf-8');
}

/** problem+json as the Management API has it: its details are keys and values, and there is no trace id. */
export function managementProblem(
	status: number,
	title: string,
	detail: string,
	extraDetails?: { key: string; value: string }[],
): ApiError {
	const body = {
		type: `https://example.com/problem/${title.toLowerCase().replaceAll(' ', '-')}`,
		title,
		status,
		detail,
		instance: `urn:uuid:${randomUUID()}`,
		...(extraDetails ? { extraDetails } : {}),
	};
	return new ApiError(status, body, 'application/problem+json; charset=utf-8');
}

/** The Report API's input validation error (10002). */
export function inputError(errorMessage: string): ApiError {
	return new ApiError(400, { errorCode: 10002, errorMessage, contextId: randomUUID() });
}

/** The Report and Settlement APIs' answer to a missing, broken or expired token. */
export function unauthorized(message: string): ApiError {
	return new ApiError(401, { code: 'Unauthorized', message });
}

/** What the gateway in front of the APIs says, before an API has seen the request. */
export function gatewayError(status: number, message: string): ApiError {
	return new ApiError(status, {
		responseInfo: { responseCode: status, responseMessage: message },
		result: { message },
	});
}

/** The specialized token endpoint's error; the documentation gives the code only (status: assumption). */
export function invalidClient(status: number): ApiError {
	return new ApiError(status, { error: 'invalid_client' });
}

/** A ledger that does not exist, or that the keys do not reach: the API does not tell which. */
export function noSuchLedger(): ApiError {
	return problem(404, 'Not Found', 'No such ledgerId');
}
