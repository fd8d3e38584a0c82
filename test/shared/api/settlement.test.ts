import { eachLedgerPage, getLedgers } from '../../../nodes/shared/api/settlement';
import type { ApiClient } from '../../../nodes/shared/transport/client';

/** Answers with one page after the other, whatever is asked for. */
function answering(pages: unknown[]): ApiClient & { asked: Array<Record<string, unknown>> } {
	const asked: Array<Record<string, unknown>> = [];
	return {
		asked,
		async request({ query, read }) {
			asked.push({ ...query });
			return read(pages[asked.length - 1]) as never;
		},
		serverTimeAt: (localTime) => localTime,
		concurrency: 20,
	};
}

const page = (ids: Array<string | number>, cursor?: string | null) => ({
	items: ids.map((ledgerId) => ({ ledgerId })),
	cursor,
});

const idsOf = (ledgers: Array<{ ledgerId: string }>) => ledgers.map(({ ledgerId }) => ledgerId);

describe('the list of ledgers', () => {
	it.each([[''], [null], [undefined]])('ends with the cursor %p', async (end) => {
		const client = answering([page(['1', '2'], 'a'), page(['3'], end)]);
		expect(idsOf(await getLedgers(client))).toEqual(['1', '2', '3']);
		expect(client.asked).toHaveLength(2);
	});

	it('goes on behind an empty page', async () => {
		const client = answering([page(['1'], 'a'), page([], 'b'), page(['2'], '')]);
		expect(idsOf(await getLedgers(client))).toEqual(['1', '2']);
	});

	it('names a ledger once, even when pages shift while they are read', async () => {
		const client = answering([page(['1', '2'], 'a'), page(['2', '3'], '')]);
		expect(idsOf(await getLedgers(client))).toEqual(['1', '2', '3']);
	});

	it('does not go round in circles', async () => {
		const client = answering([page(['1'], 'a'), page(['2'], 'b'), page(['1'], 'a'), page(['4'])]);
		expect(idsOf(await getLedgers(client))).toEqual(['1', '2']);
	});

	it('sends the filter with the first page only', async () => {
		const client = answering([page(['1'], 'a'), page(['2'], '')]);
		for await (const ledgers of eachLedgerPage(client, 'api:123456')) expect(ledgers).toBeTruthy();
		expect(client.asked).toEqual([{ settlesForRecipientHandles: 'api:123456' }, { cursor: 'a' }]);
	});

	it('takes numbers as IDs', async () => {
		expect(idsOf(await getLedgers(answering([page([302321])])))).toEqual(['302321']);
	});
});
