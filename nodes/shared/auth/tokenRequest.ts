import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { Refusal } from '../transport/outcome';
import { readProblem, type Problem } from '../transport/problem';
import { isPassing } from '../transport/retry';
import type { AccessToken } from '../transport/tokenCache';

const TIMEOUT_MS = 30_000;
const SHORTEST_LIFETIME_SECONDS = 60;

interface TokenAnswer {
	statusCode: number;
	body: unknown;
	headers: IDataObject;
}

/** No token could be had. The message is written for the user and names no secret. */
export class TokenError extends UserError {
	constructor(
		message: string,
		description: string,
		readonly refusal: Refusal,
	) {
		super(message, { description });
	}
}

/** `expires_in` comes as a number or as a string, depending on the endpoint. */
function readToken(body: unknown): AccessToken | undefined {
	const { access_token: value, expires_in: lifetime } = (body ?? {}) as IDataObject;
	if (typeof value !== 'string' || value === '') return undefined;
	const seconds = Number(lifetime);
	return { value, lifetimeSeconds: seconds > 0 ? seconds : SHORTEST_LIFETIME_SECONDS };
}

/** A page or a redirect instead of a token comes from something in between and says nothing of the keys. */
const isPassingForTokens = (statusCode: number) => statusCode < 400 || isPassing(statusCode);

/** What happened and what to do, in one: n8n's credential dialogue shows the message only. */
function messageFor(status: number, wrongKeysHint: string): string {
	if (status === 429) {
		return 'Vipps MobilePay received too many token requests. Wait a few minutes, then try again.';
	}
	if (isPassingForTokens(status)) {
		return 'Vipps MobilePay could not give an access token just now. Try again in a few minutes.';
	}
	return `Vipps MobilePay did not accept the keys of this credential. ${wrongKeysHint}`;
}

function describe({ status, fields, traceId }: Problem): string {
	const named = fields.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
	return [
		`HTTP status ${status}.`,
		named && `Fields: ${named}.`,
		traceId && `Trace ID: ${traceId}.`,
	]
		.filter(Boolean)
		.join(' ');
}

/**
 * Sends one token request. Statuses are looked at here and not thrown by the helper, whose
 * errors would carry the keys.
 *
 * @param wrongKeysHint what to do when the keys are not accepted
 * @throws TokenError with a sentence that names no secret
 */
export async function requestToken(
	helpers: IHttpRequestHelper['helpers'],
	request: IHttpRequestOptions,
	wrongKeysHint: string,
): Promise<AccessToken> {
	const answer = (await helpers.httpRequest({
		...request,
		method: 'POST',
		timeout: TIMEOUT_MS,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	})) as TokenAnswer;

	const token = answer.statusCode < 300 ? readToken(answer.body) : undefined;
	if (token) return token;

	const { statusCode: status, body, headers } = answer;
	const problem = readProblem(status, body, headers);
	throw new TokenError(messageFor(status, wrongKeysHint), describe(problem), {
		status,
		passing: isPassingForTokens(status),
		retryAfter: headers['retry-after'],
	});
}
