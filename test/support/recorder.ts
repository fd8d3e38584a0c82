/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	method: string;
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
	/** Milliseconds since 1970. */
	at: number;
}

export interface Answer {
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	/** Closes the connection instead of answering. */
	drop?: boolean;
}

export interface Recorder {
	url: string;
	port: number;
	/** Everything that arrived, with its secrets, which the simulator's own log leaves out. */
	received: Received[];
	close(): Promise<void>;
}

/** A server on the loopback interface that keeps what it is sent and answers as it is told. */
export async function startRecorder(
	answer: (request: Received) => Answer | Promise<Answer> = () => ({}),
): Promise<Recorder> {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		const end = async () => {
			const { method = '', url = '', headers } = request;
			const body = Buffer.concat(chunks).toString();
			const one = { method, url, headers, body, at: Date.now() };
			received.push(one);
			const { status = 200, headers: more, body: data = {}, drop } = await answer(one);
			if (drop) return void request.socket.destroy();
			response.writeHead(status, { 'content-type': 'application/json', ...more });
			response.end(typeof data === 'string' ? data : JSON.stringify(data));
		};
		// An answer that fails is a broken connection for the client.
		request.on('end', () => void end().catch(() => request.socket.destroy()));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return { url: `http://127.0.0.1:${port}`, port, received, close };
}
