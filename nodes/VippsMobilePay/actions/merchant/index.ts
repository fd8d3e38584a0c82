import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../operation';
import * as get from './get.operation';
import * as getSalesUnits from './getSalesUnits.operation';

export const operations: Record<string, Operation> = { get, getSalesUnits };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['merchant'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get merchant',
				description: 'Read name, status and addresses of a merchant',
			},
			{
				name: 'Get Sales Units',
				value: 'getSalesUnits',
				action: 'Get sales units of merchant',
				description: 'List the sales units of a merchant',
			},
		],
		default: 'get',
	},
	...get.description,
	...getSalesUnits.description,
];
