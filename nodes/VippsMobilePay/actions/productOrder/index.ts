import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../operation';
import * as create from './create.operation';
import * as deleteOrder from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const operations: Record<string, Operation> = { create, delete: deleteOrder, get, getAll };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['productOrder'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create product order',
				description: 'Prefill an order that a merchant then submits in the business portal',
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete product order',
				description: 'Take back an order that the merchant has not submitted yet',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get product order',
				description: 'Read how far an order has come',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many product orders',
				description: 'List the orders of a partner',
			},
		],
		default: 'getAll',
	},
	...create.description,
	...deleteOrder.description,
	...get.description,
	...getAll.description,
];
