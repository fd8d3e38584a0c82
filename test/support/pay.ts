import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeResult, Simulator } from '../harness';
import { act, merchantKeys } from './vipps';

/** Runs the action node once for payments, on merchant keys. Answers are raw unless it is said. */
export const pay = async (
	simulator: Simulator,
	parameters: INodeParameters,
	options: Parameters<typeof act>[2] = {},
): Promise<NodeResult> =>
	await act(
		simulator,
		{ resource: 'payment', authentication: 'merchantApi', simplify: false, ...parameters },
		{ credentials: await merchantKeys(simulator), ...options },
	);

/** A payment that can be created as it is: 499.00 NOK on a web page. */
export const NEW_PAYMENT = {
	operation: 'create',
	reference: 'acme-shop-order-1',
	amountUnit: 'minor',
	amount: '49900',
	currency: 'NOK',
	userFlow: 'WEB_REDIRECT',
	returnUrl: 'https://example.com/thanks',
} as const;

/** Every payment that there is, as the simulator knows it, with its events. */
export async function paymentsOf({ control }: Simulator): Promise<IDataObject[]> {
	const { data } = await control.get<{ payments: IDataObject[] }>('/payments');
	return data.payments;
}

/** What the customer does about a payment; `merchantSerialNumber` where several have the reference. */
export async function customer(
	{ control }: Simulator,
	does: 'approve' | 'abort' | 'expire',
	reference: string,
	merchantSerialNumber?: string,
): Promise<void> {
	await control.post(`/payments/${does}`, { reference, merchantSerialNumber });
}
