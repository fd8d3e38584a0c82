import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getWebhooks } from '../../../shared/api/webhooks';
import { msnOptions, returnAllProperties } from '../../../shared/descriptions/common';
import type { ApiClient } from '../../../shared/transport/client';
import type { Registration } from '../../../shared/webhooks/registration';
import { readLimit } from '../../parameters';

const properties: INodeProperties[] = [...returnAllProperties, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['webhook'], operation: ['getAll'] } },
	properties,
);

export const emptyHint =
	'No webhooks are registered. Those of a sales unit are listed with its merchant serial number; those that a partner has for all sales units are listed without any.';

/** Lists what is registered: id, address and events. Secrets are never told again. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Registration[]> {
	const limit = readLimit(context, itemIndex);
	return (await getWebhooks(client)).slice(0, limit);
}
