import axios, { type AxiosInstance } from 'axios';
import type { Simulator } from '../test/harness';

interface Page {
	entries: Array<{ pspReference: unknown }>;
	cursor: string;
	more: boolean;
}

/** A bare HTTP client that knows nothing of the package: what is true, and the least that reading can cost. */
export class BareClient {
	private constructor(private readonly api: AxiosInstance) {}

	static async logIn({ url, keys }: Simulator): Promise<BareClient> {
		const { clientId, clientSecret } = keys.accounting;
		const { data } = await axios.post(`${url}/miami/v1/token`, 'grant_type=client_credentials', {
			auth: { username: clientId, password: clientSecret },
		});
		const headers = { Authorization: `Bearer ${data.access_token}` };
		return new BareClient(axios.create({ baseURL: url, headers }));
	}

	/** The IDs of all ledgers. */
	async ledgerIds(): Promise<string[]> {
		const ids: string[] = [];
		for (let cursor: string | undefined, more = true; more; ) {
			const { data } = await this.api.get('/settlement/v1/ledgers', { params: { cursor } });
			for (const { ledgerId } of data.items) ids.push(ledgerId);
			({ cursor } = data);
			more = Boolean(cursor);
		}
		return ids;
	}

	/** Every entry of a feed in its order, until `take` has had enough and says so with false. */
	async readFeed(
		topic: string,
		ledgerId: string,
		take: (entry: Page['entries'][number]) => boolean,
	): Promise<void> {
		for (let cursor: string | undefined, more = true; more; ) {
			const page = await this.page(topic, ledgerId, cursor);
			if (!page.entries.every(take)) return;
			({ cursor, more } = page);
		}
	}

	private async page(topic: string, ledgerId: string, cursor?: string): Promise<Page> {
		const path =
			topic === 'sales'
				? `/sales/report/v1/ledgers/${ledgerId}`
				: `/report/v2/ledgers/${ledgerId}/${topic}/feed`;
		const { data } = await this.api.get(path, { params: { cursor } });
		return { entries: data.items, cursor: data.cursor, more: data.hasMore ?? !data.tryLater };
	}
}
