import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getEvents } from '../../../shared/api/epayment';
import { msnOptions } from '../../../shared/descriptions/common';
import type { PaymentEvent } from '../../../shared/payment/payment';
import type { ApiClient } from '../../../shared/transport/client';
import { referenceProperty } from './fields';
import { readReference } from './parameters';

const properties: INodeProperties[] = [referenceProperty, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['payment'], operation: ['getEvents'] } },
	properties,
);

/** Reads everything that happened to a payment, one item an event. */
export const execute = async (
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<PaymentEvent[]> => await getEvents(client, readReference(context, itemIndex));
