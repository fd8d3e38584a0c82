import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { getWebhooks } from '../api/webhooks';
import { clientOf, found } from './search';

/** What is registered: "https://example.com/hook · epayments.payment.captured.v1 · 497f…". */
export async function searchWebhooks(
	this: ILoadOptionsFunctions,
	filter?: string,
	page?: string,
): Promise<INodeListSearchResult> {
	const options = (await getWebhooks(clientOf(this))).map(({ id, url, events }) => ({
		name: [url, events.join(', '), id].filter(Boolean).join(' · '),
		value: id,
	}));
	return found(options, filter, page);
}
