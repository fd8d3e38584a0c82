import { after } from 'node:test';
import { keys, type KeyType, type specializedKeyTypes } from '../keys.mts';
import { createSimulator, type SimulatorOptions } from '../server.mts';

// Answers are looked at as loosely as a client of the real API would.
export type Json = any;

export interface Answer {
	status: number;
	body: Json;
	headers: Headers;
}

export interface Client {
	url: string;
	/** A request as it is given, without any key. */
	send(path: string, init?: RequestInit): Promise<Answer>;
	/** A GET with an accounting token. */
	get(path: string, headers?: Record<string, string>): Promise<Answer>;
	/** A GET, or another request, with a token of those keys and the subscription key where they have one. */
	getAs(keyType: KeyType, path: string, init?: RequestInit): Promise<Answer>;
	/** A control request, which must succeed. */
	control(path: string, body?: object, method?: string): Promise<Json>;
}

/** Starts a simulator for the tests of a file; it ends with them. */
export async function start(options: SimulatorOptions = {}): Promise<Client> {
	const simulator = await createSimulator(options);
	after(() => simulator.close());
	return clientOf(simulator.url);
}

/** Requests to a simulator at that address. */
export function clientOf(url: string): Client {
	const send = async (path: string, init?: RequestInit): Promise<Answer> => {
		const response = await fetch(url + path, init);
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.includes('json');
		const body = isJson ? JSON.parse(text) : text;
		return { status: response.status, body, headers: response.headers };
	};

	return {
		url,
		send,
		async get(path, headers) {
			const authorization = await bearer(send, specializedToken());
			return await send(path, { headers: { authorization, ...headers } });
		},
		async getAs(keyType, path, init) {
			const isStandard = keyType === 'merchant' || keyType === 'partner';
			const request = isStandard ? standardToken(keyType) : specializedToken(keyType);
			const headers = new Headers(init?.headers);
			headers.set('authorization', await bearer(send, request));
			if (isStandard) headers.set('ocp-apim-subscription-key', keys[keyType].subscriptionKey);
			return await send(path, { ...init, headers });
		},
		async control(path, body, method = body ? 'POST' : 'GET') {
			const init = body ? { method, body: JSON.stringify(body) } : { method };
			const answer = await send(`/simulator${path}`, init);
			if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
			return answer.body;
		},
	};
}

type Request = [path: string, init: RequestInit & { headers: Record<string, string> }];

async function bearer(send: Client['send'], request: Request): Promise<string> {
	const { body } = await send(...request);
	return `Bearer ${body.access_token}`;
}

type SpecializedKeyType = (typeof specializedKeyTypes)[number];

export function basic(
	keyType: SpecializedKeyType = 'accounting',
	secret: string = keys[keyType].clientSecret,
): string {
	return `Basic ${Buffer.from(`${keys[keyType].clientId}:${secret}`).toString('base64')}`;
}

export function specializedToken(keyType: SpecializedKeyType = 'accounting'): Request {
	return [
		'/miami/v1/token',
		{
			method: 'POST',
			headers: {
				authorization: basic(keyType),
				'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
			},
			body: 'grant_type=client_credentials',
		},
	];
}

export function standardToken(keyType: 'merchant' | 'partner' = 'merchant'): Request {
	const { clientId, clientSecret, subscriptionKey } = keys[keyType];
	return [
		'/accesstoken/get',
		{
			method: 'POST',
			headers: {
				client_id: clientId,
				client_secret: clientSecret,
				'ocp-apim-subscription-key': subscriptionKey,
			},
		},
	];
}

export const feed = (ledgerId: string, topic: string, query = ''): string =>
	`/report/v2/ledgers/${ledgerId}/${topic}/feed${query}`;

export const dates = (ledgerId: string, topic: string, date: string, query = ''): string =>
	`/report/v2/ledgers/${ledgerId}/${topic}/dates/${date}${query}`;

export const sales = (ledgerId: string, rest = ''): string =>
	`/sales/report/v1/ledgers/${ledgerId}${rest}`;
