import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import {
	dateProperties,
	ledgerIdProperty,
	maxConcurrencyOption,
	requestsPerSecondOption,
} from '../../../shared/descriptions/common';
import { dateSummaries, periodSummary } from '../../../shared/settlement/summary';
import type { ApiClient } from '../../../shared/transport/client';
import { balanceBreaksOption, checkBalances } from './balances';
import { readBook } from './readBook';

const properties: INodeProperties[] = [
	ledgerIdProperty,
	...dateProperties,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			balanceBreaksOption,
			{
				displayName: 'Group By',
				name: 'groupBy',
				type: 'options',
				options: [
					{ name: 'Ledger Date', value: 'ledgerDate', description: 'One item for each date' },
					{ name: 'Period', value: 'period', description: 'One item for the whole period' },
				],
				default: 'ledgerDate',
				description: 'What an item stands for',
			},
			maxConcurrencyOption,
			requestsPerSecondOption,
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['settlement'], operation: ['getSummary'] } },
	properties,
);

export const readsMuch = true;

/** Adds up a ledger by kind of entry: balance before + all groups = balance after. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<object[]> {
	const book = await readBook(context, client, itemIndex);
	const breaks = checkBalances(context, itemIndex, book);
	const groupBy = context.getNodeParameter('options.groupBy', itemIndex, 'ledgerDate') as string;
	const summaries = groupBy === 'period' ? [periodSummary(book)] : dateSummaries(book);
	if (breaks.length === 0) return summaries;
	return summaries.map((summary) => ({
		...summary,
		balanceBreaks: breaks.filter(
			({ ledgerDate }) => ledgerDate >= summary.fromDate && ledgerDate <= summary.toDate,
		),
	}));
}
