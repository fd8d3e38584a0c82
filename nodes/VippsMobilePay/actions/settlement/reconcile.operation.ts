import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { fundsToNextPayout, todayOf, withNeighbours } from '../../../shared/books/readBook';
import {
	dateProperties,
	ledgerIdProperty,
	readingOptions,
} from '../../../shared/descriptions/common';
import { payoutNumbers, reconcile, type Reconciled } from '../../../shared/settlement/reconcile';
import type { ApiClient } from '../../../shared/transport/client';
import { readBook } from './readBook';
import { coversSales, readSales } from './readSales';

const properties: INodeProperties[] = [
	ledgerIdProperty,
	...dateProperties,
	{
		displayName: 'Return',
		name: 'show',
		type: 'options',
		options: [
			{ name: 'All Movements', value: 'all' },
			{
				name: 'Unmatched Only',
				value: 'unmatched',
				description: 'Only what has no counterpart where one was to be expected',
			},
		],
		default: 'all',
		description: 'Which movements to give',
	},
	readingOptions,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['settlement'], operation: ['reconcile'] } },
	properties,
);

export const readsMuch = true;

export const emptyHint = 'Nothing moved on these dates, or everything has its counterpart.';

/** Every movement of money with its fees, its sale and its payout. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Reconciled[]> {
	const book = await readBook(context, client, itemIndex);
	const today = todayOf(client, book.ledger);
	const wider = await withNeighbours(client, book, today);
	const funds = await fundsToNextPayout(client, wider, today);
	const sales = await readSales(context, client, itemIndex, wider);
	const rows = reconcile(wider, {
		fromDate: book.fromDate,
		toDate: book.toDate,
		sales,
		coversSales: coversSales(book.ledger),
		payoutNumberOf: payoutNumbers(funds),
		nextDateIsOpen: wider.nextDateIsOpen,
	});
	const show = context.getNodeParameter('show', itemIndex, 'all') as string;
	return show === 'unmatched' ? rows.filter(({ status }) => status === 'unmatched') : rows;
}
