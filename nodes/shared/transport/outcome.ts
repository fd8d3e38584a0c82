import { readProblem, type Problem } from './problem';

/** What was answered instead of a token, for those who decide on a repetition. */
export interface Refusal {
	status: number;
	/** Whether the same keys may get a token later. */
	passing: boolean;
	retryAfter: unknown;
}

/** How one attempt to send a request ended. */
export type Outcome =
	| { kind: 'answered'; status: number; body: unknown; headers: Record<string, unknown> }
	/** The keys were refused even with a fresh token. */
	| { kind: 'refused'; problem: Problem }
	/** No complete answer arrived. */
	| { kind: 'unreachable'; message: string }
	/** The credential itself cannot be used; its message is written for the user. */
	| { kind: 'credential'; message: string; description: string; refusal?: Refusal };

type Fields = Record<string, unknown>;

const asFields = (value: unknown): Fields =>
	typeof value === 'object' && value !== null ? (value as Fields) : {};

/** Walks from n8n's wrapper to what was thrown first. */
function causes(error: unknown): Fields[] {
	const chain: Fields[] = [];
	for (let current = error; current && !chain.includes(current as Fields); ) {
		chain.push(asFields(current));
		current = asFields(current).cause;
	}
	return chain;
}

/** A key with a character that no HTTP header can hold, often from copying out of a document. */
const UNSENDABLE = 'ERR_INVALID_CHAR';

/** So spells Node.js the faults of sockets, TLS, HTTP and compression: ECONNRESET, Z_BUF_ERROR. */
const isNetworkCode = (code: unknown): boolean =>
	typeof code === 'string' && /^[A-Z][A-Z\d]*(_[A-Z\d]+)*$/.test(code);

/**
 * Turns what n8n's request helper threw into plain facts. The thrown object itself is left
 * behind: it carries the request with its token.
 */
export function outcomeOfThrown(error: unknown): Outcome {
	const chain = causes(error);

	const answered = chain.map(({ response }) => asFields(response)).find(({ status }) => status);
	// A success is thrown when its body broke off on the way.
	if (answered && Number(answered.status) >= 300) {
		const problem = readProblem(Number(answered.status), answered.data, asFields(answered.headers));
		return { kind: 'refused', problem };
	}

	if (chain.some(({ code }) => code === UNSENDABLE)) {
		return {
			kind: 'credential',
			message: 'The keys of the credential contain a character that cannot be sent',
			description: 'Open the credential and enter the keys again, without line breaks or blanks.',
		};
	}

	const faulty = chain.find(({ code }) => isNetworkCode(code));
	if (faulty) return { kind: 'unreachable', message: String(faulty.code) };

	const explained = chain[chain.length - 1] ?? {};
	return {
		kind: 'credential',
		message: String(explained.message ?? 'The credential could not be used'),
		description: String(
			explained.description ?? 'Open the credential, check its fields and press Test.',
		),
		refusal: explained.refusal as Refusal | undefined,
	};
}

/** Whether the request may have been carried out although no success was seen. */
export const isUncertain = (outcome: Outcome): boolean =>
	outcome.kind === 'unreachable' ||
	(outcome.kind === 'answered' &&
		(outcome.status >= 500 || outcome.status === 408 || outcome.status < 300));
