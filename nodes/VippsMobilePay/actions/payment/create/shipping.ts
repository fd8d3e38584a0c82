import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiObject } from '../../../../shared/api/page';
import { refusal, show } from '../../../parameters';
import { toMinor } from '../parameters';
import type { PaymentFrame } from './additionalFields';
import { checkUrl } from './userFlow';

/** Express: the customer chooses address and delivery in the app. */
export const shippingProperties: INodeProperties[] = [
	{
		displayName: 'Shipping Callback',
		name: 'shippingCallback',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Callback',
		description:
			'Your own address that answers with the shipping options, once the app knows where to',
		options: [
			{
				displayName: 'Callback',
				name: 'callback',
				values: [
					{
						displayName: 'Authorization Token',
						name: 'callbackAuthorizationToken',
						type: 'string',
						typeOptions: { password: true },
						default: '',
						description: 'What your address gets as Authorization header',
					},
					{
						displayName: 'URL',
						name: 'callbackUrl',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://example.com/shipping',
					},
				],
			},
		],
	},
	{
		displayName: 'Shipping Countries',
		name: 'shippingCountries',
		type: 'string',
		default: '',
		placeholder: 'e.g. NO, SE, DK',
		description:
			'Where you ship to, as two-letter country codes. Empty means the country of the currency.',
	},
	{
		displayName: 'Shipping Options',
		name: 'shippingOptions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Shipping Option',
		description: 'What the customer can choose from in the app; its price is added to the payment',
		options: [
			{
				displayName: 'Option',
				name: 'options',
				values: [
					{
						displayName: 'Amount',
						name: 'amount',
						type: 'string',
						default: '',
						description: 'What the shipping costs, in the amount unit of this node',
					},
					{
						displayName: 'Brand',
						name: 'brand',
						type: 'options',
						options: [
							{ name: 'Bring', value: 'BRING' },
							{ name: 'DHL', value: 'DHL' },
							{ name: 'FedEx', value: 'FEDEX' },
							{ name: 'GLS', value: 'GLS' },
							{ name: 'Gordon', value: 'GORDON' },
							{ name: 'Helthjem', value: 'HELTHJEM' },
							{ name: 'Instabox', value: 'INSTABOX' },
							{ name: 'Matkahuolto', value: 'MATKAHUOLTO' },
							{ name: 'Other', value: 'OTHER' },
							{ name: 'Porterbuddy', value: 'PORTERBUDDY' },
							{ name: 'Posten', value: 'POSTEN' },
							{ name: 'Posti', value: 'POSTI' },
							{ name: 'PostNord', value: 'POSTNORD' },
						],
						default: 'POSTEN',
					},
					{
						displayName: 'Details',
						name: 'meta',
						type: 'string',
						default: '',
						placeholder: 'e.g. address of the pick-up point',
					},
					{
						displayName: 'Estimated Delivery',
						name: 'estimatedDelivery',
						type: 'string',
						default: '',
						placeholder: 'e.g. 2-3 days',
					},
					{ displayName: 'ID', name: 'id', type: 'string', default: '' },
					{
						displayName: 'Is Default',
						name: 'isDefault',
						type: 'boolean',
						default: false,
						description: 'Whether this option is chosen until the customer chooses another',
					},
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						options: [
							{ name: 'Home Delivery', value: 'HOME_DELIVERY' },
							{ name: 'In Store', value: 'IN_STORE' },
							{ name: 'Mailbox', value: 'MAILBOX' },
							{ name: 'Other', value: 'OTHER' },
							{ name: 'Pick-Up Point', value: 'PICKUP_POINT' },
						],
						default: 'HOME_DELIVERY',
					},
				],
			},
		],
	},
];

function readOption(
	context: IExecuteFunctions,
	itemIndex: number,
	row: IDataObject,
	priority: number,
	{ currency, unit }: PaymentFrame,
): ApiObject {
	if (!row.id || !row.name) {
		throw refusal(
			context,
			itemIndex,
			'A shipping option lacks its ID or its name',
			'Give each shipping option an ID of your own and a name that the customer reads.',
		);
	}
	return {
		id: String(row.id),
		name: String(row.name),
		amount: { currency, value: toMinor(context, itemIndex, row.amount, unit, 'Shipping amount') },
		isDefault: row.isDefault === true,
		// In the order in which they stand in the node.
		priority,
		...(row.meta && { meta: String(row.meta) }),
		...(row.estimatedDelivery && { estimatedDelivery: String(row.estimatedDelivery) }),
	};
}

/** The API wants one group for each carrier and way of delivery, with its options inside. */
function readGroups(
	context: IExecuteFunctions,
	itemIndex: number,
	rows: IDataObject[],
	frame: PaymentFrame,
): ApiObject[] {
	const groups = new Map<string, IDataObject[]>();
	for (const row of rows) {
		const key = `${String(row.type ?? 'HOME_DELIVERY')} ${String(row.brand ?? 'POSTEN')}`;
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return [...groups].map(([key, members], priority) => {
		const [type, brand] = key.split(' ');
		const options = members.map((row, index) => readOption(context, itemIndex, row, index, frame));
		return { type, brand, options, isDefault: options.some((one) => one.isDefault), priority };
	});
}

function readCountries(context: IExecuteFunctions, itemIndex: number, given: unknown): string[] {
	const listed = Array.isArray(given) ? given : String(given ?? '').split(/[\s,]+/);
	const countries = listed.map((code) => String(code).toUpperCase()).filter(Boolean);
	const wrong = countries.find((code) => !/^[A-Z]{2}$/.test(code));
	if (wrong === undefined) return countries;
	throw refusal(
		context,
		itemIndex,
		`'Shipping Countries' has ${show(wrong)}, which is no country code`,
		'Use two letters for each country, such as NO, DK, FI.',
	);
}

/** The shipping part of the body; undefined when the payment has none. */
export function readShipping(
	context: IExecuteFunctions,
	itemIndex: number,
	fields: IDataObject,
	frame: PaymentFrame,
): ApiObject | undefined {
	const rows = (fields.shippingOptions as { options?: IDataObject[] } | undefined)?.options ?? [];
	const callback = (fields.shippingCallback as { callback?: IDataObject } | undefined)?.callback;
	const countries = readCountries(context, itemIndex, fields.shippingCountries);
	if (rows.length > 0 === (callback !== undefined)) {
		if (!callback && countries.length === 0) return undefined;
		throw refusal(
			context,
			itemIndex,
			callback
				? 'The payment has both shipping options and a shipping callback'
				: "'Shipping Countries' needs shipping options or a shipping callback",
			"Use either 'Shipping Options' or 'Shipping Callback'.",
		);
	}
	const allowedCountries = countries.length > 0 ? { allowedCountries: countries } : {};
	if (!callback) {
		return { fixedOptions: readGroups(context, itemIndex, rows, frame), ...allowedCountries };
	}
	return {
		dynamicOptions: {
			callbackUrl: checkUrl(context, itemIndex, callback.callbackUrl, 'Shipping Callback URL'),
			...(callback.callbackAuthorizationToken && {
				callbackAuthorizationToken: String(callback.callbackAuthorizationToken),
			}),
		},
		...allowedCountries,
	};
}
