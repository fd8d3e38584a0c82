import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import { apiError, cancelledError } from './apiError';
import type { Gate, Quiet } from './gate';
import { isUncertain, outcomeOfThrown, type Outcome } from './outcome';
import { isCancelledIn, pause } from './pause';
import { readProblem } from './problem';
import { isPassing, pauseBefore, retryAfterMs } from './retry';
import { Session, type ApiContext } from './session';

export type { ApiContext };

export interface ApiRequest<T> {
	method?: IHttpRequestMethods;
	/** Path from the root of the server; its variable parts are already encoded. */
	path: string;
	query?: Record<string, string | number | boolean | undefined>;
	headers?: Record<string, string>;
	body?: Record<string, unknown>;
	/** Whether a repetition does no harm. Default: true for GET, else false. */
	repeatable?: boolean;
	/** The API's own codes that a repetition may turn into success, besides the usual statuses. */
	passingCodes?: readonly string[];
	/** Until when (milliseconds since 1970) this request is repeated, instead of the client's time. */
	deadline?: number;
	/** What the request is about, for messages: "ledger 12345". */
	subject?: string;
	/** Turns the body into the result, or into undefined when it is not what was asked for. */
	read: (body: unknown) => T | undefined;
	/** What a refusal stands for after an attempt that may have been carried out unseen. */
	readWhenRepeated?: (status: number) => T | undefined;
}

/** Sends requests to Vipps MobilePay; the only thing that the api modules know of the network. */
export interface ApiClient {
	request<T>(request: ApiRequest<T>): Promise<T>;
	/** The API's time at a moment of this computer's clock, in milliseconds. */
	serverTimeAt(localTime: number): number;
	/** Requests that it sends at the same time; more of them wait for their turn. */
	readonly concurrency: number;
}

export interface ClientOptions {
	/** Time for one request with all its repetitions, in milliseconds. */
	totalTimeMs?: number;
	/** A moment (milliseconds since 1970) after which nothing is repeated any more. */
	deadline?: number;
	itemIndex?: number;
	/** Sent with every request; wins over the headers of the credential. */
	headers?: Record<string, string>;
	/** What other clients of the same run share with this one. */
	session?: Session;
	/** Limits and quiet of its own, instead of those of the session. */
	gate?: Gate;
	/** Whether to fail unsent while the API wants quiet for longer than there is time. */
	keepsQuiet?: boolean;
}

export const DEFAULT_TOTAL_TIME_MS = 60_000;
const LONGEST_ATTEMPT_MS = 30_000;
const SHORTEST_ATTEMPT_MS = 1_000;

interface Turn {
	/** How the attempt ended. */
	outcome?: Outcome;
	/** Instead of an attempt: for how long the API wants none. Neither means that it was cancelled. */
	quiet?: Quiet;
}

const withoutUndefined = (query: ApiRequest<unknown>['query'] = {}): IDataObject =>
	Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));

/** Whether a repetition may succeed, and the `Retry-After` that the answer came with. */
function outlook(
	outcome: Outcome,
	passingCodes: readonly string[] = [],
): { passing: boolean; retryAfter?: unknown } {
	switch (outcome.kind) {
		case 'answered': {
			const { status, headers, body } = outcome;
			const passing =
				isPassing(status) ||
				status < 300 ||
				passingCodes.includes(readProblem(status, body).code ?? '');
			return { passing, retryAfter: headers['retry-after'] };
		}
		case 'credential':
			return outcome.refusal ?? { passing: false };
		default:
			return { passing: outcome.kind === 'unreachable' };
	}
}

/**
 * Opens the one door to the network for a node's run. n8n's helper puts the token on, and
 * after a 401 fetches a new one and sends the request once more; everything else is decided
 * here: what to repeat, how long, and how the user hears of it.
 *
 * Repeated are network faults, broken bodies, 423, 429 and 5xx, of requests that are safe to
 * repeat, within `totalTimeMs` and the deadline.
 */
export function createClient(
	context: ApiContext,
	credentialType: string,
	{
		totalTimeMs = DEFAULT_TOTAL_TIME_MS,
		deadline = Infinity,
		itemIndex,
		headers,
		session = new Session(context, credentialType),
		gate = session.gate,
		keepsQuiet = false,
	}: ClientOptions = {},
): ApiClient {
	const { clock } = session;
	const isStopped = isCancelledIn(context);
	const isCancelled = () => isStopped() || session.isStoppedFor(itemIndex ?? 0);

	async function attempt(request: ApiRequest<unknown>, timeout: number): Promise<Outcome> {
		const options: IHttpRequestOptions = {
			method: request.method ?? 'GET',
			url: request.path,
			qs: withoutUndefined(request.query),
			headers: { ...headers, ...request.headers },
			json: true,
			timeout,
			returnFullResponse: true,
			// 401 has to be thrown for n8n to renew the token; all others are looked at here.
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			disableFollowRedirect: true,
			...(request.body && { body: request.body as IDataObject }),
		};
		const sent = Date.now();
		try {
			const answer = (await session.send(options)) as {
				statusCode: number;
				body: unknown;
				headers: IDataObject;
			};
			clock.observe(answer.headers.date, sent, Date.now());
			const { statusCode: status, body, headers } = answer;
			return { kind: 'answered', status, body, headers };
		} catch (error) {
			return outcomeOfThrown(error);
		}
	}

	/** One attempt when its turn has come, or why there was none. */
	async function attemptInTurn(request: ApiRequest<unknown>, endOf: () => number): Promise<Turn> {
		for (;;) {
			await gate.enter(isCancelled);
			try {
				const end = endOf();
				const quiet = isCancelled() ? undefined : gate.quietNow;
				const fits = quiet !== undefined && quiet.until < end;
				if (quiet && !fits && keepsQuiet) return { quiet };
				if (!fits) {
					if (isCancelled()) return {};
					const left = end - Date.now();
					const timeout = Math.max(SHORTEST_ATTEMPT_MS, Math.min(LONGEST_ATTEMPT_MS, left));
					return { outcome: await attempt(request, timeout) };
				}
			} finally {
				gate.leave();
			}
			await pause((gate.quietNow?.until ?? 0) - Date.now(), isCancelled);
		}
	}

	async function request<T>(request: ApiRequest<T>): Promise<T> {
		const repeatable = request.repeatable ?? (request.method ?? 'GET') === 'GET';
		let end: number | undefined;
		// The time runs from the first turn on: waiting for it is no fault of the API.
		const endOf = () => (end ??= request.deadline ?? Math.min(Date.now() + totalTimeMs, deadline));
		let uncertain = false;
		let failed: Error | undefined;
		for (let tries = 0; ; tries++) {
			const { outcome, quiet } = await attemptInTurn(request, endOf);
			if (quiet) {
				const details = { request, itemIndex, retryAfterMs: quiet.until - Date.now(), uncertain };
				throw failed ?? apiError(context.getNode(), quiet.outcome, details);
			}
			if (!outcome) throw failed ?? cancelledError(context.getNode(), itemIndex);
			const answer = outcome.kind === 'answered' ? outcome : undefined;
			if (answer && answer.status >= 200 && answer.status < 300) {
				const result = request.read(answer.body);
				if (result !== undefined) return result;
			}
			if (answer && uncertain) {
				const result = request.readWhenRepeated?.(answer.status);
				if (result !== undefined) return result;
			}
			uncertain ||= isUncertain(outcome);

			const { passing, retryAfter } = outlook(outcome, request.passingCodes);
			const asked = retryAfterMs(retryAfter, clock.at(Date.now()));
			const wait = Math.max(asked ?? 0, pauseBefore(tries));
			if (asked !== undefined && passing) gate.keepQuiet(asked, outcome);
			const details = { request, itemIndex, retryAfterMs: asked, uncertain };
			failed = apiError(context.getNode(), outcome, details);
			if (!passing || !repeatable || Date.now() + wait >= endOf()) throw failed;
			await pause(wait, isCancelled);
		}
	}

	return {
		request,
		serverTimeAt: (localTime) => clock.at(localTime),
		concurrency: gate.limits.concurrency,
	};
}
