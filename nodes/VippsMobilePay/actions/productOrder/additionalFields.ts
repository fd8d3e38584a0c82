import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiObject } from '../../../shared/api/page';
import { refusal, show } from '../../parameters';

export const additionalFieldsProperty: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Annual Turnover',
			name: 'annualTurnover',
			type: 'number',
			default: 0,
			description: 'Expected turnover of a year in whole kroner or euro, not in øre or cent',
		},
		{
			displayName: 'Annual Turnover Percentage',
			name: 'annualTurnoverPercentage',
			type: 'options',
			options: [
				{ name: '10 %', value: '10' },
				{ name: '100 %', value: '100' },
				{ name: '20 %', value: '20' },
				{ name: '30 %', value: '30' },
				{ name: '40 %', value: '40' },
				{ name: '50 %', value: '50' },
				{ name: '60 %', value: '60' },
				{ name: '70 %', value: '70' },
				{ name: '80 %', value: '80' },
				{ name: '90 %', value: '90' },
			],
			default: '100',
			description: 'How much of the turnover is expected to come through this product',
		},
		{
			displayName: 'App Name',
			name: 'appName',
			type: 'string',
			default: '',
		},
		{
			displayName: 'Has Recurring',
			name: 'hasRecurring',
			type: 'boolean',
			default: false,
			description: 'Whether the merchant wants recurring payments, too',
		},
		{
			displayName: 'Intended Purpose',
			name: 'intendedPurpose',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'What is sold and how, in a few sentences',
		},
		{
			displayName: 'Merchant Category Code',
			name: 'merchantCategoryCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5942',
			description: 'MCC, four digits',
		},
		{
			displayName: 'Price Package ID',
			name: 'pricePackageId',
			type: 'string',
			default: '',
			description: "One that 'Price Package: Get Many' lists",
		},
		{
			displayName: 'Product Use Case',
			name: 'productUseCase',
			type: 'options',
			options: [
				{ name: 'App', value: 'App' },
				{ name: 'Unknown', value: 'Unknown' },
				{ name: 'Website', value: 'Website' },
				{ name: 'Website with a Test Version', value: 'WebsiteWithTest' },
			],
			default: 'Website',
		},
		{
			displayName: 'Sales Unit Logo',
			name: 'salesUnitLogo',
			type: 'string',
			default: '',
			description: 'A PNG of 100 to 1000 pixels a side, as base64 text',
		},
		{
			displayName: 'Sales Unit Name',
			name: 'salesUnitName',
			type: 'string',
			default: '',
			description: 'What customers see in the app, at most 40 characters',
		},
		{
			displayName: 'Settlement Bank Account',
			name: 'settlementBankAccount',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Account',
			options: [
				{
					displayName: 'Account',
					name: 'account',
					values: [
						{
							displayName: 'Account Number',
							name: 'id',
							type: 'string',
							default: '',
							description: 'National account number (BBAN), 9 to 34 digits',
						},
						{
							displayName: 'Scheme',
							name: 'scheme',
							type: 'options',
							options: [
								{ name: 'Denmark', value: 'BBAN:DK' },
								{ name: 'Finland', value: 'BBAN:FI' },
								{ name: 'Norway', value: 'BBAN:NO' },
							],
							default: 'BBAN:NO',
						},
					],
				},
			],
		},
		{
			displayName: 'Website',
			name: 'website',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Website',
			description: 'Needed for a payment integration on a website',
			options: [
				{
					displayName: 'Website',
					name: 'website',
					values: [
						{
							displayName: 'Terms URL',
							name: 'termsUrl',
							type: 'string',
							default: '',
							placeholder: 'e.g. https://example.com/terms',
						},
						{
							displayName: 'Test Website Password',
							name: 'testWebsitePassword',
							type: 'string',
							typeOptions: { password: true },
							default: '',
						},
						{
							displayName: 'Test Website URL',
							name: 'testWebsiteUrl',
							type: 'string',
							default: '',
							placeholder: 'e.g. https://test.example.com',
						},
						{
							displayName: 'Test Website Username',
							name: 'testWebsiteUsername',
							type: 'string',
							default: '',
						},
						{
							displayName: 'URL',
							name: 'url',
							type: 'string',
							default: '',
							placeholder: 'e.g. https://example.com',
						},
					],
				},
			],
		},
	],
};

const isHttps = (text: string) => URL.canParse(text) && new URL(text).protocol === 'https:';

/** What a text field has to look like, and how to say so. */
const RULES: Array<
	[name: string, displayName: string, fits: (text: string) => boolean, rule: string]
> = [
	['salesUnitName', 'Sales Unit Name', (text) => [...text].length <= 40, '1 to 40 characters'],
	['intendedPurpose', 'Intended Purpose', () => true, ''],
	['productUseCase', 'Product Use Case', () => true, ''],
	[
		'pricePackageId',
		'Price Package ID',
		(text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text),
		"an ID that 'Price Package: Get Many' lists",
	],
	[
		'annualTurnoverPercentage',
		'Annual Turnover Percentage',
		(text) => /^(10|[1-9])0$/.test(text),
		'10, 20, … 100',
	],
	['merchantCategoryCode', 'Merchant Category Code', (text) => /^\d{4}$/.test(text), 'four digits'],
];

const ACCOUNT_RULES: typeof RULES = [
	['scheme', 'Scheme', (text) => /^BBAN:[A-Z]{2}$/.test(text), 'BBAN:NO, BBAN:DK or BBAN:FI'],
	[
		'id',
		'Account Number',
		(text) => /^\d{9,34}$/.test(text),
		'9 to 34 digits, without dots or blanks',
	],
];

const WEBSITE_RULES: typeof RULES = [
	['url', 'URL', isHttps, 'an address that begins with https://'],
	['termsUrl', 'Terms URL', isHttps, 'an address that begins with https://'],
	['testWebsiteUrl', 'Test Website URL', isHttps, 'an address that begins with https://'],
	['testWebsiteUsername', 'Test Website Username', () => true, ''],
	['testWebsitePassword', 'Test Website Password', () => true, ''],
];

/** The filled-in text fields of a row; the first that does not fit its rule is refused. */
function textsOf(
	context: IExecuteFunctions,
	itemIndex: number,
	row: IDataObject,
	rules: typeof RULES,
): Record<string, string> {
	const filled = rules.filter(([name]) => String(row[name] ?? '').trim() !== '');
	return Object.fromEntries(
		filled.map(([name, displayName, fits, rule]) => {
			const text = String(row[name]).trim();
			if (fits(text)) return [name, text];
			throw refusal(
				context,
				itemIndex,
				`The field '${displayName}' cannot be ${show(text.slice(0, 100))}`,
				`It must be ${rule}, or empty.`,
			);
		}),
	);
}

function readTurnover(context: IExecuteFunctions, itemIndex: number, given: unknown) {
	if (given === undefined || given === null || given === '') return {};
	const annualTurnover = Number(given);
	if (Number.isInteger(annualTurnover) && annualTurnover >= 0 && annualTurnover <= 999_999_999) {
		return { annualTurnover };
	}
	throw refusal(
		context,
		itemIndex,
		`The field 'Annual Turnover' cannot be ${show(given)}`,
		'It is a whole number of kroner or euro, 0 to 999999999.',
	);
}

/** The base64 text alone, also when it comes as a data URL. */
function readLogo(context: IExecuteFunctions, itemIndex: number, given: unknown) {
	const text = String(given ?? '')
		.replace(/^data:image\/png;base64,/, '')
		.replace(/\s/g, '');
	if (text === '') return {};
	// Every PNG begins with the same eight bytes.
	if (text.startsWith('iVBORw0KGgo') && /^[A-Za-z\d+/]+=*$/.test(text))
		return { salesUnitLogo: text };
	throw refusal(
		context,
		itemIndex,
		"The field 'Sales Unit Logo' is no PNG as base64 text",
		'Turn the picture into a PNG of 100 to 1000 pixels a side, and its bytes into base64.',
	);
}

/** The additional fields as the API spells them; what was left empty is left out. */
export function readAdditionalFields(context: IExecuteFunctions, itemIndex: number): ApiObject {
	const fields = context.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
	const { account } = (fields.settlementBankAccount ?? {}) as { account?: IDataObject };
	const { website } = (fields.website ?? {}) as { website?: IDataObject };
	const appName = String(fields.appName ?? '').trim();
	return {
		...textsOf(context, itemIndex, fields, RULES),
		...readLogo(context, itemIndex, fields.salesUnitLogo),
		...readTurnover(context, itemIndex, fields.annualTurnover),
		...(account && {
			settlementBankAccount: textsOf(context, itemIndex, account, ACCOUNT_RULES),
		}),
		...(appName !== '' && { app: { appName } }),
		...(website && { website: textsOf(context, itemIndex, website, WEBSITE_RULES) }),
		...(fields.hasRecurring !== undefined && { hasRecurring: fields.hasRecurring === true }),
	};
}
