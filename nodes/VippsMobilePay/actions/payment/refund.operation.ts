import type { IExecuteFunctions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Payment } from '../../../shared/payment/payment';
import { simplifyPayment } from '../../../shared/simplified/payment';
import type { ApiClient } from '../../../shared/transport/client';
import { moveMoney, moveMoneyProperties } from './moveMoney';

export const description = updateDisplayOptions(
	{ show: { resource: ['payment'], operation: ['refund'] } },
	moveMoneyProperties('refund'),
);

export const simplify = simplifyPayment;

/** Pays back what was captured. */
export const execute = async (
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Payment[]> => await moveMoney(context, client, itemIndex, 'refund');
