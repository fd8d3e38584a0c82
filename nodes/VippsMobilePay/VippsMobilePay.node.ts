import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { searchLedgers } from '../shared/methods/ledgers';
import { searchProductOrders, searchSalesUnits } from '../shared/methods/management';
import { searchWebhooks } from '../shared/methods/webhooks';
import * as ledger from './actions/ledger';
import * as ledgerEntry from './actions/ledgerEntry';
import * as merchant from './actions/merchant';
import * as payment from './actions/payment';
import * as pricePackage from './actions/pricePackage';
import * as productOrder from './actions/productOrder';
import * as sale from './actions/sale';
import * as salesUnit from './actions/salesUnit';
import * as settlement from './actions/settlement';
import * as webhook from './actions/webhook';
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
		description:
			'Take payments with Vipps and MobilePay, read ledgers and sales, manage sales units',
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
					{
						name: 'Ledger',
						value: 'ledger',
						description:
							"Where money of a sales unit is kept account of. Accounting keys, or a sales unit's own.",
					},
					{
						name: 'Ledger Entry',
						value: 'ledgerEntry',
						description:
							"Each movement of money and each fee. Accounting keys, or a sales unit's own.",
					},
					{
						name: 'Merchant',
						value: 'merchant',
						description: 'A company and its sales units. Keys of a partner or sales unit.',
					},
					{
						name: 'Payment',
						value: 'payment',
						description: 'Ask for money, take it, pay it back. Keys of a sales unit or partner.',
					},
					{
						name: 'Price Package',
						value: 'pricePackage',
						description: 'Prices that a partner can offer. Partner keys.',
					},
					{
						name: 'Product Order',
						value: 'productOrder',
						description: 'Orders that a partner prefills for merchants. Partner keys.',
					},
					{
						name: 'Sale',
						value: 'sale',
						description:
							'What was sold by Vippsnummer, MobilePay-nummer or terminal. Accounting keys.',
					},
					{
						name: 'Sales Unit',
						value: 'salesUnit',
						description: 'Who payments are made to. Keys of a partner or sales unit.',
					},
					{
						name: 'Settlement',
						value: 'settlement',
						description:
							"Sums, payouts, reconciliation and vouchers. Accounting keys, or a sales unit's own.",
					},
					{
						name: 'Webhook',
						value: 'webhook',
						description:
							'What is registered for events of payments. Keys of a sales unit or partner.',
					},
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
						description:
							'Keys of an accounting partner, for ledgers and sales of all its merchants; older management keys, for sales units, merchants and product orders',
						displayOptions: { hide: { resource: ['payment', 'webhook'] } },
					},
					{
						name: 'Merchant API',
						value: 'merchantApi',
						description:
							"A sales unit's own keys, or a partner's: payments, webhooks, sales units, merchants and, with a sales unit's keys, its ledger",
						displayOptions: { hide: { resource: ['sale'] } },
					},
				],
				default: 'accountingApi',
			},
			...ledger.description,
			...ledgerEntry.description,
			...merchant.description,
			...payment.description,
			...pricePackage.description,
			...productOrder.description,
			...sale.description,
			...salesUnit.description,
			...settlement.description,
			...webhook.description,
		],
	};

	methods = {
		listSearch: { searchLedgers, searchProductOrders, searchSalesUnits, searchWebhooks },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router(this);
	}
}
