import type { IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

type Request = ReturnType<IWebhookFunctions['getRequestObject']>;
type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

const LOOK_EVERY_MS = 100;
/** Less than n8n takes to store an execution. */
const SAY_EVERY_MS = 1;
/** n8n has stored an execution long before. */
const LONGEST_STORING_MS = 60_000;

/** The bytes of the body; undefined when n8n has not kept them, as for a form. */
export function bodyOf(request: Request): Uint8Array | undefined {
	const { rawBody } = request as { rawBody?: unknown };
	return rawBody instanceof Uint8Array ? rawBody : undefined;
}

/** Whether nobody waits for the answer any more. */
export const hasHungUp = (response: Response): boolean => response.socket?.destroyed === true;

/**
 * Whether n8n has taken a delivery: waits until it has answered, and tells whether with success.
 * When the other side hangs up before, n8n goes on nevertheless.
 */
export async function isAccepted(response: Response): Promise<boolean> {
	await new Promise<void>((resolve) => {
		response.once('finish', resolve);
		response.once('close', resolve);
	});
	const end = Date.now() + LONGEST_STORING_MS;
	while (!response.writableEnded && Date.now() < end) await sleep(LOOK_EVERY_MS);
	return !response.writableEnded || response.statusCode < 300;
}

/**
 * Says again and again, until n8n has answered, what it is to save along with the answer. n8n
 * 2.41 puts another workflow around the same static data on its way to the execution, and
 * forgets that it has been changed before.
 */
export async function sayUntilAnswered(response: Response, say: () => void): Promise<void> {
	const end = Date.now() + LONGEST_STORING_MS;
	for (; !response.writableEnded && Date.now() < end; await sleep(SAY_EVERY_MS)) say();
}
