import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { searchLedgers } from '../shared/methods/ledgers';
import * as ledger from './actions/ledger';
import * as ledgerEntry from './actions/ledgerEntry';
import * as sale from './actions/sale';
import { router } from './router';

/**
 * Programmatic, not declarative: reading a period takes several requests per item whose
 * number the answers decide, open dates have to be refused before anything is given out, and
 * money moves need idempotency keys and a look before sending.
 */
export class VippsMobilePay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vipps MobilePay',
		name: 'vippsMobilePay',
		icon: { light: 'file:vippsMobilePay.svg', dark: 'file:vippsMobilePay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read ledgers, ledger entries and sales of Vipps and MobilePay',
		defaults: { name: 'Vipps MobilePay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
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
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Ledger', value: 'ledger' },
					{ name: 'Ledger Entry', value: 'ledgerEntry' },
					{ name: 'Sale', value: 'sale' },
				],
				default: 'ledger',
			},
			{
				// Its options and not the field itself depend on the resource: n8n's editor would
				// otherwise take the resource for a part of the authentication and hide it.
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
						displayOptions: { show: { resource: ['ledger', 'ledgerEntry'] } },
					},
				],
				default: 'accountingApi',
			},
			...ledger.description,
			...ledgerEntry.description,
			...sale.description,
		],
	};

	methods = { listSearch: { searchLedgers } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router(this);
	}
}
