import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getDatePage } from '../../../shared/api/sales';
import {
	dateProperties,
	ledgerIdProperty,
	readingOptions,
	returnAllProperties,
	simplifyProperty,
} from '../../../shared/descriptions/common';
import type { Entry } from '../../../shared/ledger/feed';
import { readMarked } from '../../../shared/ledger/readDates';
import { simplifySale } from '../../../shared/simplified/sale';
import type { ApiClient } from '../../../shared/transport/client';
import { readLedgerId, readLimit, readPeriod } from '../../parameters';

const properties: INodeProperties[] = [
	ledgerIdProperty,
	...dateProperties,
	...returnAllProperties,
	simplifyProperty,
	readingOptions,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['sale'], operation: ['getAll'] } },
	properties,
);

export const simplify = simplifySale;

export const readsMuch = true;

export const emptyHint =
	'No sales were found. Usual reasons: nothing was sold on these dates (check them), these keys have no access to the ledger, its sales come from ePayment or Recurring, which the Sales API does not cover, or its history starts later: mPOS 2026-03-09, Vippsnummer and MobilePay-nummer 2026-03-16, shopping basket 2026-04-22.';

export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Entry[]> {
	const ledgerId = readLedgerId(context, itemIndex);
	const limit = readLimit(context, itemIndex);
	const dates = await readPeriod(context, client, itemIndex, ledgerId);
	const { entries } = await readMarked(
		'sales',
		ledgerId,
		dates,
		async (date, cursor) => await getDatePage(client, ledgerId, date, cursor),
		{ enough: limit, sideBySide: client.concurrency },
	);
	return entries.length > limit ? entries.slice(0, limit) : entries;
}
