import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { getProductOrders, getSalesUnits } from '../api/management';
import { isObject } from '../api/page';
import { assertAny, clientOf, found } from './search';

/** The sales units that the keys reach: "ACME Fitness · 123456". */
export async function searchSalesUnits(
	this: ILoadOptionsFunctions,
	filter?: string,
	page?: string,
): Promise<INodeListSearchResult> {
	const units = await getSalesUnits(clientOf(this));
	assertAny(
		this,
		units,
		'These keys reach no sales unit',
		'Partner keys reach the sales units that are connected to the partner. Those without API keys, such as a Vippsnummer, are never listed.',
	);
	const options = units.map(({ name, msn }) => ({
		name: [name, msn].filter(Boolean).join(' · '),
		value: String(msn),
	}));
	return found(options, filter, page);
}

/** The product orders of a partner: "987654321 · PAYMENT_INTEGRATION · RECEIVED · 81b8…". */
export async function searchProductOrders(
	this: ILoadOptionsFunctions,
	filter?: string,
	page?: string,
): Promise<INodeListSearchResult> {
	const orders = await getProductOrders(clientOf(this), true);
	const options = orders.map(({ productOrderId, productType, status, businessIdentifier }) => {
		const business = isObject(businessIdentifier) ? businessIdentifier.id : undefined;
		return {
			name: [business, productType, status, productOrderId].filter(Boolean).join(' · '),
			value: String(productOrderId),
		};
	});
	return found(options, filter, page);
}
