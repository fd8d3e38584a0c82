import fc from 'fast-check';
import { outcomeOfThrown } from '../../../nodes/shared/transport/outcome';

const SENT = 'eyJ0eXAi.very-secret-token';
const OTHER_KEY = 'client-secret-value';

/** What axios attaches to everything that it throws. */
const request = {
	config: {
		url: '/settlement/v1/ledgers',
		headers: { Authorization: `Bearer ${SENT}`, 'Ocp-Apim-Subscription-Key': OTHER_KEY },
		data: `client_secret=${OTHER_KEY}`,
	},
	request: { _header: `GET / HTTP/1.1\r\nAuthorization: Bearer ${SENT}\r\n` },
};

const thrown = (message: string, more: object = {}) =>
	Object.assign(new Error(message), request, more);

const wrapped = (cause: unknown, depth = 1): Error =>
	depth === 0 ? (cause as Error) : wrapped(new Error('n8n wraps it', { cause }), depth - 1);

const refusal = (status: number, data: unknown, headers = {}) =>
	thrown('Request failed with status code 401', {
		code: 'ERR_BAD_REQUEST',
		status,
		response: { status, data, headers, config: request.config, request: request.request },
	});

describe('what was thrown', () => {
	it.each([0, 1, 2, 5])(
		'was an answer, also when it is wrapped %i times: its problem is read',
		(depth) => {
			const error = refusal(
				401,
				{ code: '401', message: 'Invalid token' },
				{ 'x-request-id': 'r' },
			);
			expect(outcomeOfThrown(wrapped(error, depth))).toEqual({
				kind: 'refused',
				problem: {
					status: 401,
					message: 'Invalid token',
					code: '401',
					traceId: 'r',
					fields: [],
				},
			});
		},
	);

	it.each([
		'ECONNREFUSED',
		'ECONNRESET',
		'ECONNABORTED',
		'ETIMEDOUT',
		'ENOTFOUND',
		'EAI_AGAIN',
		'EPIPE',
		'EPROTO',
		'ENETUNREACH',
		'ERR_NETWORK',
		'ERR_BAD_RESPONSE',
		'ERR_CANCELED',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'ERR_HTTP2_STREAM_ERROR',
		'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR',
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'HPE_INVALID_CONSTANT',
		'HPE_INVALID_CONTENT_LENGTH',
		'Z_BUF_ERROR',
		'Z_DATA_ERROR',
		'UND_ERR_CONNECT_TIMEOUT',
	])('was no answer, but %s: the way to the API is at fault, not the keys', (code) => {
		expect(outcomeOfThrown(wrapped(thrown('it broke', { code }), 2))).toEqual({
			kind: 'unreachable',
			message: code,
		});
	});

	it('was a key that cannot be sent in a header', () => {
		const error = thrown('Invalid character in header content ["Authorization"]', {
			code: 'ERR_INVALID_CHAR',
		});
		const outcome = outcomeOfThrown(wrapped(error));
		expect(outcome).toMatchObject({ kind: 'credential' });
		expect(JSON.stringify(outcome)).toMatch(/without line breaks/);
		expect(JSON.stringify(outcome)).not.toMatch(/Authorization/);
	});

	it('was a sentence of the credential itself: it is passed on', () => {
		const error = Object.assign(new Error('The keys were not accepted'), {
			description: 'Check the Client ID.',
		});
		expect(outcomeOfThrown(wrapped(error, 3))).toEqual({
			kind: 'credential',
			message: 'The keys were not accepted',
			description: 'Check the Client ID.',
		});
	});

	it.each([undefined, null, 'text', 5, true, {}, [], Symbol('x')])(
		'may be anything: %p makes a readable sentence',
		(value) => {
			const outcome = outcomeOfThrown(value) as { message: string; description: string };
			expect(outcome.message).toMatch(/^[A-Z].+/);
			expect(outcome.description).toMatch(/^[A-Z].+/);
		},
	);

	it('may go round in circles with its causes', () => {
		const error = new Error('first') as Error & { cause?: unknown };
		error.cause = new Error('second', { cause: error });
		expect(outcomeOfThrown(error)).toMatchObject({ kind: 'credential' });
	});

	it('never takes a token, a key or a header with it', () => {
		const code = fc.constantFrom(undefined, 'ECONNRESET', 'ERR_BAD_REQUEST', 'ERR_INVALID_CHAR', 5);
		const response = fc.constantFrom(
			undefined,
			null,
			{ status: 401, data: 'no', headers: {}, ...request },
			{ status: 401, data: { title: 'no' }, headers: { 'set-cookie': SENT }, ...request },
			{ status: 401, ...request },
			{ ...request },
		);
		fc.assert(
			fc.property(code, response, fc.nat({ max: 4 }), (theCode, theResponse, depth) => {
				const error = thrown('it broke', { code: theCode, response: theResponse });
				const outcome = JSON.stringify(outcomeOfThrown(wrapped(error, depth)));
				expect(outcome).not.toMatch(/authorization|bearer|very-secret|client-secret/i);
			}),
		);
	});
});
