import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { createProductOrder } from '../../../shared/api/management';
import type { ApiObject } from '../../../shared/api/page';
import {
	idempotencyKeyOption,
	merchantSerialNumberOption,
} from '../../../shared/descriptions/common';
import type { ApiClient } from '../../../shared/transport/client';
import { keyOfRun, readOwnKey } from '../../idempotency';
import { readMsnOption, refusal, show } from '../../parameters';
import { businessProperties, readBusiness } from '../merchant/business';
import { additionalFieldsProperty, readAdditionalFields } from './additionalFields';

const PRODUCT_TYPES = ['PAYMENT_INTEGRATION', 'LOGIN', 'CHECKOUT', 'CASHIER', 'DONATIONS'];

const properties: INodeProperties[] = [
	...businessProperties,
	{
		displayName: 'Product Type',
		name: 'productType',
		type: 'options',
		options: [
			{ name: 'Cashier', value: 'CASHIER', description: 'Payments at a till' },
			{
				name: 'Checkout',
				value: 'CHECKOUT',
				description: 'May not be on offer any more: the product was sold in 2026',
			},
			{ name: 'Donations', value: 'DONATIONS' },
			{ name: 'Login', value: 'LOGIN' },
			{
				name: 'Payment Integration',
				value: 'PAYMENT_INTEGRATION',
				description: 'Payments on a website or in an app',
			},
		],
		default: 'PAYMENT_INTEGRATION',
		description: 'What the merchant orders',
	},
	additionalFieldsProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [idempotencyKeyOption, merchantSerialNumberOption],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['productOrder'], operation: ['create'] } },
	properties,
);

/**
 * Prefills an order for a merchant, who reviews and submits it in the business portal within
 * 14 days.
 */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> {
	const productType = context.getNodeParameter('productType', itemIndex) as string;
	if (!PRODUCT_TYPES.includes(productType)) {
		throw refusal(
			context,
			itemIndex,
			`The parameter 'Product Type' cannot be ${show(productType)}`,
			`It is one of ${PRODUCT_TYPES.join(', ')}.`,
		);
	}
	const body = {
		businessIdentifier: { ...readBusiness(context, itemIndex) },
		productType,
		...readAdditionalFields(context, itemIndex),
	};
	const key =
		readOwnKey(context, itemIndex, /^[a-zA-Z0-9-]{1,50}$/) ??
		keyOfRun(context, itemIndex, 'productOrder', readMsnOption(context, itemIndex), body);
	return [await createProductOrder(client, body, key)];
}
