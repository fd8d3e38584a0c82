import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import {
	payoutFrame,
	todayOf,
	withAbortions,
	withEarlierDates,
} from '../../../shared/books/readBook';
import {
	dateProperties,
	ledgerIdProperty,
	readingOptions,
} from '../../../shared/descriptions/common';
import { payoutsOf, type Payout } from '../../../shared/settlement/payouts';
import type { ApiClient } from '../../../shared/transport/client';
import { readBook } from './readBook';

const properties: INodeProperties[] = [ledgerIdProperty, ...dateProperties, readingOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['settlement'], operation: ['getPayouts'] } },
	properties,
);

export const readsMuch = true;

export const emptyHint =
	'No payout was scheduled on these dates. There is none while the balance is zero or negative; some merchants are paid weekly or monthly.';

/** The payouts of a period, each with the dates that it pays out and what it is made of. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Payout[]> {
	const period = await readBook(context, client, itemIndex);
	const earlier = await withEarlierDates(client, period);
	const book = await withAbortions(client, earlier, todayOf(client, period.ledger));
	return payoutsOf(book, payoutFrame(book));
}
