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

const HTTPS = 'an address that begins with https://';

const isText = () => true;

/** What a text field has to look like, and how to say so. */
type Rule = readonly [
	name: string,
	displayName: string,
	fits: (text: string) => boolean,
	rule: string,
];

const RULES: Rule[] = [
	['salesUnitName', 'Sales Unit Name', (text) => [...text].length <= 40, '1 to 40 characters'],
	['intendedPurpose', 'Intended Purpose', isText, 'text'],
	[
		'productUseCase',
		'Product Use Case',
		(text) => ['App', 'Unknown', 'Website', 'WebsiteWithTest'].includes(text),
		'App, Unknown, Website or WebsiteWithTest',
	],
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

const APP_RULES: Rule[] = [['appName', 'App Name', isText, 'text']];

const ACCOUNT_RULES: Rule[] = [
	['scheme', 'Scheme', (text) => /^BBAN:[A-Z]{2}$/.test(text), 'BBAN:NO, BBAN:DK or BBAN:FI'],
	[
		'id',
		'Account Number',
		(text) => /^\d{9,34}$/.test(text),
		'9 to 34 digits, without dots or blanks',
	],
];

const WEBSITE_RULES: Rule[] = [
	['url', 'URL', isHttps, HTTPS],
	['termsUrl', 'Terms URL', isHttps, HTTPS],
	['testWebsiteUrl', 'Test Website URL', isHttps, HTTPS],
	['testWebsiteUsername', 'Test Website Username', isText, 'text'],
	['testWebsitePassword', 'Test Website Password', isText, 'text'],
];

const isFilled = (value: unknown): boolean => String(value ?? '').trim() !== '';

/** The filled-in text fields of a row; the first that does not fit its rule is refused. */
function textsOf(
	context: IExecuteFunctions,
	itemIndex: number,
	row: IDataObject,
	rules: Rule[],
): Record<string, string> {
	const filled = rules.filter(([name]) => isFilled(row[name]));
	return Object.fromEntries(
		filled.map(([name, displayName, fits, rule]) => {
			const text = String(row[name]).trim();
			if (typeof row[name] !== 'object' && fits(text)) return [name, text];
			throw refusal(
				context,
				itemIndex,
				`The field '${displayName}' cannot be ${show(row[name]).slice(0, 100)}`,
				`It must be ${rule}, or empty.`,
			);
		}),
	);
}

function readTurnover(context: IExecuteFunctions, itemIndex: number, given: unknown) {
	if (!isFilled(given)) return {};
	const text = String(given).trim();
	if (/^\d{1,9}$/.test(text)) return { annualTurnover: Number(text) };
	throw refusal(
		context,
		itemIndex,
		`The field 'Annual Turnover' cannot be ${show(given)}`,
		'It is a whole number of kroner or euro, 0 to 999999999.',
	);
}

/** An expression may give the two words as text. */
function readHasRecurring(context: IExecuteFunctions, itemIndex: number, given: unknown) {
	if (!isFilled(given)) return {};
	const text = String(given).trim();
	if (text === 'true' || text === 'false') return { hasRecurring: text === 'true' };
	throw refusal(
		context,
		itemIndex,
		`The field 'Has Recurring' cannot be ${show(given)}`,
		'It must be true, false, or empty.',
	);
}

/** The base64 text alone, also when it comes as a data URL. */
function readLogo(context: IExecuteFunctions, itemIndex: number, given: unknown) {
	const text = String(given ?? '')
		.replace(/^data:image\/png;base64,/, '')
		.replace(/\s/g, '');
	if (text === '') return {};
	// Every PNG begins with the same eight bytes.
	if (text.startsWith('iVBORw0KGgo') && /^[A-Za-z\d+/]+=*$/.test(text)) {
		return { salesUnitLogo: text };
	}
	throw refusal(
		context,
		itemIndex,
		"The field 'Sales Unit Logo' is no PNG as base64 text",
		'Turn the picture into a PNG of 100 to 1000 pixels a side, and its bytes into base64.',
	);
}

const unlessEmpty = (name: string, texts: Record<string, string>): ApiObject =>
	Object.keys(texts).length > 0 ? { [name]: texts } : {};

/** The additional fields as the API spells them; what was left empty is left out. */
export function readAdditionalFields(context: IExecuteFunctions, itemIndex: number): ApiObject {
	const fields = (context.getNodeParameter('additionalFields', itemIndex, {}) ?? {}) as IDataObject;
	const rowOf = (field: string, row: string) =>
		((fields[field] ?? {}) as Record<string, IDataObject | null>)[row] ?? {};
	const account = rowOf('settlementBankAccount', 'account');
	const texts = (row: IDataObject, rules: Rule[]) => textsOf(context, itemIndex, row, rules);
	return {
		...texts(fields, RULES),
		...readLogo(context, itemIndex, fields.salesUnitLogo),
		...readTurnover(context, itemIndex, fields.annualTurnover),
		// The scheme is filled in by itself; without a number it means nothing.
		...(isFilled(account.id) && { settlementBankAccount: texts(account, ACCOUNT_RULES) }),
		...unlessEmpty('app', texts(fields, APP_RULES)),
		...unlessEmpty('website', texts(rowOf('website', 'website'), WEBSITE_RULES)),
		...readHasRecurring(context, itemIndex, fields.hasRecurring),
	};
}
