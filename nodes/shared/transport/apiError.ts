import type { Failure, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import {
	adviceFor,
	cutShortAdvice,
	isWrite,
	unknownOutcome,
	unreachableAdvice,
	type Advice,
	type Asked,
} from './hints';
import { isUncertain, type Outcome } from './outcome';
import { readProblem, type Problem } from './problem';

export interface ErrorDetails {
	request: {
		path: string;
		method?: string;
		query?: Record<string, unknown>;
		/** The idempotency key is told to the user where it is needed; no other header is looked at. */
		headers?: Record<string, string>;
		subject?: string;
	};
	itemIndex?: number;
	/** How long the API asked to wait, in milliseconds. */
	retryAfterMs?: number;
	/** Whether this attempt or an earlier one may have been carried out unseen. */
	uncertain?: boolean;
}

interface Explanation {
	message: string;
	description: string;
	httpCode?: string;
	cause: Failure['cause'];
}

const join = (...parts: Array<string | undefined | false>) => parts.filter(Boolean).join(' ');

function describe(problem: Problem, advice: Advice): string {
	const fields = problem.fields.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
	return join(
		advice.hint,
		problem.message && `The API says: "${problem.message}".`,
		fields && `Fields: ${fields}.`,
		problem.code && `Code: ${problem.code}.`,
		problem.traceId && `Trace ID: ${problem.traceId}.`,
	);
}

function explain(outcome: Outcome, { request }: ErrorDetails): Explanation {
	const { path, method, query } = request;
	const asked: Asked = { path, method, hasCursor: query?.cursor !== undefined };
	switch (outcome.kind) {
		case 'credential': {
			const { message, description, refusal } = outcome;
			if (!refusal?.passing) return { message, description, cause: 'credential-invalid' };
			const cause = refusal.status === 429 ? 'rate-limited' : 'temporarily-unavailable';
			return { message, description, cause };
		}
		case 'unreachable': {
			const { message, hint, cause } = unreachableAdvice(asked);
			return { message, description: `${hint} (${outcome.message})`, cause };
		}
		default: {
			const problem =
				outcome.kind === 'refused'
					? outcome.problem
					: readProblem(outcome.status, outcome.body, outcome.headers);
			const success = problem.status < 300;
			const advice = success ? cutShortAdvice(asked) : adviceFor(problem, asked);
			return {
				message: advice.message,
				description: success ? advice.hint : describe(problem, advice),
				httpCode: String(problem.status),
				cause: advice.cause,
			};
		}
	}
}

/**
 * What to say of a write that may have been carried out: unless the advice says so itself, that
 * it is not known; and the key with which it can safely be sent again.
 */
function unknownWrite(outcome: Outcome, { request, uncertain }: ErrorDetails): string {
	if (!isWrite(request) || !(uncertain ?? isUncertain(outcome))) return '';
	const key = request.headers?.['Idempotency-Key'];
	return join(
		!isUncertain(outcome) && unknownOutcome(request),
		key && `Idempotency key of this request: ${key}.`,
	);
}

const TIMED = ['rate-limited', 'quota-exhausted', 'temporarily-unavailable'];

const failureOf = (cause: Failure['cause'], retryAfterMs?: number): Failure =>
	TIMED.includes(cause) && retryAfterMs !== undefined
		? ({ cause, retryAfterMs } as Failure)
		: ({ cause } as Failure);

/**
 * The error that a user sees: what happened, what to do, the trace id; and for n8n's poll
 * engine the declared `failure`. It is built from plain facts only, so it cannot carry the
 * request, its keys or its token.
 */
export function apiError(node: INode, outcome: Outcome, details: ErrorDetails): NodeApiError {
	const { message, description: explained, httpCode, cause } = explain(outcome, details);
	const description = join(explained, unknownWrite(outcome, details));
	const { subject } = details.request;
	const text = subject ? `${message} (${subject})` : message;
	return new NodeApiError(node, { message: text, description } as JsonObject, {
		message: text,
		description,
		httpCode,
		itemIndex: details.itemIndex,
		failure: failureOf(cause, details.retryAfterMs),
	});
}

/**
 * The error of a request that was not sent, because the user has stopped the execution. n8n knows
 * a stopped execution from a failed one by the word "canceled", spelt so.
 */
export const cancelledError = (node: INode, itemIndex?: number): NodeOperationError =>
	new NodeOperationError(node, 'The execution was canceled', {
		description: 'Nothing more was sent to Vipps MobilePay.',
		itemIndex,
	});
