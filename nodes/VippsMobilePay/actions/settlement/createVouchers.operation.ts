import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { payoutFrame, withEarlierDates } from '../../../shared/books/readBook';
import {
	dateProperties,
	ledgerIdProperty,
	maxConcurrencyOption,
	requestsPerSecondOption,
} from '../../../shared/descriptions/common';
import { parseAmount } from '../../../shared/money';
import {
	FORMATS,
	inFormats,
	isFormatName,
	problemOfChoice,
	problemOfCurrency,
	type FormatName,
	type FormatProblem,
} from '../../../shared/settlement/formats';
import { payoutsOf } from '../../../shared/settlement/payouts';
import { findSales } from '../../../shared/settlement/reconcile';
import {
	chartOf,
	PRESETS,
	type PresetName,
	type VatTerms,
} from '../../../shared/settlement/vouchers/chart';
import { createVouchers } from '../../../shared/settlement/vouchers/createVouchers';
import type { VatLines } from '../../../shared/settlement/vouchers/postings';
import type { GroupBy } from '../../../shared/settlement/vouchers/voucher';
import type { ApiClient } from '../../../shared/transport/client';
import { oneOf, refusal, show } from '../../parameters';
import { checkBalances } from './balances';
import { readBook } from './readBook';
import { readSales } from './readSales';

const account = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description,
});

const properties: INodeProperties[] = [
	ledgerIdProperty,
	...dateProperties,
	{
		displayName: 'Group By',
		name: 'groupBy',
		type: 'options',
		options: [
			{ name: 'Ledger Date', value: 'ledgerDate', description: 'One voucher for each date' },
			{
				name: 'Payout',
				value: 'payout',
				description: 'One voucher for each payout with the dates that it pays out',
			},
			{ name: 'Transaction', value: 'transaction', description: 'One voucher for each movement' },
		],
		default: 'ledgerDate',
		description: 'What a voucher stands for',
	},
	{
		displayName: 'Preset',
		name: 'preset',
		type: 'options',
		options: [
			{ name: 'Denmark', value: 'denmark', description: 'Accounts of a usual Danish chart' },
			{ name: 'Finland', value: 'finland', description: 'Accounts of a usual Finnish chart' },
			{ name: 'None', value: 'none', description: 'Only the accounts that you enter' },
			{ name: 'Norway (NS 4102)', value: 'norway', description: 'Norwegian standard accounts' },
		],
		default: 'norway',
		description: 'Accounts and VAT codes to begin with. Go through them with your bookkeeper.',
	},
	{
		displayName: 'Accounts',
		name: 'accounts',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Account or VAT Rate',
		description: 'Your own accounts, instead of those of the preset',
		options: [
			{
				displayName: 'Accounts',
				name: 'roles',
				values: [
					account('Bank', 'bank', 'Where payouts arrive'),
					account('Clearing', 'clearing', 'What Vipps MobilePay owes you: the funds ledger'),
					account('Fee', 'fee', 'What Vipps MobilePay charges'),
					account('Interim', 'interim', 'What somebody has to look at'),
					account('Receivable', 'receivable', 'Fees charged and not yet settled: the fees ledger'),
					account('Rounding', 'rounding', 'Not used as long as everything is exact'),
					account('Sales', 'sales', 'What was sold'),
					account('VAT', 'vat', 'Output VAT'),
				],
			},
			{
				displayName: 'VAT Rates',
				name: 'vatRates',
				values: [
					{
						displayName: 'Rate in Percent',
						name: 'rate',
						type: 'string',
						default: '',
						placeholder: 'e.g. 25 or 25.5',
					},
					account('Sales Account', 'salesAccount', 'Empty means the sales account above'),
					account('VAT Code', 'code', 'How your accounting system calls this rate'),
				],
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Formats',
				name: 'formats',
				type: 'multiOptions',
				options: [
					{ name: 'CSV', value: 'csv', description: 'Rows with a header, for imports and sheets' },
					{ name: 'Dinero', value: 'dinero', description: 'The body of a request' },
					{ name: 'e-conomic', value: 'eConomic', description: 'The body of a request' },
					{ name: 'Fiken', value: 'fiken', description: 'The body of a request' },
					{ name: 'Fortnox', value: 'fortnox', description: 'The body of a request' },
					{
						name: 'Plain Text Journal',
						value: 'journal',
						description: 'For hledger and ledger',
					},
					{
						name: 'PowerOffice Go',
						value: 'powerOffice',
						description: 'The body of a request. Enter IDs as accounts, with no preset.',
					},
					{
						name: 'SAF-T Financial (Norway)',
						value: 'saft',
						description: 'A transaction, to be put into a file',
					},
					{ name: 'SIE 4', value: 'sie4', description: 'A verification, to be put into a file' },
					{
						name: 'Tripletex',
						value: 'tripletex',
						description: 'The body of a request. Enter IDs as accounts, with no preset.',
					},
					{
						name: 'Visma eAccounting',
						value: 'vismaEAccounting',
						description: 'The body of a request',
					},
				],
				default: [],
				description:
					'What each voucher is also given as, under <code>formats</code>. By the documentation of the systems, not tried against them.',
			},
			maxConcurrencyOption,
			requestsPerSecondOption,
			{
				displayName: 'VAT Lines',
				name: 'vatLines',
				type: 'options',
				options: [
					{
						name: 'Included',
						value: 'included',
						description:
							'Sales with VAT and its code, for systems that take the VAT out themselves',
					},
					{
						name: 'Separate',
						value: 'separate',
						description: 'Sales without VAT, and the VAT on lines of its own',
					},
				],
				default: 'separate',
				description: 'How the VAT of sales is written',
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['settlement'], operation: ['createVouchers'] } },
	properties,
);

export const readsMuch = true;

export const emptyHint =
	'There is nothing to book on these dates. With one voucher for each payout, entries wait for the payout that pays them out.';

function readChart(context: IExecuteFunctions, itemIndex: number) {
	const names = Object.keys(PRESETS) as PresetName[];
	const preset = oneOf(context, itemIndex, 'preset', 'Preset', names, 'norway');
	const given = context.getNodeParameter('accounts', itemIndex, {}) as {
		roles?: IDataObject | IDataObject[];
		vatRates?: IDataObject[];
	};
	// The list may have several parts, each of which has an empty text for every account left out.
	const accounts = Object.fromEntries(
		[given.roles ?? []]
			.flat()
			.flatMap((part) => Object.entries(part))
			.map(([role, number]) => [role, String(number ?? '').trim()])
			.filter(([, number]) => number !== ''),
	);
	const vat = (given.vatRates ?? []).map(({ rate, code, salesAccount }): VatTerms => {
		// Two decimals of a percentage are basis points.
		const parsed = parseAmount(rate, 'major');
		if (!('value' in parsed)) {
			throw refusal(
				context,
				itemIndex,
				`The VAT rate ${show(rate)} is not a percentage`,
				`Write it such as 25 or 25.5: ${parsed.problem}.`,
			);
		}
		return {
			rate: parsed.value,
			...(code && { code: String(code) }),
			...(salesAccount && { salesAccount: String(salesAccount) }),
		};
	});
	return chartOf(preset, accounts, vat);
}

/** The formats that are asked for; refuses those that cannot be made of these choices. */
function readFormats(
	context: IExecuteFunctions,
	itemIndex: number,
	vatLines: VatLines,
): FormatName[] {
	const given = context.getNodeParameter('options.formats', itemIndex, []) as unknown;
	const hasPreset = context.getNodeParameter('preset', itemIndex, 'norway') !== 'none';
	return [given].flat().map((name) => {
		if (!isFormatName(name)) {
			throw refusal(
				context,
				itemIndex,
				`The option 'Formats' cannot be ${show(name)}`,
				`It holds any of ${Object.keys(FORMATS).join(', ')}.`,
			);
		}
		refuse(context, itemIndex, problemOfChoice(name, { hasPreset, vatLines }));
		return name;
	});
}

function refuse(
	context: IExecuteFunctions,
	itemIndex: number,
	problem: FormatProblem | undefined,
): void {
	if (problem) throw refusal(context, itemIndex, problem.message, problem.advice);
}

/** Turns closed dates into balanced vouchers; each entry is in exactly one of them. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<object[]> {
	const chart = readChart(context, itemIndex);
	const groupings: GroupBy[] = ['ledgerDate', 'payout', 'transaction'];
	const groupBy = oneOf(context, itemIndex, 'groupBy', 'Group By', groupings, 'ledgerDate');
	const vatLines = context.getNodeParameter('options.vatLines', itemIndex, 'separate') as VatLines;
	const formats = readFormats(context, itemIndex, vatLines);
	const period = await readBook(context, client, itemIndex);
	for (const name of formats) {
		refuse(context, itemIndex, problemOfCurrency(name, period.currency));
	}
	const book = groupBy === 'payout' ? await withEarlierDates(client, period) : period;
	checkBalances(context, itemIndex, book);
	const sales = await readSales(context, client, itemIndex, book);
	const vouchers = createVouchers(book, {
		chart,
		vatLines,
		groupBy,
		saleOf: findSales(book, sales),
		payouts: groupBy === 'payout' ? payoutsOf(book, payoutFrame(period)) : [],
	});
	if (formats.length === 0) return vouchers;
	return vouchers.map((voucher) => ({ ...voucher, formats: inFormats(voucher, formats) }));
}
