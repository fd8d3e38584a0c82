import type { DatePage, FeedPage } from '../ledger/feed';
import type { ApiClient } from '../transport/client';
import { readCursor, readDatePage, readPage, segment } from './page';

export type ReportTopic = 'funds' | 'fees';

export interface ReportStream {
	ledgerId: string;
	topic: ReportTopic;
	/** Adds names, messages and masked phone numbers where the API has them. */
	includePersonalData?: boolean;
}

const base = ({ ledgerId, topic }: ReportStream) =>
	`/report/v2/ledgers/${segment(ledgerId)}/${segment(topic)}`;

const queryOf = ({ includePersonalData }: ReportStream, cursor?: string) => ({
	cursor,
	// Has to be repeated on every page.
	includeGDPRSensitiveData: includePersonalData ? true : undefined,
});

const subjectOf = ({ ledgerId, topic }: ReportStream) => `ledger ${ledgerId}, ${topic}`;

/**
 * One page of the continuous feed, oldest entry first; no cursor starts at the beginning.
 *
 * @see https://developer.vippsmobilepay.com/docs/APIs/report-api/
 */
export async function getFeedPage(
	client: ApiClient,
	stream: ReportStream,
	cursor?: string,
): Promise<FeedPage> {
	return await client.request({
		path: `${base(stream)}/feed`,
		query: queryOf(stream, cursor),
		subject: subjectOf(stream),
		read: (body) => {
			const page = readPage(body);
			if (!page) return undefined;
			const atEnd = page.rest.tryLater === true;
			return { entries: page.items, cursor: readCursor(page.rest.cursor), atEnd };
		},
	});
}

/** One page of a ledger date (YYYY-MM-DD). The date is complete when its last page is not open. */
export async function getDatePage(
	client: ApiClient,
	stream: ReportStream,
	date: string,
	cursor?: string,
): Promise<DatePage> {
	return await client.request({
		path: `${base(stream)}/dates/${segment(date)}`,
		query: queryOf(stream, cursor),
		subject: `${subjectOf(stream)}, ${date}`,
		read: readDatePage,
	});
}
