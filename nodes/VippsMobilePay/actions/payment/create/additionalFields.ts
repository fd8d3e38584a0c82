import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiObject } from '../../../../shared/api/page';
import type { AmountUnit } from '../../../../shared/money';
import { refusal, show } from '../../../parameters';
import { airlineDataProperty, readAirlineData } from './airlineData';
import { expiresAtProperty, readExpiresAt } from './expiresAt';
import { metadataProperty, readMetadata } from './metadata';
import { orderLinesProperty, readReceipt, receiptProperties } from './receipt';
import { readShipping, shippingProperties } from './shipping';
import { checkUrl, type UserFlow } from './userFlow';

/** What the additional fields depend on. */
export interface PaymentFrame {
	currency: string;
	unit: AmountUnit;
	userFlow: UserFlow;
	/** The API's time, in milliseconds since 1970. */
	now: number;
}

export const additionalFieldsProperty: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		airlineDataProperty,
		{
			displayName: 'Blocked Sources',
			name: 'blockedSources',
			type: 'multiOptions',
			options: [{ name: 'Commercial Cards', value: 'COMMERCIAL_CARDS' }],
			default: [],
			description: 'Which sources may not pay. Denmark and Finland only, with the wallet.',
		},
		{
			displayName: 'Customer Interaction',
			name: 'customerInteraction',
			type: 'options',
			options: [
				{
					name: 'Customer Not Present',
					value: 'CUSTOMER_NOT_PRESENT',
					description: 'Online',
				},
				{
					name: 'Customer Present',
					value: 'CUSTOMER_PRESENT',
					description: 'In a shop; required there',
				},
			],
			default: 'CUSTOMER_NOT_PRESENT',
			description: 'Whether the customer stands in front of you',
		},
		expiresAtProperty,
		{
			displayName: 'Legal Links',
			name: 'merchantLegalLinks',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Links',
			options: [
				{
					displayName: 'Links',
					name: 'links',
					values: [
						{
							displayName: 'Privacy Policy URL',
							name: 'privacyPolicyUrl',
							type: 'string',
							default: '',
							placeholder: 'e.g. https://example.com/privacy',
						},
						{
							displayName: 'Terms of Sale URL',
							name: 'termsOfSaleUrl',
							type: 'string',
							default: '',
							placeholder: 'e.g. https://example.com/terms',
						},
					],
				},
			],
		},
		metadataProperty,
		{
			displayName: 'Minimum User Age',
			name: 'minimumUserAge',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 18,
			description: 'Customers who are younger cannot pay, 0 to 100 years',
		},
		orderLinesProperty,
		{
			displayName: 'Payment Method',
			name: 'paymentMethod',
			type: 'options',
			options: [
				{ name: 'Card', value: 'CARD', description: 'A card form on a web page; not for testing' },
				{ name: 'Wallet', value: 'WALLET', description: 'The Vipps or MobilePay app' },
			],
			default: 'WALLET',
			description: 'What the customer pays with',
		},
		{
			displayName: 'Profile Scope',
			name: 'profileScope',
			type: 'multiOptions',
			options: [
				{ name: 'Address', value: 'address' },
				{ name: 'Birth Date', value: 'birthDate' },
				{ name: 'Email', value: 'email' },
				{ name: 'Name', value: 'name' },
				{
					name: 'National Identity Number',
					value: 'nin',
					description: 'Needs special permission',
				},
				{ name: 'Phone Number', value: 'phoneNumber' },
			],
			default: [],
			description:
				'What the customer is asked to share. A customer who refuses cannot pay, so ask for what you need only.',
		},
		...receiptProperties,
		{
			displayName: 'Receipt URL',
			name: 'receiptUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/receipts/123',
			description: 'Where the receipt can be seen or downloaded',
		},
		...shippingProperties,
	],
};

const SCOPES = ['address', 'birthDate', 'email', 'name', 'phoneNumber', 'nin'];

/** What the customer shares in a payment with shipping; none of it can be left out. */
const EXPRESS_SCOPES = ['name', 'address', 'email', 'phoneNumber'];

const LINKS = { privacyPolicyUrl: 'Privacy Policy URL', termsOfSaleUrl: 'Terms of Sale URL' };

const listOf = (value: unknown): string[] =>
	(Array.isArray(value) ? value : String(value ?? '').split(/[\s,]+/)).map(String).filter(Boolean);

/** The additional fields as the API spells them; what was left empty is left out. */
export function readAdditionalFields(
	context: IExecuteFunctions,
	itemIndex: number,
	frame: PaymentFrame,
): ApiObject {
	const fields = context.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
	const refuse = (message: string, description: string) =>
		refusal(context, itemIndex, message, description);

	const type = String(fields.paymentMethod || 'WALLET');
	if (!['WALLET', 'CARD'].includes(type)) {
		throw refuse(
			`The 'Payment Method' cannot be ${show(type)}`,
			'Choose Wallet or Card. Card passthrough is for payment service providers only.',
		);
	}
	if (type === 'CARD' && frame.userFlow !== 'WEB_REDIRECT') {
		throw refuse(
			"The payment method Card works with the 'User Flow' Web Page only",
			"Change one of the two. With Wallet, every 'User Flow' works.",
		);
	}

	const blockedSources = listOf(fields.blockedSources);
	if (blockedSources.length > 0 && (frame.currency === 'NOK' || type !== 'WALLET')) {
		throw refuse(
			"'Blocked Sources' can be used in Denmark and Finland only, with the wallet",
			"Remove the field 'Blocked Sources', or check currency and payment method.",
		);
	}

	const scopes = listOf(fields.profileScope);
	const unknown = scopes.find((scope) => !SCOPES.includes(scope));
	if (unknown !== undefined) {
		throw refuse(
			`The 'Profile Scope' cannot be ${show(unknown)}`,
			`It can hold ${SCOPES.join(', ')}.`,
		);
	}

	const age = fields.minimumUserAge;
	const hasAge = age !== undefined && age !== null && age !== '';
	if (hasAge && !(Number.isInteger(Number(age)) && Number(age) >= 0 && Number(age) <= 100)) {
		throw refuse(
			`The 'Minimum User Age' cannot be ${show(age)}`,
			'It is a whole number, 0 to 100.',
		);
	}

	const receipt = readReceipt(context, itemIndex, fields, frame);
	const expiresAt = readExpiresAt(context, itemIndex, fields.expiresAt, frame.now);
	if (expiresAt !== undefined && receipt === undefined) {
		throw refuse(
			"A payment with 'Expires At' needs a receipt",
			"Add 'Order Lines' or 'Receipt (JSON)', or remove 'Expires At'.",
		);
	}
	const shipping = readShipping(context, itemIndex, fields, frame);
	const lacking = EXPRESS_SCOPES.some((scope) => !scopes.includes(scope));
	if (shipping !== undefined && (lacking || type !== 'WALLET')) {
		throw refuse(
			'Shipping needs name, address, e-mail and phone number of the customer, and the wallet',
			"Choose Name, Address, Email and Phone Number in 'Profile Scope', and leave 'Payment Method' at Wallet.",
		);
	}

	const links = (fields.merchantLegalLinks as IDataObject | undefined)?.links as
		| IDataObject
		| undefined;
	const legalLinks = Object.fromEntries(
		Object.entries(LINKS)
			.filter(([name]) => links?.[name])
			.map(([name, field]) => [name, checkUrl(context, itemIndex, links?.[name], field)]),
	);
	const airlineData = readAirlineData(context, itemIndex, fields.airlineData);
	const metadata = readMetadata(context, itemIndex, fields.metadata);

	return {
		paymentMethod: { type, ...(blockedSources.length > 0 && { blockedSources }) },
		...(fields.customerInteraction && {
			customerInteraction: String(fields.customerInteraction),
		}),
		...(hasAge && { minimumUserAge: Number(age) }),
		...(scopes.length > 0 && { profile: { scope: scopes.join(' ') } }),
		...(expiresAt !== undefined && { expiresAt }),
		...(receipt && { receipt }),
		...(fields.receiptUrl && {
			receiptUrl: checkUrl(context, itemIndex, fields.receiptUrl, 'Receipt URL', { orApp: true }),
		}),
		...(metadata && { metadata }),
		...(shipping && { shipping }),
		...(airlineData && { industryData: { airlineData } }),
		...(Object.keys(legalLinks).length > 0 && { merchantLegalLinks: legalLinks }),
	};
}
