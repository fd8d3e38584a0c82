import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { merchantSerialNumberOption } from '../shared/descriptions/common';
import { EVENT_OPTIONS } from './events';
import { receive } from './receive';
import { isRegistered, register, unregister } from './registrations';

export class VippsMobilePayWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vipps MobilePay Webhook Trigger',
		name: 'vippsMobilePayWebhookTrigger',
		icon: {
			light: 'file:../VippsMobilePay/vippsMobilePay.svg',
			dark: 'file:../VippsMobilePay/vippsMobilePay.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ [].concat($parameter["triggerOn"] || []).map((name) => String(name).replace(/^epayments\\.|\\.v\\d+$/g, "")).join(", ") }}',
		description: 'Starts the workflow the moment that something happens to a payment',
		defaults: { name: 'Vipps MobilePay Webhook Trigger' },
		// Vipps MobilePay lists no accounting keys among those that open its Webhooks API.
		credentials: [{ name: 'vippsMobilePayMerchantApi', required: true }],
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [
			{
				displayName:
					'Webhooks come at once, but nobody can promise that every one of them arrives. Where a payment must never be missed, look at open payments on a schedule, too.',
				name: 'webhookNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'triggerOn',
				type: 'multiOptions',
				options: EVENT_OPTIONS,
				default: ['epayments.payment.authorized.v1'],
				description:
					'The events to start with. An expression may give other names of events of the Webhooks API.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Further Events',
						name: 'furtherEvents',
						type: 'string',
						default: '',
						placeholder: 'e.g. donations.agreement.started.v1',
						description: 'Names of events that are not in the list, with commas between them',
					},
					{
						displayName: 'Max Age (Hours)',
						name: 'maxAgeHours',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 192,
						description:
							'Deliveries with an older date are refused. Vipps MobilePay repeats a delivery for up to 7 days, and it is not documented whether with a new date; less than 8 days may refuse a true one.',
					},
					{
						...merchantSerialNumberOption,
						description:
							'The sales unit (MSN) to listen to, instead of the one in the credential. For partners; without any, all their sales units are listened to.',
					},
					{
						displayName: 'Only Successful',
						name: 'onlySuccessful',
						type: 'boolean',
						default: false,
						description:
							'Whether to leave out events about something that did not succeed, such as a capture that was refused (success is false)',
					},
					{
						displayName: 'Read Payment',
						name: 'readPayment',
						type: 'boolean',
						default: false,
						description:
							'Whether to read the payment from the API for each of its events and add it as payment. When it cannot be read, the workflow does not start and the event is delivered again later.',
					},
				],
			},
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
