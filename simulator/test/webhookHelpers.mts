import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Json } from './helpers.mts';

/** A request that an endpoint got. */
export interface Received {
	path: string;
	headers: http.IncomingHttpHeaders;
	text: string;
	/** Undefined for what is no JSON. */
	body: Json;
}

export interface Endpoint {
	url: string;
	received: Received[];
	/** What it answers, after it has noted the request; 200 by default. */
	answer: (request: Received) => number | Promise<number>;
	headers: Record<string, string>;
	/** The names of the payloads that have come, in order. */
	readonly names: string[];
}

/** An endpoint on this computer, for the tests of a file. */
export async function openEndpoint(): Promise<Endpoint> {
	const endpoint: Endpoint = {
		url: '',
		received: [],
		answer: () => 200,
		headers: {},
		get names() {
			return this.received.map(({ body }) => body?.name);
		},
	};
	const server = http.createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', async () => {
			const text = Buffer.concat(chunks).toString();
			const received = { path: request.url!, headers: request.headers, text, body: parse(text) };
			endpoint.received.push(received);
			response.writeHead(await endpoint.answer(received), endpoint.headers).end('noted');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	after(() => {
		server.closeAllConnections();
		server.close();
	});
	endpoint.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?of=test`;
	return endpoint;
}

function parse(text: string): Json {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Whether a request is signed as documented, for that address. */
export function isGenuine({ headers, text }: Received, url: string, secret: string): boolean {
	const { host, pathname, search } = new URL(url);
	const hash = createHash('sha256').update(text).digest('base64');
	const signed = `POST\n${pathname}${search}\n${headers['x-ms-date']};${host};${hash}`;
	const signature = createHmac('sha256', secret).update(signed).digest('base64');
	return (
		headers['x-ms-content-sha256'] === hash &&
		headers.authorization ===
			`HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`
	);
}

interface Registering {
	keyType?: 'merchant' | 'partner';
	msn?: string | null;
}

/** Registers an endpoint, which must succeed. @returns id and secret */
export async function register(
	simulator: Client,
	url: string,
	events: string[],
	{ keyType = 'merchant', msn = '123456' }: Registering = {},
): Promise<{ id: string; secret: string }> {
	const { status, body } = await simulator.getAs(keyType, '/webhooks/v1/webhooks', {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			...(msn === null ? {} : { 'merchant-serial-number': msn }),
		},
		body: JSON.stringify({ url, events }),
	});
	if (status !== 201) throw new Error(JSON.stringify(body));
	return body;
}

/** Waits until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
	for (const end = Date.now() + 5000; !(await isSo()); await sleep(5)) {
		if (Date.now() > end) throw new Error(`Not within five seconds: ${what}`);
	}
}

/** Everything that can happen to a payment. */
export const paymentEvents = [
	'created',
	'aborted',
	'expired',
	'cancelled',
	'captured',
	'refunded',
	'authorized',
	'terminated',
].map((name) => `epayments.payment.${name}.v1`);
