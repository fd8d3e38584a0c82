import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../operation';
import * as approve from './approve.operation';
import * as cancel from './cancel.operation';
import * as capture from './capture.operation';
import * as create from './create.operation';
import * as get from './get.operation';
import * as getEvents from './getEvents.operation';
import * as refund from './refund.operation';
import * as waitForState from './waitForState.operation';

export const operations: Record<string, Operation> = {
	approve,
	cancel,
	capture,
	create,
	get,
	getEvents,
	refund,
	waitForState,
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['payment'] } },
		options: [
			{
				name: 'Approve',
				value: 'approve',
				action: 'Approve payment',
				description: 'Approve in the place of a test user; test environment only',
			},
			{
				name: 'Cancel',
				value: 'cancel',
				action: 'Cancel payment',
				description: 'Withdraw a payment, or release what is reserved and not captured',
			},
			{
				name: 'Capture',
				value: 'capture',
				action: 'Capture payment',
				description: 'Take the money that the customer has approved, all of it or a part',
			},
			{
				name: 'Create',
				value: 'create',
				action: 'Create payment',
				description: 'Ask a customer to pay',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get payment',
				description: 'Read the state of a payment and the money that has moved',
			},
			{
				name: 'Get Events',
				value: 'getEvents',
				action: 'Get events of payment',
				description: 'Read everything that happened to a payment',
			},
			{
				name: 'Refund',
				value: 'refund',
				action: 'Refund payment',
				description: 'Pay back what was captured, all of it or a part',
			},
			{
				name: 'Wait for State',
				value: 'waitForState',
				action: 'Wait for state of payment',
				description: 'Wait until the customer has approved, or the payment has ended otherwise',
			},
		],
		default: 'create',
	},
	...approve.description,
	...cancel.description,
	...capture.description,
	...create.description,
	...get.description,
	...getEvents.description,
	...refund.description,
	...waitForState.description,
];
