import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getProductOrders } from '../../../shared/api/management';
import type { ApiObject } from '../../../shared/api/page';
import {
	merchantSerialNumberOption,
	returnAllProperties,
	simplifyProperty,
} from '../../../shared/descriptions/common';
import { simplifyProductOrder } from '../../../shared/simplified/management';
import type { ApiClient } from '../../../shared/transport/client';
import { readLimit } from '../../parameters';

const properties: INodeProperties[] = [
	...returnAllProperties,
	simplifyProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Expired',
				name: 'includeExpired',
				type: 'boolean',
				default: false,
				description: 'Whether to list orders, too, that the merchant did not submit in time',
			},
			merchantSerialNumberOption,
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['productOrder'], operation: ['getAll'] } },
	properties,
);

export const simplify = simplifyProductOrder;

export const emptyHint =
	"There are no product orders. Orders that expired are listed with the option 'Include Expired' only.";

/** Reads the product orders of a partner. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> {
	const limit = readLimit(context, itemIndex);
	const expired = context.getNodeParameter('options.includeExpired', itemIndex, false) === true;
	return (await getProductOrders(client, expired)).slice(0, limit);
}
