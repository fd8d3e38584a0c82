import { createHash, createHmac } from 'node:crypto';

/** A request that is about to be sent. Nothing is added to its headers. */
export interface Letter {
	url: string;
	headers: Record<string, string>;
	body: Buffer;
}

/** What a signature covers, and what it is made with. */
export interface Sealing {
	/** The secret as it stands; as bytes, something else. */
	secret: string | Buffer;
	/** With a port where it is not the scheme's own. */
	host: string;
	/** With its query. */
	path: string;
	/** RFC 1123. */
	date: string;
	body: Buffer;
}

/** The headers of a signed delivery. Names are as documented; the rest does not care about case. */
export function seal({ secret, host, path, date, body }: Sealing) {
	const hash = createHash('sha256').update(body).digest('base64');
	const signature = createHmac('sha256', secret)
		.update(`POST\n${path}\n${date};${host};${hash}`)
		.digest('base64');
	return {
		host,
		'x-ms-date': date,
		'x-ms-content-sha256': hash,
		authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
	};
}

/** A delivery as the API sends it. Assumption: `Webhook-Id` names the registration. */
export function letterTo(
	{ id, url, secret }: { id: string; url: string; secret: string },
	body: Buffer,
	date: string,
): Letter {
	const { host, pathname, search } = new URL(url);
	const sealed = seal({ secret, host, path: `${pathname}${search}`, date, body });
	return {
		url,
		headers: {
			...sealed,
			'content-type': 'application/json; charset=utf-8',
			'content-length': String(body.length),
			'webhook-id': id,
		},
		body,
	};
}
