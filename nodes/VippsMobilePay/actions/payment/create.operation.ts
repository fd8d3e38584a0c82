import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { ApiObject } from '../../../shared/api/page';
import { createPayment, getPayment } from '../../../shared/api/epayment';
import {
	idempotencyKeyOption,
	merchantSerialNumberOption,
} from '../../../shared/descriptions/common';
import { idempotencyKey } from '../../../shared/payment/idempotencyKey';
import type { PaymentEvent } from '../../../shared/payment/payment';
import type { ApiClient } from '../../../shared/transport/client';
import { readOwnKey } from '../../idempotency';
import { readMsnOption } from '../../parameters';
import { additionalFieldsProperty } from './create/additionalFields';
import { paymentBody } from './create/body';
import { customerProperties } from './create/customer';
import { flowProperties } from './create/userFlow';
import { amountProperties, currencyProperty, referenceProperty } from './fields';
import { sendOnce } from './sent';

const properties: INodeProperties[] = [
	{
		...referenceProperty,
		description:
			'Your own ID of the payment: 8 to 64 letters, digits and hyphens. Creating it again with the same values gives the same payment, never a second one.',
	},
	...amountProperties,
	currencyProperty,
	...flowProperties,
	...customerProperties,
	{
		displayName: 'Payment Description',
		name: 'paymentDescription',
		type: 'string',
		default: '',
		placeholder: 'e.g. One pair of socks',
		description: 'What the customer sees in the app, 3 to 100 characters',
	},
	additionalFieldsProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				...idempotencyKeyOption,
				description:
					'Leave empty: the key is then made from the reference and the values of the payment. Your own has at most 50 characters and must differ from item to item.',
			},
			merchantSerialNumberOption,
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['payment'], operation: ['create'] } },
	properties,
);

/**
 * Creates a payment. The key comes from the reference and the other values, not from the
 * execution: the same payment cannot come into being twice, and what was refused can be
 * corrected and sent again under the same reference.
 */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> {
	const body = paymentBody(context, itemIndex, client.serverTimeAt(Date.now()));
	const { reference, amount } = body;
	const ownKey = readOwnKey(context, itemIndex);
	const key =
		ownKey ?? idempotencyKey('create', readMsnOption(context, itemIndex), reference, body);

	const created = await sendOnce(context, client, reference, {
		send: async () => await createPayment(client, reference, body, key),
		// With the user's own key it may be an earlier payment, of another amount.
		isOwn: ({ name, idempotencyKey: used, amount: created }: PaymentEvent) =>
			name === 'CREATED' &&
			used === key &&
			(ownKey === undefined || created?.value === amount.value),
		readBack: async () => {
			const { redirectUrl } = await getPayment(client, reference);
			return { reference, ...(redirectUrl !== undefined && { redirectUrl }) };
		},
	});
	return [created];
}
