import type { Ledger } from '../ledger/ledger';
import type { ApiClient } from '../transport/client';
import { readCursor, readPage, type ApiObject } from './page';

const isLedger = (item: ApiObject): item is Ledger =>
	typeof item.ledgerId === 'string' || typeof item.ledgerId === 'number';

/** One page of the ledgers that the keys have access to; no cursor means the last page. */
export async function getLedgerPage(
	client: ApiClient,
	{ cursor, recipientHandle }: { cursor?: string; recipientHandle?: string } = {},
): Promise<{ ledgers: Ledger[]; cursor?: string }> {
	return await client.request({
		path: '/settlement/v1/ledgers',
		// With a cursor the API needs no other parameter.
		query: cursor ? { cursor } : { settlesForRecipientHandles: recipientHandle },
		subject: 'list of ledgers',
		read: (body) => {
			const page = readPage(body);
			if (!page || !page.items.every(isLedger)) return undefined;
			const ledgers = page.items.map((item) => ({ ...item, ledgerId: String(item.ledgerId) }));
			return { ledgers, cursor: readCursor(page.rest.cursor) };
		},
	});
}

/** Every ledger once, page by page; the caller may stop early. */
export async function* eachLedgerPage(
	client: ApiClient,
	recipientHandle?: string,
): AsyncGenerator<Ledger[]> {
	const seen = new Set<string>();
	const cursors = new Set<string>();
	for (let cursor: string | undefined; ; ) {
		const page = await getLedgerPage(client, { cursor, recipientHandle });
		// Pages shift when a ledger is added while they are read.
		const fresh = page.ledgers.filter(({ ledgerId }) => !seen.has(ledgerId));
		for (const { ledgerId } of fresh) seen.add(ledgerId);
		yield fresh;
		cursor = page.cursor;
		// A cursor that comes again would go round in circles.
		if (cursor === undefined || cursors.has(cursor)) return;
		cursors.add(cursor);
	}
}

/** All ledgers that the keys have access to. */
export async function getLedgers(client: ApiClient): Promise<Ledger[]> {
	const ledgers: Ledger[] = [];
	for await (const page of eachLedgerPage(client)) ledgers.push(...page);
	return ledgers;
}
