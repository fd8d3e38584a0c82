import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiObject } from '../../../../shared/api/page';
import { refusal, show } from '../../../parameters';

const MOST_PAIRS = 5;
const LONGEST_KEY = 100;
const LONGEST_VALUE = 500;

export const metadataProperty: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Pair',
	description: 'Your own data, at most 5 pairs; comes back with the payment. Nothing personal.',
	options: [
		{
			displayName: 'Pair',
			name: 'pairs',
			values: [
				{ displayName: 'Key', name: 'key', type: 'string', default: '' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

export function readMetadata(
	context: IExecuteFunctions,
	itemIndex: number,
	given: unknown,
): ApiObject | undefined {
	const rows = (given as { pairs?: IDataObject[] } | undefined)?.pairs ?? [];
	const pairs = rows
		.map(({ key, value }) => [String(key ?? '').trim(), String(value ?? '')] as const)
		.filter(([key, value]) => key !== '' || value !== '');
	if (pairs.length === 0) return undefined;

	const keys = pairs.map(([key]) => key);
	const problem =
		(pairs.length > MOST_PAIRS && `has ${pairs.length} pairs, but can have ${MOST_PAIRS}`) ||
		(rows.some(({ value }) => typeof value === 'object' && value !== null) &&
			'has a value that is no text') ||
		(keys.includes('') && 'has a value without a key') ||
		(new Set(keys).size < keys.length && 'has the same key twice') ||
		pairs.flatMap(([key, value]) => [
			...(key.length > LONGEST_KEY ? [`has a key of ${key.length} characters`] : []),
			...(value.length > LONGEST_VALUE ? [`has ${value.length} characters in ${show(key)}`] : []),
		])[0];
	if (!problem) return Object.fromEntries(pairs);
	throw refusal(
		context,
		itemIndex,
		`The field 'Metadata' ${problem}`,
		`Use at most ${MOST_PAIRS} different keys of at most ${LONGEST_KEY} characters, with values of at most ${LONGEST_VALUE}.`,
	);
}
