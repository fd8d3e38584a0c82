import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getFeedPage, LARGEST_PAGE } from '../../../shared/api/sales';
import {
	cursorProperty,
	ledgerIdProperty,
	readingOptions,
} from '../../../shared/descriptions/common';
import { markEntries } from '../../../shared/ledger/readDates';
import type { ApiClient } from '../../../shared/transport/client';
import { readCursorParameter, readLedgerId, readWholeNumber } from '../../parameters';

const DEFAULT_PAGE = 100;

const properties: INodeProperties[] = [
	ledgerIdProperty,
	cursorProperty,
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
		default: 100,
		description: 'How many sales a page holds at most, 1 to 1000',
	},
	readingOptions,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['sale'], operation: ['getFeedPage'] } },
	properties,
);

export const readsMuch = true;

/** One page: its sales, the cursor to keep, and whether more is ready now. */
export async function execute(context: IExecuteFunctions, client: ApiClient, itemIndex: number) {
	const ledgerId = readLedgerId(context, itemIndex);
	const cursor = readCursorParameter(context, itemIndex);
	const pageSize = readWholeNumber(
		context,
		itemIndex,
		'pageSize',
		'Page Size',
		DEFAULT_PAGE,
		1,
		LARGEST_PAGE,
	);
	const page = await getFeedPage(client, ledgerId, cursor, pageSize);
	return [
		{
			entries: markEntries('sales', ledgerId, [page]),
			cursor: page.cursor ?? cursor ?? '',
			hasMore: !page.atEnd,
		},
	];
}
