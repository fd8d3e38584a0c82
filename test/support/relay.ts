import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import type { Simulator } from '../harness';
import { startRecorder, type Recorder } from './recorder';

/** A simulator behind a recorder, which keeps what the node sends, bodies and keys too. */
export async function startRelay(simulator: Simulator): Promise<Recorder> {
	const server = axios.create({ baseURL: simulator.url, proxy: false, maxRedirects: 0 });
	return await startRecorder(async ({ method, url, headers, body }) => {
		const answer = await server.request<string>({
			method,
			url,
			headers: { ...headers, host: undefined, connection: undefined },
			data: body === '' ? undefined : body,
			transformRequest: (data) => data,
			responseType: 'text',
			transformResponse: (data) => data,
			validateStatus: () => true,
		});
		const names = ['content-type', 'date', 'retry-after'].filter((name) => answer.headers[name]);
		return {
			status: answer.status,
			headers: Object.fromEntries(names.map((name) => [name, String(answer.headers[name])])),
			body: answer.data,
		};
	});
}

/** The bodies that were sent to a path, in order. */
export const bodiesTo = ({ received }: Recorder, path: RegExp): IDataObject[] =>
	received
		.filter(({ url, body }) => path.test(url) && body !== '')
		.map(({ body }) => JSON.parse(body) as IDataObject);
