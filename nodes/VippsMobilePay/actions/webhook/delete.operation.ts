import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { deleteWebhook } from '../../../shared/api/webhooks';
import type { ApiObject } from '../../../shared/api/page';
import { msnOptions } from '../../../shared/descriptions/common';
import type { ApiClient } from '../../../shared/transport/client';
import { readText, refusal, show } from '../../parameters';

const properties: INodeProperties[] = [
	{
		displayName:
			'When the webhook belongs to a workflow that is active, that workflow does not start any more until it is activated anew.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Webhook',
		name: 'webhookId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The webhook to delete',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchWebhooks', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 497f6eca-6276-4993-bfeb-53cbbbba6f08',
			},
		],
	},
	msnOptions,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['webhook'], operation: ['delete'] } },
	properties,
);

function readWebhookId(context: IExecuteFunctions, itemIndex: number): string {
	const id = readText(context, itemIndex, 'webhookId', 'Webhook');
	if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)) return id;
	throw refusal(
		context,
		itemIndex,
		`The parameter 'Webhook' is no ID of a webhook: ${show(id)}`,
		"Use an id that 'Get Many' gives, such as 497f6eca-6276-4993-bfeb-53cbbbba6f08.",
	);
}

/** Ends the deliveries to an address. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> {
	await deleteWebhook(client, readWebhookId(context, itemIndex));
	return [{ deleted: true }];
}
