import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { Simulator } from '../harness';

/** As an integrator would write it from the documentation: no code of this package is in it. */
export interface Client {
	http: AxiosInstance;
	/** Sends a body as JSON with an Idempotency-Key, a new one when none is given. */
	post(path: string, body?: object, key?: string): Promise<AxiosResponse>;
	get(path: string): Promise<AxiosResponse>;
	delete(path: string): Promise<AxiosResponse>;
}

/** The four headers that say which system is calling. */
export const SYSTEM = {
	'Vipps-System-Name': 'acme',
	'Vipps-System-Version': '3.1.2',
	'Vipps-System-Plugin-Name': 'acme-webshop',
	'Vipps-System-Plugin-Version': '4.5.6',
};

/** Answers with an error are looked at like any other. */
export const open = ({ url }: Simulator, headers: Record<string, string> = {}): AxiosInstance =>
	axios.create({ baseURL: url, proxy: false, validateStatus: () => true, headers });

/** Asks for a token by the standard flow. */
export const askForToken = async (
	simulator: Simulator,
	keys: 'merchant' | 'partner',
	changes: Record<string, string | undefined> = {},
): Promise<AxiosResponse> => {
	const { clientId, clientSecret, subscriptionKey } = simulator.keys[keys];
	return await open(simulator, SYSTEM).post('/accesstoken/get', '', {
		headers: {
			client_id: clientId,
			client_secret: clientSecret,
			'Ocp-Apim-Subscription-Key': subscriptionKey,
			...changes,
		},
	});
};

let requests = 0;

/** A client with a token of its own. */
export async function connect(
	simulator: Simulator,
	keys: 'merchant' | 'partner',
	msn?: string,
): Promise<Client> {
	const { data } = (await askForToken(simulator, keys)) as AxiosResponse<{ access_token: string }>;
	const http = open(simulator, {
		...SYSTEM,
		Authorization: `Bearer ${data.access_token}`,
		'Ocp-Apim-Subscription-Key': simulator.keys[keys].subscriptionKey,
		...(msn === undefined ? {} : { 'Merchant-Serial-Number': msn }),
	});
	return {
		http,
		post: async (path, body, key = `contract-${++requests}`) =>
			await http.post(path, body, { headers: { 'Idempotency-Key': key } }),
		get: async (path) => await http.get(path),
		delete: async (path) => await http.delete(path),
	};
}
