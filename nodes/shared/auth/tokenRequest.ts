import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { readProblem } from '../transport/problem';
import type { AccessToken } from './tokenCache';

const TIMEOUT_MS = 30_000;
const SHORTEST_LIFETIME_SECONDS = 60;

interface TokenAnswer {
	statusCode: number;
	body: unknown;
	headers: IDataObject;
}

/** `expires_in` comes as a number or as a string, depending on the endpoint. */
function readToken(body: unknown): AccessToken | undefined {
	const { access_token: value, expires_in: lifetime } = (body ?? {}) as IDataObject;
	if (typeof value !== 'string' || value === '') return undefined;
	const seconds = Number(lifetime);
	return { value, lifetimeSeconds: seconds > 0 ? seconds : SHORTEST_LIFETIME_SECONDS };
}

function explain(statusCode: number, wrongKeysHint: string): { message: string; hint: string } {
	if (statusCode === 429) {
		return {
			message: 'Vipps MobilePay received too many token requests',
			hint: 'Wait a few minutes, then try again.',
		};
	}
	if (statusCode >= 500) {
		return {
			message: 'Vipps MobilePay could not give an access token just now',
			hint: 'Try again in a few minutes. Nothing was changed.',
		};
	}
	return {
		message: 'Vipps MobilePay did not accept the keys of this credential',
		hint: wrongKeysHint,
	};
}

/**
 * Sends one token request. Statuses are looked at here and not thrown by the helper, whose
 * errors would carry the keys.
 *
 * @param wrongKeysHint what to do when the keys are not accepted
 * @throws UserError with a sentence that names no secret
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

	const { message, hint } = explain(answer.statusCode, wrongKeysHint);
	const { traceId } = readProblem(answer.statusCode, answer.body, answer.headers);
	const trace = traceId ? ` Trace ID: ${traceId}.` : '';
	throw new UserError(message, {
		description: `${hint} (HTTP status ${answer.statusCode}.${trace})`,
	});
}
