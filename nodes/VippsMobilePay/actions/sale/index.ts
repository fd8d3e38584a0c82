import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../operation';
import * as getAll from './getAll.operation';
import * as getByPspReference from './getByPspReference.operation';
import * as getByReference from './getByReference.operation';
import * as getFeedPage from './getFeedPage.operation';

export const operations: Record<string, Operation> = {
	getAll,
	getByPspReference,
	getByReference,
	getFeedPage,
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['sale'] } },
		options: [
			{
				name: 'Get by PSP Reference',
				value: 'getByPspReference',
				action: 'Get sale by PSP reference',
				description: 'Look up the one capture or refund of a transaction',
			},
			{
				name: 'Get by Reference',
				value: 'getByReference',
				action: 'Get sales by reference',
				description: 'Look up all captures and refunds of an order',
			},
			{
				name: 'Get Feed Page',
				value: 'getFeedPage',
				action: 'Get feed page of sales',
				description: 'Read one page of all sales, by a cursor that you keep',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many sales',
				description: 'Read many sales of a period',
			},
		],
		default: 'getAll',
	},
	...getAll.description,
	...getByPspReference.description,
	...getByReference.description,
	...getFeedPage.description,
];
