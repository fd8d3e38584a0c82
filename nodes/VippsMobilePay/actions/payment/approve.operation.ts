import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { approvePayment, getPayment } from '../../../shared/api/epayment';
import { msnOptions, simplifyProperty } from '../../../shared/descriptions/common';
import type { Payment } from '../../../shared/payment/payment';
import { simplifyPayment } from '../../../shared/simplified/payment';
import type { ApiClient } from '../../../shared/transport/client';
import { refusal } from '../../parameters';
import { referenceProperty } from './fields';
import { readPhoneNumber, readReference } from './parameters';

const properties: INodeProperties[] = [
	{
		displayName:
			'Works in the test environment only, so that a workflow can be tried without a phone. The test user must have approved one payment in the app before.',
		name: 'approveNotice',
		type: 'notice',
		default: '',
	},
	referenceProperty,
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 4712345678',
		description: 'The test user, with country code and digits only: 4712345678 for +47 123 45 678',
	},
	simplifyProperty,
	msnOptions,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['payment'], operation: ['approve'] } },
	properties,
);

export const simplify = simplifyPayment;

/** Approves a payment in the place of a test user. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Payment[]> {
	const { environment } = await context.getCredentials('vippsMobilePayMerchantApi', itemIndex);
	if (environment !== 'test' && environment !== 'custom') {
		throw refusal(
			context,
			itemIndex,
			'Only the customer can approve a payment in production',
			"Nothing was sent. This operation is for trying workflows: use a credential of the test environment, or wait for the customer with 'Wait for State'.",
		);
	}
	const reference = readReference(context, itemIndex);
	const phoneNumber = readPhoneNumber(
		context,
		itemIndex,
		context.getNodeParameter('phoneNumber', itemIndex, ''),
	);
	await approvePayment(client, reference, phoneNumber);
	return [await getPayment(client, reference)];
}
