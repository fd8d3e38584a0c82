import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../operation';
import * as getAll from './getAll.operation';
import * as getFeedPage from './getFeedPage.operation';

export const operations: Record<string, Operation> = { getAll, getFeedPage };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['ledgerEntry'] } },
		options: [
			{
				name: 'Get Feed Page',
				value: 'getFeedPage',
				action: 'Get feed page of ledger entries',
				description: 'Read one page of everything that was ever entered, by a cursor that you keep',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many ledger entries',
				description: 'Read many entries of a period, complete and closed',
			},
		],
		default: 'getAll',
	},
	...getAll.description,
	...getFeedPage.description,
];
