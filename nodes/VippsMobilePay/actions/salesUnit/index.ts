import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const operations: Record<string, Operation> = { get, getAll };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['salesUnit'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get sales unit',
				description: 'Read a sales unit with its settings',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many sales units',
				description: 'List the sales units that the keys reach',
			},
		],
		default: 'getAll',
	},
	...get.description,
	...getAll.description,
];
