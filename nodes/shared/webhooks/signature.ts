import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A request as it came in. */
export interface Delivery {
	/** The bytes of the body, untouched. */
	body: Uint8Array;
	/** By name in lower case. */
	headers: Readonly<Record<string, unknown>>;
}

/** Who may have signed a delivery. */
export interface Signer {
	/** The address as it was registered. */
	url: string;
	/** As the registration gave it; its characters are the key, they are not decoded. */
	secret: string;
}

/** Nobody's, so that a delivery without any signer costs as much as one with a wrong signature. */
const NOBODY: Signer = { url: 'https://localhost/', secret: randomBytes(64).toString('base64') };

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content);

/** Takes as long for texts that are alike at first as for any others. */
const isEqual = (one: string, other: string): boolean =>
	timingSafeEqual(sha256(one).digest(), sha256(other).digest());

const textOf = (header: unknown): string => (typeof header === 'string' ? header : '');

/**
 * The `Authorization` header of a delivery to a registered address.
 *
 * @param date the header `x-ms-date`
 * @param contentHash the header `x-ms-content-sha256`
 * @see https://developer.vippsmobilepay.com/docs/APIs/webhooks-api/request-authentication/
 */
export function authorizationFor({ url, secret }: Signer, date: string, contentHash: string) {
	const { pathname, search, host } = new URL(url);
	const signed = `POST\n${pathname}${search}\n${date};${host};${contentHash}`;
	const signature = createHmac('sha256', secret).update(signed).digest('base64');
	return `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
}

/**
 * The one who signed a delivery; undefined when nobody of them did. Host and path are those of
 * the registered address and not of the request, which a proxy may have changed. Everything is
 * calculated in any case: the time that it takes tells nothing.
 */
export function signerOf<S extends Signer>(
	{ body, headers }: Delivery,
	signers: readonly S[],
): S | undefined {
	const date = textOf(headers['x-ms-date']);
	const contentHash = textOf(headers['x-ms-content-sha256']);
	const authorization = textOf(headers.authorization);
	const isIntact = isEqual(sha256(body).digest('base64'), contentHash);
	const expected = (signers.length > 0 ? signers : [NOBODY]).map((signer) =>
		isEqual(authorizationFor(signer, date, contentHash), authorization),
	);
	return signers.find(({ secret }, index) => expected[index] && isIntact && secret !== '');
}
