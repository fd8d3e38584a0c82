import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiObject } from '../../../../shared/api/page';
import { refusal, show } from '../../../parameters';
import { toMinor } from '../parameters';
import type { PaymentFrame } from './additionalFields';
import { readReceiptJson } from './receiptJson';

const amountField = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description: `${description}; in the amount unit of this node`,
});

export const orderLinesProperty: INodeProperties = {
	displayName: 'Order Lines',
	name: 'orderLines',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Order Line',
	description: 'What the customer sees as receipt in the app',
	options: [
		{
			displayName: 'Line',
			name: 'lines',
			values: [
				amountField('Discount', 'discount', 'What was taken off the line, may be empty'),
				{
					displayName: 'Is Return',
					name: 'isReturn',
					type: 'boolean',
					default: false,
					description: 'Whether the line is goods that came back and counts negative',
				},
				{
					displayName: 'Is Shipping',
					name: 'isShipping',
					type: 'boolean',
					default: false,
					description: 'Whether the line is the shipping',
				},
				{ displayName: 'Name', name: 'name', type: 'string', default: '' },
				{ displayName: 'Product ID', name: 'id', type: 'string', default: '' },
				{ displayName: 'Product URL', name: 'productUrl', type: 'string', default: '' },
				{
					displayName: 'Quantity',
					name: 'quantity',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2 or 0.822',
					description: 'Needs a unit price; empty means one piece',
				},
				{
					displayName: 'Quantity Unit',
					name: 'quantityUnit',
					type: 'options',
					options: [
						{ name: 'Kilogram', value: 'KG' },
						{ name: 'Kilometre', value: 'KM' },
						{ name: 'Kilowatt Hour', value: 'KWH' },
						{ name: 'Litre', value: 'LITRE' },
						{ name: 'Minute', value: 'MINUTE' },
						{ name: 'Piece', value: 'PCS' },
					],
					default: 'PCS',
				},
				{
					displayName: 'Tax Rate in Percent',
					name: 'taxRate',
					type: 'string',
					default: '',
					placeholder: 'e.g. 25 or 25.5',
				},
				amountField('Total Amount', 'totalAmount', 'The line with tax and after discount'),
				amountField('Total Tax Amount', 'totalTaxAmount', 'The tax within it'),
				amountField('Unit Price', 'unitPrice', 'One unit with tax and before discount'),
			],
		},
	],
};

export const receiptProperties: INodeProperties[] = [
	{
		displayName: 'Receipt (JSON)',
		name: 'receiptJson',
		type: 'json',
		default: '',
		description:
			'The whole receipt as the API has it, amounts in minor units: an object with orderLines and bottomLine. Instead of Order Lines, for lines that come from an expression.',
	},
	{
		displayName: 'Receipt Details',
		name: 'receiptDetails',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Details',
		description: 'What stands below the order lines',
		options: [
			{
				displayName: 'Details',
				name: 'details',
				values: [
					{ displayName: 'Barcode', name: 'barcodeData', type: 'string', default: '' },
					{
						displayName: 'Barcode Format',
						name: 'barcodeFormat',
						type: 'options',
						options: [
							{ name: 'CODE 128', value: 'CODE 128' },
							{ name: 'CODE 39', value: 'CODE 39' },
							{ name: 'EAN-13', value: 'EAN-13' },
						],
						default: 'EAN-13',
					},
					amountField('Paid by Card', 'card', 'May be empty'),
					amountField('Paid by Gift Card', 'giftCard', 'May be empty'),
					amountField('Paid by Voucher', 'voucher', 'May be empty'),
					amountField('Paid in Cash', 'cash', 'May be empty'),
					{ displayName: 'POS ID', name: 'posId', type: 'string', default: '' },
					{ displayName: 'Receipt Number', name: 'receiptNumber', type: 'string', default: '' },
					amountField('Tip Amount', 'tipAmount', 'May be empty'),
				],
			},
		],
	},
];

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';

/** The named texts of a row that are not empty. */
const textsOf = (row: IDataObject, ...names: string[]): ApiObject =>
	Object.fromEntries(
		names.filter((name) => isGiven(row[name])).map((name) => [name, String(row[name])]),
	);

type Amounts = (row: IDataObject, ...names: string[]) => Record<string, number>;

/** Reads the named amounts of a row that are not empty, in minor units. */
const amountsIn =
	(context: IExecuteFunctions, itemIndex: number, { unit }: PaymentFrame): Amounts =>
	(row, ...names) =>
		Object.fromEntries(
			names
				.filter((name) => isGiven(row[name]))
				.map((name) => [name, toMinor(context, itemIndex, row[name], unit, name)]),
		);

function readLine(
	context: IExecuteFunctions,
	itemIndex: number,
	row: IDataObject,
	amounts: Amounts,
): ApiObject {
	const missing = ['name', 'id', 'totalAmount', 'totalTaxAmount', 'taxRate'].find(
		(name) => !isGiven(row[name]),
	);
	if (missing) {
		throw refusal(
			context,
			itemIndex,
			`An order line lacks '${missing}'`,
			'Each order line needs a name, a product ID, the total amount, the tax within it and the tax rate.',
		);
	}
	const { totalAmount, totalTaxAmount } = amounts(row, 'totalAmount', 'totalTaxAmount');
	// Two decimals of a percentage are what the API counts in.
	const taxRate = toMinor(context, itemIndex, row.taxRate, 'major', 'Tax Rate in Percent');
	if (taxRate > 10_000 || totalTaxAmount > totalAmount) {
		throw refusal(
			context,
			itemIndex,
			`The tax of the order line ${show(row.name)} is more than its amount`,
			"Check 'Tax Rate in Percent', 'Total Tax Amount' and the amount unit.",
		);
	}
	const hasUnits = isGiven(row.quantity) || isGiven(row.unitPrice);
	const quantity = isGiven(row.quantity) ? String(row.quantity) : '1';
	if (hasUnits && !(isGiven(row.unitPrice) && /^(?=.{1,10}$)\d+(\.\d{1,8})?$/.test(quantity))) {
		throw refusal(
			context,
			itemIndex,
			`The order line ${show(row.name)} needs a quantity together with a unit price`,
			'A quantity is a number such as 2 or 0.822, of at most 10 characters. Leave both empty for one piece.',
		);
	}
	return {
		...textsOf(row, 'name', 'id', 'productUrl'),
		totalAmount,
		totalAmountExcludingTax: totalAmount - totalTaxAmount,
		totalTaxAmount,
		taxRate,
		...amounts(row, 'discount'),
		...(hasUnits && {
			unitInfo: { ...amounts(row, 'unitPrice'), quantity, ...textsOf(row, 'quantityUnit') },
		}),
		...(row.isReturn === true && { isReturn: true }),
		...(row.isShipping === true && { isShipping: true }),
	};
}

/** The receipt of a payment, from the fields or from JSON; undefined when there is none. */
export function readReceipt(
	context: IExecuteFunctions,
	itemIndex: number,
	fields: IDataObject,
	frame: PaymentFrame,
): ApiObject | undefined {
	const rows = (fields.orderLines as { lines?: IDataObject[] } | undefined)?.lines ?? [];
	const details = (fields.receiptDetails as { details?: IDataObject } | undefined)?.details;
	const json = readReceiptJson(context, itemIndex, fields.receiptJson);
	if (json && (rows.length > 0 || details)) {
		throw refusal(
			context,
			itemIndex,
			'The receipt is given twice',
			"Use either 'Receipt (JSON)', or 'Order Lines' with 'Receipt Details'.",
		);
	}
	if (json) return json;
	if (rows.length === 0) {
		if (!details) return undefined;
		throw refusal(
			context,
			itemIndex,
			'The receipt has no order lines',
			"Add at least one to 'Order Lines', or remove 'Receipt Details'.",
		);
	}

	const amounts = amountsIn(context, itemIndex, frame);
	const sources = amounts(details ?? {}, 'giftCard', 'card', 'voucher', 'cash');
	return {
		orderLines: rows.map((row) => readLine(context, itemIndex, row, amounts)),
		bottomLine: {
			currency: frame.currency,
			...amounts(details ?? {}, 'tipAmount'),
			...textsOf(details ?? {}, 'posId', 'receiptNumber'),
			...(Object.keys(sources).length > 0 && { paymentSources: sources }),
			...(isGiven(details?.barcodeData) && {
				barcode: { format: details?.barcodeFormat ?? 'EAN-13', data: String(details?.barcodeData) },
			}),
		},
	};
}
