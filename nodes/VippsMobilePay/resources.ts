import type { Authentication } from '../shared/descriptions/authentication';
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
import type { Operation } from './operation';

/** A resource: what can be done with it, and which keys its API refuses. */
export interface Resource {
	operations: Readonly<Record<string, Operation>>;
	/** Keys that the API takes for nothing of this resource, with what to say about it. */
	refused?: { authentication: Authentication; message: string; description: string };
	/** Whether each request has to name a sales unit. */
	needsMsn?: boolean;
}

export const RESOURCES: Readonly<Record<string, Resource>> = {
	ledger,
	ledgerEntry,
	merchant,
	payment: {
		...payment,
		needsMsn: true,
		refused: {
			authentication: 'accountingApi',
			message: 'Payments need the keys of a sales unit or of a partner',
			description:
				"Choose a 'Vipps MobilePay Merchant API' credential. Accounting keys can read ledgers and sales, but never move money.",
		},
	},
	pricePackage,
	productOrder,
	sale: {
		...sale,
		refused: {
			authentication: 'merchantApi',
			message: 'Sales can be read with accounting keys only',
			description:
				"Choose a 'Vipps MobilePay Accounting API' credential. With merchant keys you can read the ledger entries instead.",
		},
	},
	salesUnit,
	settlement,
	webhook: {
		...webhook,
		refused: {
			authentication: 'accountingApi',
			message: 'Webhooks need the keys of a sales unit or of a partner',
			description:
				"Choose a 'Vipps MobilePay Merchant API' credential. Accounting keys do not open the Webhooks API.",
		},
	},
};
