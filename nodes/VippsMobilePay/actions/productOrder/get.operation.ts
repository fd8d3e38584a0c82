import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getProductOrder } from '../../../shared/api/management';
import type { ApiObject } from '../../../shared/api/page';
import { msnOptions, simplifyProperty } from '../../../shared/descriptions/common';
import { simplifyProductOrder } from '../../../shared/simplified/management';
import type { ApiClient } from '../../../shared/transport/client';
import { productOrderIdProperty, readProductOrderId } from './productOrderId';

const properties: INodeProperties[] = [productOrderIdProperty, simplifyProperty, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['productOrder'], operation: ['get'] } },
	properties,
);

export const simplify = simplifyProductOrder;

/** Reads how far an order has come; once it is completed, also its sales unit. */
export const execute = async (
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> => [await getProductOrder(client, readProductOrderId(context, itemIndex))];
