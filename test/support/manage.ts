import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeResult, Simulator } from '../harness';
import { act, partnerKeys } from './vipps';

/** Runs the action node once on partner keys. Answers are raw unless it is said. */
export const manage = async (
	simulator: Simulator,
	parameters: INodeParameters,
	options: Parameters<typeof act>[2] = {},
): Promise<NodeResult> =>
	await act(
		simulator,
		{ authentication: 'merchantApi', simplify: false, ...parameters },
		{ credentials: await partnerKeys(simulator), ...options },
	);

/** The product orders that there are, whoever may see them. */
export async function ordersOf({ control }: Simulator): Promise<IDataObject[]> {
	const { data } = await control.get<{ productOrders: IDataObject[] }>('/product-orders');
	return data.productOrders;
}

/** Moves a product order to that status, or to its next one. */
export async function advanceOrder(
	{ control }: Simulator,
	productOrderId: unknown,
	status?: string,
): Promise<void> {
	await control.post('/product-orders/advance', { productOrderId, status });
}

/** A product order that can be made as it is. */
export const NEW_ORDER = {
	resource: 'productOrder',
	operation: 'create',
	scheme: 'business:NO:ORG',
	businessId: '955555555',
	productType: 'CASHIER',
} as const;

/** A product order that every world has: waiting, rejected, expired, completed. */
export const ORDERS = {
	completed: '6f1c2d3e-0001-4a5b-8c7d-000000000001',
	rejected: '6f1c2d3e-0002-4a5b-8c7d-000000000002',
	expired: '6f1c2d3e-0003-4a5b-8c7d-000000000003',
	received: '6f1c2d3e-0004-4a5b-8c7d-000000000004',
} as const;
