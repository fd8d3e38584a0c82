import { createHash } from 'node:crypto';
import { isObject } from '../ledger/object';

export interface Identity {
	/** The same for every delivery of an event, and another one for any other event. */
	dedupeKey: string;
	/** What the event is about; the order of events is kept within it. */
	subject: string;
	/** For events of a payment. */
	payment?: { reference: string; msn?: string };
}

const LENGTH = 22;

const digest = (content: string | Uint8Array): string =>
	createHash('sha256').update(content).digest('base64url').slice(0, LENGTH);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * The content of a delivery. What is no JSON object, which the API never sends as far as is
 * documented, is found under `body`.
 */
export function readEvent(body: Uint8Array): Record<string, unknown> {
	const text = new TextDecoder().decode(body);
	const parsed = parse(text);
	if (isObject(parsed)) return parsed;
	return { body: parsed === undefined ? text : parsed };
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * Tells events apart. One of a payment is known by its reference, name and pspReference, and by
 * whether it succeeded, so that a success never passes for the repetition of what failed before.
 * Other APIs document no such fields; there it is the whole body, which a repetition repeats.
 */
export function identify(event: Record<string, unknown>, body: Uint8Array): Identity {
	const { msn, reference, name, pspReference, success } = event;
	if (isText(reference) && isText(name) && isText(pspReference)) {
		const parts = [msn ?? null, reference, name, pspReference, success !== false];
		return {
			dedupeKey: `payment-${digest(JSON.stringify(parts))}`,
			subject: JSON.stringify(['payment', msn ?? null, reference]),
			payment: { reference, ...(isText(msn) && { msn }) },
		};
	}
	const dedupeKey = `event-${digest(body)}`;
	const { agreementId } = event;
	return { dedupeKey, subject: isText(agreementId) ? `agreement ${agreementId}` : dedupeKey };
}
