import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { cancelPayment, getPayment } from '../../../shared/api/epayment';
import {
	idempotencyKeyOption,
	merchantSerialNumberOption,
	simplifyProperty,
} from '../../../shared/descriptions/common';
import type { Payment, PaymentEvent } from '../../../shared/payment/payment';
import { simplifyPayment } from '../../../shared/simplified/payment';
import type { ApiClient } from '../../../shared/transport/client';
import { keyOfRun, readOwnKey } from '../../idempotency';
import { readMsnOption } from '../../parameters';
import { referenceProperty } from './fields';
import { readReference } from './parameters';
import { sendOnce } from './sent';

const properties: INodeProperties[] = [
	referenceProperty,
	simplifyProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Cancel Transaction Only',
				name: 'cancelTransactionOnly',
				type: 'boolean',
				default: false,
				description:
					'Whether to cancel only as long as the customer has not approved. An approved payment then stays as it is, and the node stops.',
			},
			idempotencyKeyOption,
			merchantSerialNumberOption,
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['payment'], operation: ['cancel'] } },
	properties,
);

export const simplify = simplifyPayment;

/** Withdraws a payment, or releases what is reserved and not captured. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Payment[]> {
	const reference = readReference(context, itemIndex);
	const only = context.getNodeParameter('options.cancelTransactionOnly', itemIndex, false) === true;
	const key =
		readOwnKey(context, itemIndex) ??
		keyOfRun(context, itemIndex, 'cancel', readMsnOption(context, itemIndex), reference, only);

	const cancelled = await sendOnce(context, client, reference, {
		send: async () => await cancelPayment(client, reference, only, key),
		// The API may leave the key out of these events. No payment is cancelled twice.
		isOwn: ({ name, idempotencyKey }: PaymentEvent) =>
			['CANCELLED', 'TERMINATED'].includes(name) && (idempotencyKey ?? key) === key,
		readBack: async () => await getPayment(client, reference),
	});
	return [cancelled];
}
