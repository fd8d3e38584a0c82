import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { BusinessIdentifier } from '../../../shared/api/management';
import { readText, refusal, show } from '../../parameters';

/** The two fields that name a merchant. */
export const businessProperties: INodeProperties[] = [
	{
		displayName: 'Business ID Scheme',
		name: 'scheme',
		type: 'options',
		options: [
			{ name: 'Denmark: CVR', value: 'business:DK:CVR' },
			{ name: 'Finland: Y-Tunnus', value: 'business:FI:Y-tunnus' },
			{ name: 'Norway: Organisation Number', value: 'business:NO:ORG' },
		],
		default: 'business:NO:ORG',
		description: 'What kind of number the business ID is. Another one can come from an expression.',
	},
	{
		displayName: 'Business ID',
		name: 'businessId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 987654321',
		description: 'The number under which the company is registered',
	},
];

/** @throws NodeOperationError unless both are such as the API can know */
export function readBusiness(context: IExecuteFunctions, itemIndex: number): BusinessIdentifier {
	const scheme = readText(context, itemIndex, 'scheme', 'Business ID Scheme');
	if (!/^[\w:.-]{10,30}$/.test(scheme)) {
		throw refusal(
			context,
			itemIndex,
			`The parameter 'Business ID Scheme' is not valid: ${show(scheme)}`,
			'Choose it from the list, or give one of 10 to 30 characters such as business:NO:ORG by an expression.',
		);
	}
	// Organisation numbers are often written in groups.
	const id = readText(context, itemIndex, 'businessId', 'Business ID').replace(/\s/g, '');
	if (!/^[\d-]{4,50}$/.test(id)) {
		throw refusal(
			context,
			itemIndex,
			`The parameter 'Business ID' is not valid: ${show(id)}`,
			'It has digits and hyphens only, without a country code: 987654321, or 1234567-8 in Finland.',
		);
	}
	return { scheme, id };
}
