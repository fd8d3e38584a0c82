import type { DatePage, Entry, FeedPage } from '../ledger/feed';
import type { ApiClient } from '../transport/client';
import { readCursor, readDatePage, readPage, segment, type ApiObject } from './page';

/** The largest page that the API gives; the fewest requests. */
export const LARGEST_PAGE = 1000;

const base = (ledgerId: string) => `/sales/report/v1/ledgers/${segment(ledgerId)}`;

/**
 * One page of the sales feed, oldest first; no cursor starts at the first sale.
 *
 * @param pageSize 1 to 1000
 * @see https://developer.vippsmobilepay.com/docs/APIs/sales-api/
 */
export async function getFeedPage(
	client: ApiClient,
	ledgerId: string,
	cursor?: string,
	pageSize = LARGEST_PAGE,
): Promise<FeedPage> {
	return await client.request({
		path: base(ledgerId),
		query: { cursor, pageSize },
		subject: `ledger ${ledgerId}, sales`,
		read: (body) => {
			const page = readPage(body);
			if (!page) return undefined;
			const atEnd = page.rest.hasMore !== true;
			return { entries: page.items, cursor: readCursor(page.rest.cursor), atEnd };
		},
	});
}

/**
 * One page of the sales of a date (YYYY-MM-DD). Whether the API marks an open date is not
 * documented; a `tryLater` is honoured if it comes.
 */
export async function getDatePage(
	client: ApiClient,
	ledgerId: string,
	date: string,
	cursor?: string,
): Promise<DatePage> {
	return await client.request({
		path: `${base(ledgerId)}/dates/${segment(date)}`,
		query: { cursor },
		subject: `ledger ${ledgerId}, sales, ${date}`,
		read: readDatePage,
	});
}

/** The envelope of the two look-ups is not documented: a page, an array and a single sale all do. */
function readSales(body: unknown): Entry[] | undefined {
	const page = readPage(body);
	if (page) return page.items;
	if (Array.isArray(body)) return body as ApiObject[];
	const single = body as ApiObject | null;
	return typeof single === 'object' && single !== null && 'entryType' in single
		? [single]
		: undefined;
}

/** Every capture and refund of one reference. */
export async function getByReference(client: ApiClient, ledgerId: string, reference: string) {
	return await client.request({
		path: `${base(ledgerId)}/references/${segment(reference)}`,
		subject: `ledger ${ledgerId}, reference ${reference}`,
		read: readSales,
	});
}

/** One capture or refund. */
export async function getByPspReference(client: ApiClient, ledgerId: string, pspReference: string) {
	return await client.request({
		path: `${base(ledgerId)}/psp-references/${segment(pspReference)}`,
		subject: `ledger ${ledgerId}, PSP reference ${pspReference}`,
		read: readSales,
	});
}
