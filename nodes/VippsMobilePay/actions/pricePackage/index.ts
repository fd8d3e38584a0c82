import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../operation';
import * as getAll from './getAll.operation';

export const operations: Record<string, Operation> = { getAll };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['pricePackage'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many price packages',
				description: 'List the prices that a partner can offer',
			},
		],
		default: 'getAll',
	},
	...getAll.description,
];
