import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getDatePage, type ReportTopic } from '../../../shared/api/report';
import {
	dateProperties,
	includePersonalDataProperty,
	ledgerIdProperty,
	maxConcurrencyOption,
	requestsPerSecondOption,
	returnAllProperties,
	topicProperty,
} from '../../../shared/descriptions/common';
import type { Entry } from '../../../shared/ledger/feed';
import { readMarked } from '../../../shared/ledger/readDates';
import type { ApiClient } from '../../../shared/transport/client';
import { assertClosed, readLedgerId, readLimit, readPeriod } from '../../parameters';

const properties: INodeProperties[] = [
	ledgerIdProperty,
	topicProperty,
	...dateProperties,
	...returnAllProperties,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			includePersonalDataProperty,
			maxConcurrencyOption,
			{
				displayName: 'Open Dates',
				name: 'openDates',
				type: 'options',
				options: [
					{
						name: 'Include',
						value: 'include',
						description: 'Take what there is so far; more may follow for the same date',
					},
					{
						name: 'Refuse',
						value: 'refuse',
						description: 'Stop and name the dates that are not closed, so that no sum is partial',
					},
					{
						name: 'Skip',
						value: 'skip',
						description: 'Leave dates out that are not closed',
					},
				],
				default: 'refuse',
				description: 'What to do with ledger dates to which entries may still be added',
			},
			requestsPerSecondOption,
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['ledgerEntry'], operation: ['getAll'] } },
	properties,
);

export const readsMuch = true;

export const emptyHint =
	'No entries were found. Usual reasons: nothing happened on these dates (check them), these keys have no access to the ledger, or its history starts later.';

type OpenDates = 'refuse' | 'include' | 'skip';

export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Entry[]> {
	const ledgerId = readLedgerId(context, itemIndex);
	const topic = context.getNodeParameter('topic', itemIndex) as ReportTopic;
	const limit = readLimit(context, itemIndex);
	const options = context.getNodeParameter('options', itemIndex, {}) as {
		openDates?: OpenDates;
		includePersonalData?: boolean;
	};
	const openDates = options.openDates ?? 'refuse';
	const dates = await readPeriod(context, client, itemIndex, ledgerId);

	const stream = { ledgerId, topic, includePersonalData: options.includePersonalData };
	const { entries, open } = await readMarked(
		topic,
		ledgerId,
		dates,
		async (date, cursor) => await getDatePage(client, stream, date, cursor),
		{ enough: limit, skipOpen: openDates === 'skip', sideBySide: client.concurrency },
	);
	if (openDates === 'refuse') {
		assertClosed(
			context,
			itemIndex,
			open,
			"End the period earlier, try again when the date is closed, or set the option 'Open Dates' to Include or Skip.",
		);
	}
	return entries.length > limit ? entries.slice(0, limit) : entries;
}
