/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { inspect } from 'node:util';
import { NodeApiError } from 'n8n-workflow';
import { apiError, type ErrorDetails } from '../../../nodes/shared/transport/apiError';
import { outcomeOfThrown, type Outcome } from '../../../nodes/shared/transport/outcome';
import { NODE } from '../../support/node';

const DETAILS: ErrorDetails = {
	request: { path: '/report/v2/ledgers/302321/funds/feed', subject: 'ledger 302321, funds' },
};

const answered = (status: number, body: unknown = '', headers = {}): Outcome => ({
	kind: 'answered',
	status,
	body,
	headers,
});

const errorOf = (outcome: Outcome, details: Partial<ErrorDetails> = {}) =>
	apiError(NODE, outcome, { ...DETAILS, ...details });

describe('the error that a user sees', () => {
	it('says what happened to what, what to do, what the API said, and the trace ID', () => {
		const body = {
			title: 'Not found',
			detail: 'No such ledgerId',
			traceId: 'trace-1',
			extraDetails: [
				{ name: 'ErrorCode', reason: '10002' },
				{ name: 'ledgerId', reason: 'is unknown' },
			],
		};
		const error = errorOf(answered(404, body));
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toMatch(/ledger does not exist.*\(ledger 302321, funds\)$/);
		expect(error.description).toMatch(/^Choose the ledger from the list/);
		for (const part of [
			'Not found: No such ledgerId',
			'10002',
			'ledgerId: is unknown',
			'trace-1',
		]) {
			expect(error.description).toContain(part);
		}
		expect(error.httpCode).toBe('404');
	});

	it.each([400, 401, 403, 404, 409, 410, 423, 429, 500, 503])(
		'keeps the sentence of this package for status %i, with an empty answer, too',
		(status) => {
			const error = errorOf(answered(status));
			expect(error.message).toMatch(/ \(ledger 302321, funds\)$/);
			expect(error.description).toMatch(/^[A-Z].*\.$/);
			expect(error.httpCode).toBe(String(status));
		},
	);

	it('names nothing when the request is about nothing in particular', () => {
		expect(errorOf(answered(500), { request: { path: '/' } }).message).not.toMatch(/[()]/);
	});

	it('says of a missing connection that a repetition is safe', () => {
		const error = errorOf({ kind: 'unreachable', message: 'ECONNREFUSED' });
		expect(error.message).toBe('Vipps MobilePay could not be reached (ledger 302321, funds)');
		expect(error.description).toMatch(/repetition is safe.*ECONNREFUSED/);
		expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
	});

	it('says of an incomplete answer that nothing was lost', () => {
		const error = errorOf(answered(200, '{"items":[{"psp'));
		expect(error.message).toMatch(/incomplete/);
		expect(error.description).not.toMatch(/psp/);
		expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
	});

	it('passes on what the credential has to say', () => {
		const error = errorOf({
			kind: 'credential',
			message: 'Wrong keys',
			description: 'Check them.',
		});
		expect(error.message).toMatch(/^Wrong keys/);
		expect(error.description).toBe('Check them.');
		expect(error.failure).toEqual({ cause: 'credential-invalid' });
	});

	test.each([
		[429, 'rate-limited'],
		[503, 'temporarily-unavailable'],
	])('does not blame the keys when the token endpoint answers %i for a while', (status, cause) => {
		const refusal = { status, passing: true, retryAfter: '60' };
		const outcome: Outcome = {
			kind: 'credential',
			message: 'Not now',
			description: 'Wait.',
			refusal,
		};
		expect(errorOf(outcome).failure).toEqual({ cause });
		const { failure } = errorOf({ ...outcome, refusal: { ...refusal, passing: false } });
		expect(failure).toEqual({ cause: 'credential-invalid' });
	});

	it('suspects the cursor when one was sent', () => {
		const request = { path: DETAILS.request.path, query: { cursor: 'abc' } };
		expect(errorOf(answered(400), { request }).message).toMatch(/cursor/);
	});

	it('belongs to the input item that it happened to', () => {
		expect(errorOf(answered(500), { itemIndex: 3 }).context.itemIndex).toBe(3);
	});

	it('stays short when the API says very much', () => {
		const long = 'x'.repeat(100_000);
		const extraDetails = Array.from({ length: 1000 }, () => ({ name: long, reason: long }));
		const error = errorOf(answered(400, { title: long, detail: long, extraDetails }));
		expect(error.description!.length).toBeLessThan(20_000);
		expect(error.message.length).toBeLessThan(300);
	});
});

describe("what n8n's poll engine is told", () => {
	it('includes how long the API asked to wait', () => {
		const error = errorOf(answered(429), { retryAfterMs: 90_000 });
		expect(error.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 90_000 });
		expect(errorOf(answered(503), { retryAfterMs: 1000 }).failure).toEqual({
			cause: 'temporarily-unavailable',
			retryAfterMs: 1000,
		});
	});

	it('is that waiting does not help when the keys or the settings are wrong', () => {
		expect(errorOf(answered(401), { retryAfterMs: 1000 }).failure).toEqual({
			cause: 'credential-invalid',
		});
		expect(errorOf(answered(404), { retryAfterMs: 1000 }).failure).toEqual({
			cause: 'configuration-invalid',
		});
	});
});

describe('secrets', () => {
	it('are nowhere in an error, whichever way it is looked at', () => {
		const headers = {
			Authorization: 'Bearer very-secret',
			'Ocp-Apim-Subscription-Key': 'key-secret',
		};
		const axios = Object.assign(new Error('Request failed with status code 401'), {
			code: 'ERR_BAD_REQUEST',
			config: { headers },
			request: { headers },
			response: { status: 401, data: { message: 'no' }, headers: {}, config: { headers } },
		});
		for (const thrown of [axios, new Error('wrapped', { cause: axios })]) {
			const error = errorOf(outcomeOfThrown(thrown));
			const seen = [
				inspect(error, { depth: 20, showHidden: true }),
				JSON.stringify(error),
				JSON.stringify(error, Object.getOwnPropertyNames(error)),
				error.stack,
			].join('\n');
			expect(seen).not.toMatch(/very-secret|key-secret|bearer/i);
		}
	});
});
