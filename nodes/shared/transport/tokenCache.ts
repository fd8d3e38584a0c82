import { createHash } from 'node:crypto';

export interface AccessToken {
	value: string;
	/** Seconds for which the token is valid from now on. */
	lifetimeSeconds: number;
}

interface KeptToken {
	value: string;
	goodUntil: number;
}

/**
 * n8n keeps the current token with the credential, but asks for a new one once per request
 * that came back with 401. Reads that run side by side would each fetch a token. This cache
 * lets them share one. It lives in memory only.
 */
const kept = new Map<string, KeptToken>();
const underway = new Map<string, Promise<string>>();

/** A token is given up when a tenth of its life is left. */
const USABLE_SHARE = 0.9;

/** Names a set of keys without keeping them. */
export const identityOf = (...parts: string[]): string =>
	createHash('sha256').update(JSON.stringify(parts)).digest('base64');

/** Whether this process has fetched a token so long ago that it is of no use any more. */
export const isSpent = (token: unknown): boolean =>
	[...kept.values()].some(({ value, goodUntil }) => value === token && Date.now() >= goodUntil);

async function fetchAndKeep(identity: string, fetchToken: () => Promise<AccessToken>) {
	const { value, lifetimeSeconds } = await fetchToken();
	kept.set(identity, { value, goodUntil: Date.now() + lifetimeSeconds * 1000 * USABLE_SHARE });
	return value;
}

/**
 * A token that is not `rejected`: the kept one, the one that is being fetched, or a new one.
 *
 * @param identity names the keys, from {@link identityOf}
 * @param rejected the token that the API has just answered with 401, or an empty string
 * @param fetchToken sends one token request
 */
export async function currentToken(
	identity: string,
	rejected: string,
	fetchToken: () => Promise<AccessToken>,
): Promise<string> {
	const known = kept.get(identity);
	if (known && known.value !== rejected && Date.now() < known.goodUntil) return known.value;

	const running = underway.get(identity);
	if (running) return await running;

	const request = fetchAndKeep(identity, fetchToken).finally(() => underway.delete(identity));
	underway.set(identity, request);
	return await request;
}
