import type { IExecuteFunctions, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { getEvents } from '../../../shared/api/epayment';
import type { PaymentEvent } from '../../../shared/payment/payment';
import type { ApiClient } from '../../../shared/transport/client';

/** Refused for the keys, or for a payment that is not there: nothing can have been carried out. */
const CERTAINLY_NOT = ['401', '403', '404'];

type IsOwn = (event: PaymentEvent) => boolean;

/** Whether the payment's history has what this item wants done, done by this item. */
export async function isDone(client: ApiClient, reference: string, isOwn: IsOwn): Promise<boolean> {
	return (await getEvents(client, reference)).some(
		(event) => event.success !== false && isOwn(event),
	);
}

/**
 * Sends a write, and where it ends without a success looks in the payment's history whether it
 * was carried out after all: the answer to an earlier attempt may have been lost.
 *
 * @param send sends it, with all repetitions
 * @param isOwn tells the event that this write causes
 * @param readBack gives the result when it was carried out
 * @throws NodeApiError what `send` threw, unless it was carried out
 */
export async function sendOnce<T>(
	context: IExecuteFunctions,
	client: ApiClient,
	reference: string,
	{ send, isOwn, readBack }: { send: () => Promise<T>; isOwn: IsOwn; readBack: () => Promise<T> },
): Promise<T> {
	try {
		return await send();
	} catch (error) {
		const { httpCode } = error as NodeApiError;
		if (!CERTAINLY_NOT.includes(httpCode ?? '')) {
			// What cannot be read back stays unknown, and the first error says so.
			const done = await isDone(client, reference, isOwn).catch(() => false);
			if (done) return await readBack();
		}
		throw new NodeApiError(context.getNode(), error as JsonObject);
	}
}
