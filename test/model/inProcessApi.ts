import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { FaultKind, Faults } from './faults';
import type { Random } from './random';
import type { VirtualTime } from './virtualTime';
import type { World } from './world';

interface Answer {
	statusCode: number;
	body: unknown;
	headers: IDataObject;
}

/** A page, or a problem. */
interface Body {
	items?: object[];
	cursor?: string;
	title?: string;
}

/** What a poll has asked for, by the key of the feed or `ledgers`. */
export interface Reads {
	requests: number;
	/** Whether the last answer was one that can be used. */
	last: Map<string, boolean>;
	/** Whether any page of a feed was one that can be used. */
	hasPage: boolean;
	/** Whether anything but the plain truth was answered. */
	isDisturbed: boolean;
}

export const noReads = (): Reads => ({
	requests: 0,
	last: new Map(),
	hasPage: false,
	isDisturbed: false,
});

const thrown = (message: string, details: object): Error =>
	Object.assign(new Error(message), details);

/** What the answer of a kind of fault looks like, as n8n's request helper gives it. */
const REPLACED: Partial<Record<FaultKind, Omit<Answer, 'headers'> & { headers?: IDataObject }>> = {
	'500': { statusCode: 500, body: { title: 'Internal Server Error', traceId: 'a-1' } },
	'502 in HTML': { statusCode: 502, body: '<html><title>Bad Gateway</title></html>' },
	'503': { statusCode: 503, body: '', headers: { 'retry-after': '2' } },
	'429 for seconds': { statusCode: 429, body: '', headers: { 'retry-after': '7' } },
	'429 for half an hour': { statusCode: 429, body: {}, headers: { 'retry-after': '1800' } },
};

/**
 * The API, answered in this process in place of n8n's request helper: the cheapest seam at which
 * the node's own code runs unchanged, from the poll to the reading of a status.
 */
export class InProcessApi {
	/** Milliseconds that an answer takes, at most. */
	latencyMs = 0;

	/** Every request in this world, and those that were disturbed. */
	requests = 0;

	disturbed = 0;

	constructor(
		private readonly world: World,
		private readonly faults: Faults,
		private readonly time: VirtualTime,
		private readonly random: Random,
	) {}

	/** Answers a request of the node as `httpRequestWithAuthentication` would. */
	async answer({ url, qs, timeout = 0 }: IHttpRequestOptions, reads: Reads): Promise<Answer> {
		const [target, ledgerId, topic] = this.targetOf(url);
		this.requests++;
		reads.requests++;
		reads.last.set(target, false);
		const fault = this.faults.due(target);
		if (fault) {
			this.disturbed++;
			reads.isDisturbed = true;
		}
		// Not everything that takes long is within the reach of a time-out.
		if (fault === 'hanging') await this.time.sleep(10_000 * this.random.int(3, 40));
		const latency = fault === 'slow' ? 4_000 * this.random.int(1, 12) : this.latencyMs;
		if (latency > timeout || fault === 'lost answer') {
			await this.time.sleep(timeout);
			throw thrown(`timeout of ${timeout}ms exceeded`, { code: 'ECONNABORTED' });
		}
		if (latency > 0) await this.time.sleep(this.random.int(1, latency));
		const date = new Date(this.world.clock()).toUTCString();
		const answer = fault && this.disturbance(fault);
		if (answer) return { ...answer, headers: { date, ...answer.headers } };

		const cursor = qs?.cursor as string | undefined;
		const plain = ledgerId
			? this.feedPage(ledgerId, topic, cursor, qs?.includeGDPRSensitiveData === true)
			: { statusCode: 200, body: this.ledgers(cursor) };
		const { body } = plain;
		if (fault === 'truncated JSON') {
			const text = JSON.stringify(body);
			return { ...plain, body: text.slice(0, Math.ceil(text.length / 2)), headers: { date } };
		}
		// An empty page that comes again cannot be told from the end.
		if (fault === 'same page twice' && cursor !== undefined && body.items?.length) {
			body.cursor = cursor;
		}
		const isGood = plain.statusCode === 200;
		reads.last.set(target, isGood);
		if (isGood && ledgerId) reads.hasPage = true;
		return { ...plain, body, headers: { date } };
	}

	private targetOf(url: string): [target: string, ledgerId?: string, topic?: string] {
		const report = /^\/report\/v2\/ledgers\/(\w+)\/(funds|fees)\/feed$/.exec(url);
		const sales = /^\/sales\/report\/v1\/ledgers\/(\w+)$/.exec(url);
		if (report) return [`${report[2]}:${report[1]}`, report[1], report[2]];
		if (sales) return [`sales:${sales[1]}`, sales[1], 'sales'];
		if (url !== '/settlement/v1/ledgers') throw new Error(`Nothing is known of ${url}`);
		return ['ledgers'];
	}

	private ledgers(cursor: string | undefined): Body {
		const open = this.world.ledgers.filter(({ isOpen }) => isOpen).map(({ facts }) => facts);
		const rest = open.filter(({ ledgerId }) => ledgerId > (cursor ?? ''));
		const items = rest.slice(0, this.world.ledgersPageSize);
		return { items, cursor: items.length < rest.length ? items.at(-1)!.ledgerId : '' };
	}

	private feedPage(
		ledgerId: string,
		topic = '',
		cursor: string | undefined,
		personal: boolean,
	): { statusCode: number; body: Body } {
		const truth = this.world.feeds.get(`${topic}:${ledgerId}`);
		if (!truth?.ledger.isOpen) return { statusCode: 404, body: { title: 'Not Found' } };
		const page = truth.feed.page(cursor);
		const items = personal ? page.entries.map((e) => ({ ...e, name: 'Ada' })) : page.entries;
		const end = topic === 'sales' ? { hasMore: !page.atEnd } : { tryLater: page.atEnd };
		return { statusCode: 200, body: { items, cursor: page.cursor, ...end } };
	}

	/** An answer instead of the true one; undefined when the true one is to be spoilt or given. */
	private disturbance(
		fault: FaultKind,
	): (Omit<Answer, 'headers'> & { headers?: IDataObject }) | undefined {
		if (fault === 'reset') throw thrown('socket hang up', { code: 'ECONNRESET' });
		if (fault === 'broken off') {
			// So axios tells of a body that ends too early: with the response that had begun.
			const response = { status: 200, headers: {}, data: '' };
			throw thrown('aborted', { code: 'ECONNRESET', response });
		}
		if (fault === '401') {
			const response = { status: 401, headers: {}, data: { title: 'Unauthorized' } };
			throw thrown('Request failed with status code 401', { response });
		}
		if (fault === '404') return { statusCode: 404, body: { title: 'Not Found' } };
		if (fault === '429 until a date') {
			const until = new Date(this.world.clock() + 9_000).toUTCString();
			return { statusCode: 429, body: '', headers: { 'retry-after': until } };
		}
		return REPLACED[fault];
	}
}
