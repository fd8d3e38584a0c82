import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readText, refusal, show } from '../../parameters';

export const productOrderIdProperty: INodeProperties = {
	displayName: 'Product Order',
	name: 'productOrderId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		"The order: the prefilledOrderId that 'Create' gave, or the productOrderId of the list",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchProductOrders', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 81b83246-5c19-7b94-875b-ea6d1114f099',
		},
	],
};

export function readProductOrderId(context: IExecuteFunctions, itemIndex: number): string {
	const id = readText(context, itemIndex, 'productOrderId', 'Product Order');
	// People paste the link that they sent to the merchant, which has the ID in it (assumption).
	const ids = id.match(/(?<![\da-f-])[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?![\da-f-])/gi) ?? [];
	if (ids.length === 1 && (ids[0] === id || URL.canParse(id))) return ids[0];
	throw refusal(
		context,
		itemIndex,
		`The parameter 'Product Order' is no ID of a product order: ${show(id)}`,
		"Use the prefilledOrderId that 'Create' gave, such as 81b83246-5c19-7b94-875b-ea6d1114f099.",
	);
}
