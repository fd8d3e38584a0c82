import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../operation';
import * as createVouchers from './createVouchers.operation';
import * as getPayouts from './getPayouts.operation';
import * as getSummary from './getSummary.operation';
import * as reconcile from './reconcile.operation';

export const operations: Record<string, Operation> = {
	createVouchers,
	getPayouts,
	getSummary,
	reconcile,
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['settlement'] } },
		options: [
			{
				name: 'Create Vouchers',
				value: 'createVouchers',
				action: 'Create vouchers of settlement',
				description: 'Turn ledger dates into balanced vouchers for your accounting system',
			},
			{
				name: 'Get Payouts',
				value: 'getPayouts',
				action: 'Get payouts of settlement',
				description: 'List payouts with the dates that they pay out and what they are made of',
			},
			{
				name: 'Get Summary',
				value: 'getSummary',
				action: 'Get summary of settlement',
				description: 'Add up what happened on ledger dates, with the balances before and after',
			},
			{
				name: 'Reconcile',
				value: 'reconcile',
				action: 'Reconcile settlement',
				description: 'Put each movement together with its fees, its sale and its payout',
			},
		],
		default: 'getSummary',
	},
	...createVouchers.description,
	...getPayouts.description,
	...getSummary.description,
	...reconcile.description,
];
