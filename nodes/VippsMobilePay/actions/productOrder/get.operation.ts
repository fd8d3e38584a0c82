import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getProductOrder } from '../../../shared/api/management';
import type { ApiObject } from '../../../shared/api/page';
import { msnOptions } from '../../../shared/descriptions/common';
import type { ApiClient } from '../../../shared/transport/client';
import { productOrderIdProperty, readProductOrderId } from './productOrderId';

const properties: INodeProperties[] = [productOrderIdProperty, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['productOrder'], operation: ['get'] } },
	properties,
);

/** Reads how far an order has come; once it is completed, also its sales unit. */
export const execute = async (
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> => [await getProductOrder(client, readProductOrderId(context, itemIndex))];
