import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getMerchant } from '../../../shared/api/management';
import type { ApiObject } from '../../../shared/api/page';
import { msnOptions, simplifyProperty } from '../../../shared/descriptions/common';
import { simplifyMerchant } from '../../../shared/simplified/management';
import type { ApiClient } from '../../../shared/transport/client';
import { businessProperties, readBusiness } from './business';

const properties: INodeProperties[] = [...businessProperties, simplifyProperty, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['merchant'], operation: ['get'] } },
	properties,
);

export const simplify = simplifyMerchant;

/** Reads what is known of a merchant: name, status, addresses. */
export const execute = async (
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> => [await getMerchant(client, readBusiness(context, itemIndex))];
