import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readText, refusal } from '../../../parameters';
import { readPhoneNumber } from '../parameters';
import type { UserFlow } from './userFlow';

/** Who is to pay, where that is known. */
export const customerProperties: INodeProperties[] = [
	{
		displayName: 'Customer',
		name: 'customerBy',
		type: 'options',
		options: [
			{
				name: 'By Customer Token',
				value: 'customerToken',
				description: 'From the event that a scanned merchant QR code sends',
			},
			{
				name: 'By Personal QR Code',
				value: 'personalQr',
				description: "The whole content of the QR code in the customer's app",
			},
			{ name: 'By Phone Number', value: 'phoneNumber' },
			{
				name: 'Not Known',
				value: 'none',
				description: 'The customer enters the number, or has the app on the same phone',
			},
		],
		default: 'none',
		description: 'Who is to pay. Needed for push messages.',
	},
	{
		displayName: 'Customer Phone Number',
		name: 'customerPhoneNumber',
		type: 'string',
		required: true,
		displayOptions: { show: { customerBy: ['phoneNumber'] } },
		default: '',
		placeholder: 'e.g. 4712345678',
		description: 'Country code and number, digits only: 4712345678 for +47 123 45 678',
	},
	{
		displayName: 'Personal QR Code',
		name: 'customerPersonalQr',
		type: 'string',
		required: true,
		displayOptions: { show: { customerBy: ['personalQr'] } },
		default: '',
		description: 'Everything that the scanner read, 5 to 255 characters',
	},
	{
		displayName: 'Customer Token',
		name: 'customerToken',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		displayOptions: { show: { customerBy: ['customerToken'] } },
		default: '',
		description: 'The token from the check-in event',
	},
];

/** The part of the body that says who is to pay: one identification, or none. */
export function readCustomer(context: IExecuteFunctions, itemIndex: number, userFlow: UserFlow) {
	const by = context.getNodeParameter('customerBy', itemIndex, 'none') as string;
	switch (by) {
		case 'phoneNumber': {
			const given = context.getNodeParameter('customerPhoneNumber', itemIndex, '') as unknown;
			return { customer: { phoneNumber: readPhoneNumber(context, itemIndex, given) } };
		}
		case 'personalQr': {
			const personalQr = readText(context, itemIndex, 'customerPersonalQr', 'Personal QR Code');
			if (personalQr.length >= 5 && personalQr.length <= 255) return { customer: { personalQr } };
			throw refusal(
				context,
				itemIndex,
				`The 'Personal QR Code' has ${personalQr.length} characters`,
				'It must have 5 to 255: send everything that the scanner read, unchanged.',
			);
		}
		case 'customerToken': {
			const customerToken = readText(context, itemIndex, 'customerToken', 'Customer Token');
			return { customer: { customerToken } };
		}
		default:
			if (userFlow !== 'PUSH_MESSAGE') return {};
			throw refusal(
				context,
				itemIndex,
				'A push message needs to know its customer',
				"Set 'Customer' to By Phone Number, By Personal QR Code or By Customer Token.",
			);
	}
}
