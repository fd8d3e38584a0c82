import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getMerchant } from '../../../shared/api/management';
import type { ApiObject } from '../../../shared/api/page';
import { msnOptions } from '../../../shared/descriptions/common';
import type { ApiClient } from '../../../shared/transport/client';
import { businessProperties, readBusiness } from './business';

const properties: INodeProperties[] = [...businessProperties, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['merchant'], operation: ['get'] } },
	properties,
);

/** Reads what is known of a merchant: name, status, addresses. */
export const execute = async (
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> => [await getMerchant(client, readBusiness(context, itemIndex))];
