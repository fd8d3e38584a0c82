import http from 'node:http';
import https from 'node:https';
import type { Letter } from './letter.mts';

/** What came back. */
export interface Answer {
	/** Null when there was no answer. */
	status: number | null;
	/** Why there was none. */
	error: string | null;
	headers: Record<string, string>;
	/** The first 2000 characters. */
	body: string;
	/** Milliseconds until the answer was complete. */
	ms: number;
}

const longestBody = 2000;

/** Sends a letter. Redirects are not followed. Never throws. @param timeoutMs for the whole answer */
export async function post(letter: Letter, timeoutMs: number): Promise<Answer> {
	const began = performance.now();
	const answer = await exchange(letter, timeoutMs).catch((error: NodeJS.ErrnoException) => ({
		status: null,
		error: error.code ?? error.message,
		headers: {},
		body: '',
	}));
	return { ...answer, ms: performance.now() - began };
}

function exchange({ url, headers, body }: Letter, timeoutMs: number): Promise<Omit<Answer, 'ms'>> {
	const { request } = url.startsWith('https:') ? https : http;
	return new Promise((resolve, reject) => {
		const sent = request(url, {
			method: 'POST',
			headers,
			// A connection that the other side has closed meanwhile would look like a failure.
			agent: false,
			signal: AbortSignal.timeout(timeoutMs),
		});
		sent.on('error', reject);
		sent.on('response', (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () =>
				resolve({
					status: response.statusCode!,
					error: null,
					headers: response.headers as Record<string, string>,
					body: Buffer.concat(chunks).toString().slice(0, longestBody),
				}),
			);
		});
		sent.end(body);
	});
}
