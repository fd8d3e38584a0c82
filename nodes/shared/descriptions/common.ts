import type { INodeProperties } from 'n8n-workflow';

/** The ledger that an operation reads. */
export const ledgerIdProperty: INodeProperties = {
	displayName: 'Ledger',
	name: 'ledgerId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The ledger to read. A ledger belongs to one sales unit and one currency.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchLedgers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 302321',
		},
	],
};

export const topicProperty: INodeProperties = {
	displayName: 'Topic',
	name: 'topic',
	type: 'options',
	options: [
		{
			name: 'Fees',
			value: 'fees',
			description: 'What Vipps MobilePay charges: fees and their settlement',
		},
		{
			name: 'Funds',
			value: 'funds',
			description: 'What moves money: captures, refunds, retained fees, payouts',
		},
	],
	default: 'funds',
	description: 'Which of the two accounts of the ledger to read',
};

export const dateProperties: INodeProperties[] = [
	{
		displayName: 'From Date',
		name: 'fromDate',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		placeholder: 'e.g. 2026-03-01',
		description: "First ledger date. Empty means yesterday in the ledger's market.",
	},
	{
		displayName: 'To Date',
		name: 'toDate',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		placeholder: 'e.g. 2026-03-31',
		description: "Last ledger date, included. Empty means yesterday in the ledger's market.",
	},
];

export const cursorProperty: INodeProperties = {
	displayName: 'Cursor',
	name: 'cursor',
	type: 'string',
	default: '',
	description:
		'The cursor that an earlier page of the same feed gave. Leave empty to start at the beginning.',
};

export const returnAllProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		displayOptions: { show: { returnAll: [false] } },
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** For answers with more than a glance can take in. Read by the router. */
export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const includePersonalDataProperty: INodeProperties = {
	displayName: 'Include Personal Data',
	name: 'includePersonalData',
	type: 'boolean',
	default: false,
	description:
		'Whether to include names, messages and masked phone numbers of payers where there are any',
};

/** For partners: another sales unit for each item. Read by the router. */
export const merchantSerialNumberOption: INodeProperties = {
	displayName: 'Merchant Serial Number',
	name: 'merchantSerialNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. 123456',
	description:
		'The sales unit (MSN) to act for, instead of the one in the credential. For partners; may differ from item to item.',
};

export const idempotencyKeyOption: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1234-shipment-1',
	description:
		'Leave empty: n8n then makes one that repetitions of the same execution share. With your own, of at most 50 characters, the same request is carried out once however often the workflow runs. It must differ from item to item.',
};

/** The options of operations that have no others. */
export const msnOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [merchantSerialNumberOption],
};

/** How much is asked of the API at most, for operations and triggers that read much. */
export const maxConcurrencyOption: INodeProperties = {
	displayName: 'Max Concurrent Requests',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 200, numberPrecision: 0 },
	default: 20,
	description:
		'The most requests at the same time, over all ledgers and items together. When Vipps MobilePay asks to slow down, all of them wait.',
};

export const requestsPerSecondOption: INodeProperties = {
	displayName: 'Requests per Second',
	name: 'requestsPerSecond',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 0,
	description: 'The most requests that begin within a second, over all ledgers. 0 means no limit.',
};

/** The options of reading operations that have no others. */
export const readingOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [maxConcurrencyOption, requestsPerSecondOption],
};
