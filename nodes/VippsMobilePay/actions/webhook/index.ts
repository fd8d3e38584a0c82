import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../operation';
import * as deleteWebhook from './delete.operation';
import * as getAll from './getAll.operation';

export const operations: Record<string, Operation> = { delete: deleteWebhook, getAll };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['webhook'] } },
		options: [
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete webhook',
				description:
					'End the deliveries to an address. An active workflow behind it stops starting.',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many webhooks',
				description: 'List the addresses that are registered, with their events',
			},
		],
		default: 'getAll',
	},
	...deleteWebhook.description,
	...getAll.description,
];
