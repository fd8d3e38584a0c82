import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject, type ApiObject } from '../../../../shared/api/page';
import { refusal } from '../../../parameters';

/** The documented fields of a receipt; a nested object names its own. Old ones are left out. */
interface Shape {
	[field: string]: true | Shape;
}

const ORDER_LINE: Shape = {
	name: true,
	id: true,
	totalAmount: true,
	totalAmountExcludingTax: true,
	totalTaxAmount: true,
	taxRate: true,
	taxPercentage: true,
	unitInfo: { unitPrice: true, quantity: true, quantityUnit: true },
	discount: true,
	productUrl: true,
	isReturn: true,
	isShipping: true,
};

const BOTTOM_LINE: Shape = {
	currency: true,
	tipAmount: true,
	posId: true,
	paymentSources: { giftCard: true, card: true, voucher: true, cash: true },
	barcode: { format: true, data: true },
	receiptNumber: true,
};

const AMOUNTS =
	/^(total(Amount|AmountExcludingTax|TaxAmount)|unitPrice|discount|tipAmount|giftCard|card|voucher|cash)$/;

/** Where the value has a field that is not documented, or an amount that is none. */
function faults(value: unknown, shape: Shape, at: string): string[] {
	if (!isObject(value)) return [`${at} is not an object`];
	return Object.entries(value).flatMap(([name, inner]) => {
		const known = Object.hasOwn(shape, name) ? shape[name] : undefined;
		const place = `${at}.${name}`;
		if (known === undefined) return [`${place} is not known to the API`];
		if (inner === null) return [];
		if (known !== true) return faults(inner, known, place);
		return AMOUNTS.test(name) && !Number.isSafeInteger(inner)
			? [`${place} is not a whole number of minor units`]
			: [];
	});
}

function parse(given: unknown): unknown {
	if (typeof given !== 'string') return given;
	try {
		return JSON.parse(given);
	} catch {
		return undefined;
	}
}

/** A receipt as the API has it; undefined when the field is empty. */
export function readReceiptJson(
	context: IExecuteFunctions,
	itemIndex: number,
	given: unknown,
): ApiObject | undefined {
	if (given === undefined || given === null || given === '') return undefined;
	const receipt = parse(given);
	const lines = isObject(receipt) ? receipt.orderLines : undefined;
	const found =
		isObject(receipt) && Array.isArray(lines) && lines.length > 0
			? [
					...lines.flatMap((line, index) => faults(line, ORDER_LINE, `orderLines[${index}]`)),
					...faults(receipt.bottomLine, BOTTOM_LINE, 'bottomLine'),
					...Object.keys(receipt)
						.filter((name) => !['orderLines', 'bottomLine'].includes(name))
						.map((name) => `${name} is not known to the API`),
				]
			: ['it is not an object with orderLines and bottomLine'];
	if (found.length === 0) return receipt as ApiObject;
	throw refusal(
		context,
		itemIndex,
		`The field 'Receipt (JSON)' is not valid: ${found[0]}`,
		'It must be an object such as {"orderLines": [{"name": "Socks", "id": "42", "totalAmount": 12500, "totalAmountExcludingTax": 10000, "totalTaxAmount": 2500, "taxRate": 2500}], "bottomLine": {"currency": "NOK"}}, with amounts in minor units.',
	);
}
