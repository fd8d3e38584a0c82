import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getByPspReference } from '../../../shared/api/sales';
import { ledgerIdProperty, simplifyProperty } from '../../../shared/descriptions/common';
import type { Entry } from '../../../shared/ledger/feed';
import { markEntries } from '../../../shared/ledger/readDates';
import { simplifySale } from '../../../shared/simplified/sale';
import type { ApiClient } from '../../../shared/transport/client';
import { readLedgerId, readText } from '../../parameters';

const properties: INodeProperties[] = [
	ledgerIdProperty,
	{
		displayName: 'PSP Reference',
		name: 'pspReference',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 35054310398',
		description: 'The number of the transaction, as in the ledger entry',
	},
	simplifyProperty,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['sale'], operation: ['getByPspReference'] } },
	properties,
);

export const simplify = simplifySale;

export const readsMuch = true;

export const emptyHint =
	'No sale was found under this PSP reference. Usual reasons: it belongs to another ledger, these keys have no access to the ledger, or the payment came by ePayment or Recurring, which the Sales API does not cover.';

export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Entry[]> {
	const ledgerId = readLedgerId(context, itemIndex);
	const pspReference = readText(context, itemIndex, 'pspReference', 'PSP Reference');
	const entries = await getByPspReference(client, ledgerId, pspReference);
	return markEntries('sales', ledgerId, [{ entries }]);
}
