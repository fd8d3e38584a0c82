import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getMerchantSalesUnits } from '../../../shared/api/management';
import type { ApiObject } from '../../../shared/api/page';
import { msnOptions } from '../../../shared/descriptions/common';
import type { ApiClient } from '../../../shared/transport/client';
import { businessProperties, readBusiness } from './business';

const properties: INodeProperties[] = [...businessProperties, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['merchant'], operation: ['getSalesUnits'] } },
	properties,
);

export const emptyHint =
	'This merchant has no sales units that these keys can see. Partners see those that are connected to them.';

/** Reads number and name of a merchant's sales units. */
export const execute = async (
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> => await getMerchantSalesUnits(client, readBusiness(context, itemIndex));
