import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getFeedPage, type ReportTopic } from '../../../shared/api/report';
import {
	cursorProperty,
	ledgerIdProperty,
	readingOptions,
	topicProperty,
} from '../../../shared/descriptions/common';
import { markEntries } from '../../../shared/ledger/readDates';
import type { ApiClient } from '../../../shared/transport/client';
import { readCursorParameter, readLedgerId } from '../../parameters';

const properties: INodeProperties[] = [
	ledgerIdProperty,
	topicProperty,
	cursorProperty,
	readingOptions,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['ledgerEntry'], operation: ['getFeedPage'] } },
	properties,
);

export const readsMuch = true;

/** One page: its entries, the cursor to keep, and whether to come back later for more. */
export async function execute(context: IExecuteFunctions, client: ApiClient, itemIndex: number) {
	const ledgerId = readLedgerId(context, itemIndex);
	const topic = context.getNodeParameter('topic', itemIndex) as ReportTopic;
	const cursor = readCursorParameter(context, itemIndex);
	const page = await getFeedPage(client, { ledgerId, topic }, cursor);
	return [
		{
			entries: markEntries(topic, ledgerId, [page]),
			cursor: page.cursor ?? cursor ?? '',
			tryLater: page.atEnd,
		},
	];
}
