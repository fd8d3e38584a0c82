import type { INodePropertyOptions } from 'n8n-workflow';

/** The events of payments, subscriptions and QR codes that are documented by name. */
export const EVENT_OPTIONS: INodePropertyOptions[] = [
	{
		name: 'Payment: Aborted',
		value: 'epayments.payment.aborted.v1',
		description: 'The customer has said no',
	},
	{
		name: 'Payment: Authorized',
		value: 'epayments.payment.authorized.v1',
		description: 'The customer has approved: the money is reserved',
	},
	{
		name: 'Payment: Cancelled',
		value: 'epayments.payment.cancelled.v1',
		description: 'You have released what was reserved',
	},
	{
		name: 'Payment: Captured',
		value: 'epayments.payment.captured.v1',
		description: 'Money was taken: all that was reserved or a part',
	},
	{
		name: 'Payment: Created',
		value: 'epayments.payment.created.v1',
		description: 'A payment waits for the customer',
	},
	{
		name: 'Payment: Expired',
		value: 'epayments.payment.expired.v1',
		description: 'The customer has done nothing in time',
	},
	{
		name: 'Payment: Refunded',
		value: 'epayments.payment.refunded.v1',
		description: 'Money was given back: all that was taken or a part',
	},
	{
		name: 'Payment: Terminated',
		value: 'epayments.payment.terminated.v1',
		description: 'You have called the payment off before the customer approved',
	},
	{
		name: 'QR: Checked In',
		value: 'user.checked-in.v1',
		description: 'A customer has scanned your QR code. There can be one webhook for this only.',
	},
	{
		name: 'Recurring: Agreement Activated',
		value: 'recurring.agreement-activated.v1',
		description: 'The customer has accepted an agreement',
	},
	{
		name: 'Recurring: Agreement Expired',
		value: 'recurring.agreement-expired.v1',
		description: 'The customer has not accepted an agreement in time',
	},
	{
		name: 'Recurring: Agreement Rejected',
		value: 'recurring.agreement-rejected.v1',
		description: 'The customer has declined an agreement',
	},
	{
		name: 'Recurring: Agreement Stopped',
		value: 'recurring.agreement-stopped.v1',
		description: 'The customer or you have ended an agreement',
	},
	{
		name: 'Recurring: Charge Canceled',
		value: 'recurring.charge-canceled.v1',
		description: 'A charge was called off',
	},
	{
		name: 'Recurring: Charge Captured',
		value: 'recurring.charge-captured.v1',
		description: 'The money of a charge was taken',
	},
	{
		name: 'Recurring: Charge Creation Failed',
		value: 'recurring.charge-creation-failed.v1',
		description: 'A charge that was sent among others could not be made',
	},
	{
		name: 'Recurring: Charge Failed',
		value: 'recurring.charge-failed.v1',
		description: 'The money of a charge could not be taken',
	},
	{
		name: 'Recurring: Charge Refunded',
		value: 'recurring.charge-refunded.v1',
		description: 'The money of a charge was given back',
	},
	{
		name: 'Recurring: Charge Reserved',
		value: 'recurring.charge-reserved.v1',
		description: 'The money of a charge is reserved',
	},
];
