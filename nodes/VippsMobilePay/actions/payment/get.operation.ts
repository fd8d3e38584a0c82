import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getPayment } from '../../../shared/api/epayment';
import { msnOptions } from '../../../shared/descriptions/common';
import type { Payment } from '../../../shared/payment/payment';
import type { ApiClient } from '../../../shared/transport/client';
import { referenceProperty } from './fields';
import { readReference } from './parameters';

const properties: INodeProperties[] = [referenceProperty, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['payment'], operation: ['get'] } },
	properties,
);

/** Reads a payment: its state, and under `aggregate` the money that has moved. */
export const execute = async (
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Payment[]> => [await getPayment(client, readReference(context, itemIndex))];
