import type { IPollFunctions, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

/** A ledger that stays broken is brought up again after this time. */
const REPORT_EVERY_MS = 3_600_000;

interface Trouble {
	/** First seen, and last reported, in milliseconds since 1970. */
	since: number;
	reported?: number;
}

/** What is broken, by workflow and node. In memory: after a restart it is reported anew. */
const troubles = new Map<string, Map<string, Trouble>>();

/** What a poll found. */
export interface Findings {
	broken: Array<{ key: string; error: unknown }>;
	/** Whether any stream could be read. */
	someRead: boolean;
	/** Whether the poll has items to hand out. */
	hasItems: boolean;
}

function asPartial(context: IPollFunctions, error: unknown): NodeApiError {
	const { message, description, httpCode } = error as NodeApiError;
	const more = 'The other ledgers are read as usual. This is reported once an hour.';
	const text = [description, more].filter(Boolean).join(' ');
	// Whatever is wrong with one ledger, the trigger as a whole goes on with the next poll.
	return new NodeApiError(context.getNode(), { message, description: text } as JsonObject, {
		message,
		description: text,
		httpCode: httpCode ?? undefined,
		failure: { cause: 'temporarily-unavailable' },
	});
}

/**
 * The error that a poll should end with, or undefined when it should not.
 *
 * Nothing could be read: always. Some streams are broken and the poll has nothing else to give:
 * at once, then every hour. Some are broken and there are items: once it has lasted an hour,
 * and every hour; that poll then hands nothing out and leaves the state alone, so that the next
 * one brings what it had.
 */
export function reportDue(
	context: IPollFunctions,
	{ broken, someRead, hasItems }: Findings,
): NodeApiError | undefined {
	const node = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const now = Date.now();
	const known = troubles.get(node) ?? new Map<string, Trouble>();
	const current = new Map(
		broken.map(({ key }) => [key, known.get(key) ?? { since: now }] as const),
	);
	troubles.set(node, current);

	if (broken.length > 0 && !someRead) return broken[0].error as NodeApiError;
	const due = broken.find(({ key }) => {
		const { since, reported } = current.get(key)!;
		const from = reported ?? (hasItems ? since : -Infinity);
		return now - from >= REPORT_EVERY_MS;
	});
	if (!due) return undefined;
	for (const trouble of current.values()) trouble.reported = now;
	return asPartial(context, due.error);
}
