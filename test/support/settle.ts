import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeResult, Simulator } from '../harness';
import { act } from './vipps';

/** A ledger as the resource locator gives it in the mode By ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

type Operation = 'getSummary' | 'getPayouts' | 'reconcile' | 'createVouchers';

/** Runs an operation of the settlement once, on accounting keys unless the options say others. */
export async function settle(
	simulator: Simulator,
	operation: Operation,
	parameters: INodeParameters,
	options: Parameters<typeof act>[2] = {},
): Promise<NodeResult> {
	return await act(simulator, { resource: 'settlement', operation, ...parameters }, options);
}

/** Money that moves on a simulated ledger, now by the simulator's clock. */
export const move = async (
	{ control }: Simulator,
	what: 'capture' | 'refund' | 'sale' | 'movement',
	body: IDataObject,
): Promise<IDataObject> => (await control.post<IDataObject>(`/${what}`, body)).data;
