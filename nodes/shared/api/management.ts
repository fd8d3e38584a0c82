import type { ApiClient } from '../transport/client';
import { isObject, segment, type ApiObject } from './page';

const V1 = '/management/v1';
const ORDERS = '/management/v2/product-orders';

/** Who owns sales units: a scheme such as `business:NO:ORG` and the number within it. */
export interface BusinessIdentifier {
	scheme: string;
	id: string;
}

// The colons of a scheme stand in the path as they are documented.
const merchantPath = ({ scheme, id }: BusinessIdentifier) =>
	`${V1}/merchants/${segment(scheme).replaceAll('%3A', ':')}/${segment(id)}`;

const merchantSubject = ({ scheme, id }: BusinessIdentifier) => `merchant ${scheme} ${id}`;

const readObject = (body: unknown): ApiObject | undefined => (isObject(body) ? body : undefined);

/** A list comes bare and whole: no paging is documented. */
const readList = (body: unknown): ApiObject[] | undefined =>
	Array.isArray(body) && body.every(isObject) ? body : undefined;

/** A merchant serial number was a number in older answers. */
const withTextNumber = (unit: ApiObject): ApiObject =>
	typeof unit.msn === 'number' ? { ...unit, msn: String(unit.msn) } : unit;

const readSalesUnits = (body: unknown) => readList(body)?.map(withTextNumber);

/**
 * Name and number of the sales units that the keys reach.
 *
 * @see https://developer.vippsmobilepay.com/docs/APIs/management-api/
 */
export async function getSalesUnits(client: ApiClient): Promise<ApiObject[]> {
	return await client.request({
		path: `${V1}/sales-units`,
		subject: 'list of sales units',
		read: readSalesUnits,
	});
}

/** One sales unit with its settings. A setting that is not there is unknown, not switched off. */
export async function getSalesUnit(client: ApiClient, msn: string): Promise<ApiObject> {
	return await client.request({
		path: `${V1}/sales-units/${segment(msn)}`,
		subject: `sales unit ${msn}`,
		read: (body) => (isObject(body) ? withTextNumber(body) : undefined),
	});
}

export async function getMerchant(
	client: ApiClient,
	business: BusinessIdentifier,
): Promise<ApiObject> {
	return await client.request({
		path: merchantPath(business),
		subject: merchantSubject(business),
		read: readObject,
	});
}

/** The sales units of a merchant; partners see those that are connected to them. */
export async function getMerchantSalesUnits(
	client: ApiClient,
	business: BusinessIdentifier,
): Promise<ApiObject[]> {
	return await client.request({
		path: `${merchantPath(business)}/sales-units`,
		subject: merchantSubject(business),
		read: readSalesUnits,
	});
}

/** The product orders of a partner. */
export async function getProductOrders(
	client: ApiClient,
	includeExpired = false,
): Promise<ApiObject[]> {
	return await client.request({
		path: ORDERS,
		query: { includeExpired: includeExpired ? true : undefined },
		subject: 'list of product orders',
		read: readList,
	});
}

export async function getProductOrder(
	client: ApiClient,
	productOrderId: string,
): Promise<ApiObject> {
	return await client.request({
		path: `${ORDERS}/${segment(productOrderId)}/details`,
		subject: `product order ${productOrderId}`,
		read: readObject,
	});
}

/** Prefills an order for a merchant; gives its id and the address under which it is submitted. */
export async function createProductOrder(
	client: ApiClient,
	body: ApiObject,
	idempotencyKey: string,
): Promise<ApiObject> {
	return await client.request({
		method: 'POST',
		path: `${V1}/product-orders`,
		headers: { 'Idempotency-Key': idempotencyKey },
		body,
		repeatable: true,
		subject: 'new product order',
		read: readObject,
	});
}

/** Takes back an order that the merchant has not submitted yet. */
export async function deleteProductOrder(client: ApiClient, productOrderId: string): Promise<void> {
	await client.request({
		method: 'DELETE',
		path: `${V1}/product-orders/${segment(productOrderId)}`,
		repeatable: true,
		subject: `product order ${productOrderId}`,
		read: () => true,
		// The attempt before, whose answer was lost, has deleted it.
		readWhenRepeated: (status) => (status === 404 ? true : undefined),
	});
}

/** The price packages that a partner can offer. */
export async function getPricePackages(client: ApiClient): Promise<ApiObject[]> {
	return await client.request({
		path: `${V1}/partners/price-packages`,
		subject: 'list of price packages',
		read: readList,
	});
}
