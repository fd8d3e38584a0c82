import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getPayment } from '../../../shared/api/epayment';
import { msnOptions, simplifyProperty } from '../../../shared/descriptions/common';
import type { Payment } from '../../../shared/payment/payment';
import { simplifyPayment } from '../../../shared/simplified/payment';
import type { ApiClient } from '../../../shared/transport/client';
import { referenceProperty } from './fields';
import { readReference } from './parameters';

const properties: INodeProperties[] = [referenceProperty, simplifyProperty, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['payment'], operation: ['get'] } },
	properties,
);

export const simplify = simplifyPayment;

/** Reads a payment: its state and the money that has moved. */
export const execute = async (
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Payment[]> => [await getPayment(client, readReference(context, itemIndex))];
