import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getSalesUnit } from '../../../shared/api/management';
import type { ApiObject } from '../../../shared/api/page';
import { msnOptions, simplifyProperty } from '../../../shared/descriptions/common';
import { simplifySalesUnit } from '../../../shared/simplified/management';
import type { ApiClient } from '../../../shared/transport/client';
import { MSN } from '../../../shared/msn';
import { barePastedMsn, readText, refusal, show } from '../../parameters';

const properties: INodeProperties[] = [
	{
		displayName: 'Sales Unit',
		name: 'merchantSerialNumber',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The sales unit, by its merchant serial number (MSN)',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchSalesUnits', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 123456' },
		],
	},
	simplifyProperty,
	msnOptions,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['salesUnit'], operation: ['get'] } },
	properties,
);

export const simplify = simplifySalesUnit;

/** Reads a sales unit with its settings. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<ApiObject[]> {
	const msn = barePastedMsn(readText(context, itemIndex, 'merchantSerialNumber', 'Sales Unit'));
	if (!MSN.test(msn)) {
		throw refusal(
			context,
			itemIndex,
			`The parameter 'Sales Unit' is no merchant serial number: ${show(msn)}`,
			'A merchant serial number (MSN) has 4 to 10 digits, such as 123456.',
		);
	}
	return [await getSalesUnit(client, msn)];
}
