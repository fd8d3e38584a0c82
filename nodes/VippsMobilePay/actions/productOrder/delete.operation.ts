import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { deleteProductOrder } from '../../../shared/api/management';
import type { ApiObject } from '../../../shared/api/page';
import { msnOptions } from '../../../shared/descriptions/common';
import type { ApiClient } from '../../../shared/transport/client';
import { productOrderIdProperty, readProductOrderId } from './productOrderId';

const properties: INodeProperties[] = [productOrderIdProperty, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['productOrder'], operation: ['delete'] } },
	properties,
);

/** Takes back an order that the merchant has not submitted yet. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> {
	await deleteProductOrder(client, readProductOrderId(context, itemIndex));
	return [{ deleted: true }];
}
