import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getSalesUnits } from '../../../shared/api/management';
import type { ApiObject } from '../../../shared/api/page';
import { msnOptions, returnAllProperties } from '../../../shared/descriptions/common';
import type { ApiClient } from '../../../shared/transport/client';
import { readLimit } from '../../parameters';

const properties: INodeProperties[] = [...returnAllProperties, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['salesUnit'], operation: ['getAll'] } },
	properties,
);

export const emptyHint =
	'No sales units were found. Partner keys see the sales units that are connected to the partner; sales units without API keys, such as a Vippsnummer, are never listed.';

/** Reads number and name of the sales units that the keys reach. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> {
	const limit = readLimit(context, itemIndex);
	return (await getSalesUnits(client)).slice(0, limit);
}
