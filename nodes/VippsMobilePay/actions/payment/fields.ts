import type { INodeProperties } from 'n8n-workflow';

export const referenceProperty: INodeProperties = {
	displayName: 'Reference',
	name: 'reference',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. acme-shop-123-order123',
	description: 'Your own ID of the payment, as it was given when the payment was created',
};

export const amountProperties: INodeProperties[] = [
	{
		displayName: 'Amount Unit',
		name: 'amountUnit',
		type: 'options',
		options: [
			{
				name: 'Major Units (Kroner, Euro)',
				value: 'major',
				description: '19.99 is 19 kroner and 99 øre. Two decimals at most, with a point.',
			},
			{
				name: 'Minor Units (Øre, Cent)',
				value: 'minor',
				description: '1999 is 19 kroner and 99 øre. Whole numbers, as the API has them.',
			},
		],
		default: 'minor',
		description: 'How amounts are written in this node',
	},
	{
		displayName: 'Amount in Minor Units',
		name: 'amount',
		type: 'string',
		required: true,
		displayOptions: { show: { amountUnit: ['minor'] } },
		default: '',
		placeholder: 'e.g. 1999',
		hint: 'Øre or cent: 1999 is 19.99 kroner or euro',
		description: 'Whole øre or cent: 1999 is 19.99 NOK, DKK or EUR',
	},
	{
		displayName: 'Amount in Major Units',
		name: 'amount',
		type: 'string',
		required: true,
		displayOptions: { show: { amountUnit: ['major'] } },
		default: '',
		placeholder: 'e.g. 19.99',
		hint: 'Kroner or euro: 19.99 is 19 kroner and 99 øre',
		description: 'Kroner or euro with a decimal point and at most two decimals: 19.99 NOK',
	},
];

export const currencyProperty: INodeProperties = {
	displayName: 'Currency',
	name: 'currency',
	type: 'options',
	options: [
		{ name: 'DKK', value: 'DKK' },
		{ name: 'EUR', value: 'EUR' },
		{ name: 'NOK', value: 'NOK' },
	],
	default: 'NOK',
	description: 'The currency of the market of the sales unit',
};
