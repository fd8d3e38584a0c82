import type { IExecuteFunctions, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { getEvents } from '../../../shared/api/epayment';
import type { PaymentEvent } from '../../../shared/payment/payment';
import type { ApiClient } from '../../../shared/transport/client';

type IsOwn = (event: PaymentEvent) => boolean;

/** Whether the payment's history has what this item wants done, done by this item. */
export async function isDone(client: ApiClient, reference: string, isOwn: IsOwn): Promise<boolean> {
	return (await getEvents(client, reference)).some(
		(event) => event.success !== false && isOwn(event),
	);
}

/**
 * Sends a write, and where it ends without a success looks in the payment's history whether it
 * was carried out after all: whatever the last answer says, that to an earlier attempt may have
 * been lost.
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
		const result = await isDone(client, reference, isOwn)
			.then(async (done) => (done ? await readBack() : undefined))
			// What cannot be read back stays unknown, and the first error says so.
			.catch(() => undefined);
		if (result !== undefined) return result;
		throw new NodeApiError(context.getNode(), error as JsonObject);
	}
}
