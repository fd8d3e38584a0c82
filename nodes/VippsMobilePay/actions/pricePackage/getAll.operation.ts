import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getPricePackages } from '../../../shared/api/management';
import type { ApiObject } from '../../../shared/api/page';
import { msnOptions, returnAllProperties } from '../../../shared/descriptions/common';
import type { ApiClient } from '../../../shared/transport/client';
import { readLimit } from '../../parameters';

const properties: INodeProperties[] = [...returnAllProperties, msnOptions];

export const description = updateDisplayOptions(
	{ show: { resource: ['pricePackage'], operation: ['getAll'] } },
	properties,
);

export const emptyHint =
	'There are no price packages. Vipps MobilePay makes them for partners; ask your partner manager.';

/** Reads the price packages that a partner can offer. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> {
	const limit = readLimit(context, itemIndex);
	return (await getPricePackages(client)).slice(0, limit);
}
