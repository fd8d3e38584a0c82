import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { eachLedgerPage } from '../../../shared/api/settlement';
import type { Ledger } from '../../../shared/ledger/ledger';
import { returnAllProperties } from '../../../shared/descriptions/common';
import type { ApiClient } from '../../../shared/transport/client';
import { readLimit } from '../../parameters';

const properties: INodeProperties[] = [
	...returnAllProperties,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Recipient Handle',
				name: 'recipientHandle',
				type: 'string',
				default: '',
				placeholder: 'e.g. api:123456',
				description:
					'Finds the ledger of a sales unit. An MSN is written api:123456, a Vippsnummer NO:123456, a MobilePay-nummer DK:123456 or FI:123456. A number alone is looked for in all of these.',
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['ledger'], operation: ['getAll'] } },
	properties,
);

export const emptyHint =
	'No ledger was found. Usual reasons: the merchant has not given your firm access yet (business portal, Reports → Accounting partners), the recipient handle belongs to no ledger, or the sales unit takes no payments and so has no ledger.';

/** With a bare number the API cannot search: it may be an MSN or a number of any market. */
const isBareNumber = (handle: string) => /^\d+$/.test(handle);

const settlesFor = (ledger: Ledger, number: string): boolean =>
	(ledger.settlesForRecipientHandles ?? []).some((handle) => handle.split(':').pop() === number);

export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Ledger[]> {
	const limit = readLimit(context, itemIndex);
	const filters = context.getNodeParameter('filters', itemIndex, {});
	const handle = String(filters.recipientHandle ?? '').trim();
	const number = isBareNumber(handle) ? handle : undefined;

	const found: Ledger[] = [];
	for await (const page of eachLedgerPage(client, number ? undefined : handle || undefined)) {
		found.push(...page.filter((ledger) => !number || settlesFor(ledger, number)));
		if (found.length >= limit) break;
	}
	return found.slice(0, limit);
}
