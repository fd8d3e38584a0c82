import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import {
	includePersonalDataProperty,
	maxConcurrencyOption,
	requestsPerSecondOption,
} from '../shared/descriptions/common';
import { getLedgerOptions } from '../shared/methods/ledgers';
import { poll } from './poll';

export class VippsMobilePayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vipps MobilePay Trigger',
		name: 'vippsMobilePayTrigger',
		icon: {
			light: 'file:../VippsMobilePay/vippsMobilePay.svg',
			dark: 'file:../VippsMobilePay/vippsMobilePay.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [].concat($parameter["triggerOn"] || []).join(", ") }}',
		description: 'Starts the workflow when there are new ledger or sales entries',
		defaults: { name: 'Vipps MobilePay Trigger' },
		credentials: [
			{
				name: 'vippsMobilePayAccountingApi',
				required: true,
				displayOptions: { show: { authentication: ['accountingApi'] } },
			},
			{
				name: 'vippsMobilePayMerchantApi',
				required: true,
				displayOptions: { show: { authentication: ['merchantApi'] } },
			},
		],
		polling: true,
		triggerPanel: {
			header: 'Look at a few real entries',
			executionsHelp: {
				inactive:
					"<b>To build with</b>, fetch a test event: a few of the oldest entries come, and nothing is remembered of that.<br /><br /><b>For the real thing</b>, publish the workflow. It starts with everything from 'Start From' on, at the times under 'Poll Times', and each run stands in the <a data-key=\"executions\">list of executions</a>.",
				active:
					'<b>To build with</b>, fetch a test event: a few of the oldest entries come, and the published workflow misses none of them for that.<br /><br /><b>The published workflow</b> starts by itself at the times under \'Poll Times\' when there are new entries. Each run stands in the <a data-key="executions">list of executions</a>.',
			},
			activationHint: {
				inactive:
					'Publish the workflow to have it start with new entries. Its runs are not shown here.',
				active: 'The published workflow starts with new entries, too. Its runs are not shown here.',
			},
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{
				displayName:
					'Do not poll at the full hour: Vipps MobilePay asks to avoid the minutes :00 to :10. Once an hour at another minute is enough for bookkeeping.',
				name: 'pollNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				options: [
					{
						name: 'Accounting API',
						value: 'accountingApi',
						description: 'Keys of an accounting partner: ledgers and sales of all its merchants',
					},
					{
						name: 'Merchant API',
						value: 'merchantApi',
						description: "A sales unit's own keys: its ledger, but no sales",
					},
				],
				default: 'accountingApi',
			},
			{
				displayName: 'Trigger On',
				name: 'triggerOn',
				type: 'multiOptions',
				required: true,
				options: [
					{
						name: 'Ledger Date Closed',
						value: 'ledgerDateClosed',
						description: 'A date of a ledger is complete: its sums and balances',
					},
					{
						name: 'New Fees Entry',
						value: 'feesEntry',
						description: 'What Vipps MobilePay charges: fees and their settlement',
					},
					{
						name: 'New Funds Entry',
						value: 'fundsEntry',
						description: 'What moves money: captures, refunds, retained fees, payouts',
					},
					{
						name: 'New Ledger',
						value: 'newLedger',
						description: 'A merchant has given access to a further ledger',
					},
					{
						name: 'New Sales Entry',
						value: 'salesEntry',
						description:
							'What was sold, with order lines and VAT where known. Needs accounting keys.',
					},
					{
						name: 'Payout Scheduled',
						value: 'payoutScheduled',
						description: 'Money is on its way to the bank: the payout and what it is made of',
					},
				],
				default: ['fundsEntry', 'feesEntry'],
			},
			{
				displayName: 'Ledgers',
				name: 'ledgers',
				type: 'options',
				options: [
					{
						name: 'All',
						value: 'all',
						description: 'Every ledger that the keys have access to, also those that come later',
					},
					{
						name: 'Selected',
						value: 'selected',
						description: 'Only the ledgers that you choose',
					},
				],
				default: 'all',
			},
			{
				displayName: 'Ledger Names or IDs',
				name: 'ledgerIds',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getLedgers' },
				displayOptions: { show: { ledgers: ['selected'] } },
				default: [],
				description:
					'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			},
			{
				displayName: 'Start From',
				name: 'startFrom',
				type: 'options',
				options: [
					{
						name: 'Beginning',
						value: 'beginning',
						description: 'All entries that there have ever been, then every new one',
					},
					{
						name: 'Date',
						value: 'date',
						description: 'All entries from a ledger date on, then every new one',
					},
					{
						name: 'Now',
						value: 'now',
						description: 'Only entries that come into being after the activation',
					},
				],
				default: 'now',
				description:
					"Where to begin with a ledger that has not been read yet. A later change affects ledgers that have been read only together with the option 'Start Again'.",
			},
			{
				displayName: 'Start Date',
				name: 'startDate',
				type: 'dateTime',
				typeOptions: { dateOnly: true },
				displayOptions: { show: { startFrom: ['date'] } },
				default: '',
				required: true,
				placeholder: 'e.g. 2026-03-31',
				description: 'The first ledger date to include',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					includePersonalDataProperty,
					maxConcurrencyOption,
					{
						displayName: 'Max Entries per Poll',
						name: 'maxEntriesPerPoll',
						type: 'number',
						typeOptions: { minValue: 1, numberPrecision: 0 },
						default: 10000,
						description: 'The most entries in one execution. The rest follow in the next polls.',
					},
					requestsPerSecondOption,
					{
						displayName: 'Start Again',
						name: 'startAgain',
						type: 'string',
						default: '',
						placeholder: 'e.g. 2026-11-21, after restoring the database',
						description:
							"To have ledgers read once more from 'Start From': enter any new text, such as today's date. Entries come again with the same dedupe key. Each new text starts once; emptying the field does nothing.",
					},
					{
						displayName: 'Start Again Ledgers',
						name: 'startAgainLedgers',
						type: 'string',
						default: '',
						placeholder: 'e.g. 302321, 302322',
						description: "IDs of the ledgers that 'Start Again' is for. Empty means all.",
					},
				],
			},
		],
	};

	methods = { loadOptions: { getLedgers: getLedgerOptions } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
