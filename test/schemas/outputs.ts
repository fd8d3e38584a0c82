import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { connect } from '../contract/client';
import type { CredentialStore, Simulator } from '../harness';
import { advanceOrder, NEW_ORDER, ORDERS } from '../support/manage';
import { customer, NEW_PAYMENT } from '../support/pay';
import { byId } from '../support/settle';
import { accountingKeys, act, merchantKeys, partnerKeys } from '../support/vipps';

/** What operations have given, by "resource/operation". */
export type Outputs = Map<string, IDataObject[]>;

type Run = (
	operation: string,
	parameters?: INodeParameters,
	credentials?: CredentialStore,
) => Promise<IDataObject[]>;

const DAYS = { fromDate: '2026-05-04', toDate: '2026-05-05' };
/** A week and more of Norwegian payments by API and by card terminal, and of a Danish number. */
const SETTLED = { data: 'settlement', options: { ledgers: 3, days: 14, salesPerDay: 4 } };
const WEEK = { fromDate: '2026-09-22', toDate: '2026-09-29' };
const SETTLED_LEDGERS = ['600001', '600002', '600003'];

async function readLedgers(run: Run): Promise<void> {
	const ledgerId = byId('302321');
	await run('ledger/getAll', { returnAll: true });
	for (const topic of ['funds', 'fees']) {
		await run('ledgerEntry/getAll', { ledgerId, topic, ...DAYS, returnAll: true });
		await run('ledgerEntry/getFeedPage', { ledgerId, topic });
	}
	await run('sale/getAll', { ledgerId, ...DAYS, returnAll: true });
	await run('sale/getFeedPage', { ledgerId });
	for (const number of [1, 2, 3, 4]) {
		const reference = `1250000000${number}`;
		await run('sale/getByReference', { ledgerId, reference });
		const pspReference = `3506001000${number}`;
		await run('sale/getByPspReference', { ledgerId, pspReference });
	}
}

async function settle(run: Run): Promise<void> {
	for (const id of SETTLED_LEDGERS) {
		const period = { ledgerId: byId(id), ...WEEK };
		await run('settlement/getSummary', period);
		await run('settlement/getPayouts', period);
		await run('settlement/reconcile', period);
		await run('settlement/createVouchers', period);
	}
}

async function moveMoney(simulator: Simulator, run: Run): Promise<void> {
	const { reference } = NEW_PAYMENT;
	await run('payment/create', NEW_PAYMENT);
	await run('payment/get', { reference });
	await run('payment/approve', { reference, phoneNumber: '4712345678' });
	await run('payment/waitForState', { reference, timeoutSeconds: 1 });
	const part = { amountMode: 'partial', amount: '6440', currency: 'NOK' };
	await run('payment/capture', { reference, ...part });
	await run('payment/refund', { reference, ...part });
	await run('payment/cancel', { reference });
	await run('payment/getEvents', { reference });
	await run('payment/get', { reference });

	const other = 'acme-shop-order-2';
	await run('payment/create', { ...NEW_PAYMENT, reference: other });
	await customer(simulator, 'abort', other);
	await run('payment/waitForState', { reference: other, timeoutSeconds: 1 });
	await run('payment/getEvents', { reference: other });
}

async function manage(simulator: Simulator, run: Run): Promise<void> {
	await run('salesUnit/getAll', { returnAll: true });
	for (const merchantSerialNumber of ['123456', '654321', '765432']) {
		await run('salesUnit/get', { merchantSerialNumber });
	}
	for (const [scheme, businessId] of [
		['business:NO:ORG', '987654321'],
		['business:FI:Y-tunnus', '1234567-1'],
	]) {
		await run('merchant/get', { scheme, businessId });
		await run('merchant/getSalesUnits', { scheme, businessId });
	}
	await run('pricePackage/getAll', { returnAll: true });
	const [first] = await run('productOrder/create', NEW_ORDER);
	const productOrderId = String(first.prefilledOrderId);
	await run('productOrder/get', { productOrderId });
	await advanceOrder(simulator, productOrderId, 'COMPLETED');
	await run('productOrder/get', { productOrderId });
	await run('productOrder/get', { productOrderId: ORDERS.completed });
	const options = { includeExpired: true };
	await run('productOrder/getAll', { returnAll: true, options });
	const [second] = await run('productOrder/create', NEW_ORDER);
	await run('productOrder/delete', { productOrderId: String(second.prefilledOrderId) });
}

async function hear(simulator: Simulator, run: Run): Promise<void> {
	const merchant = await connect(
		simulator,
		'merchant',
		simulator.keys.merchant.merchantSerialNumber,
	);
	await merchant.post('/webhooks/v1/webhooks', {
		url: 'https://example.com/hook',
		events: ['epayments.payment.captured.v1'],
	});
	const [webhook] = await run('webhook/getAll');
	await run('webhook/delete', { webhookId: String(webhook.id) });
}

/** Runs every operation through n8n's engine, with its fields as a user finds them. */
export async function outputsOf(simulator: Simulator, seed: number): Promise<Outputs> {
	const outputs: Outputs = new Map();
	const runOn =
		(keys: CredentialStore, authentication: string): Run =>
		async (operation, parameters = {}) => {
			const [resource, name] = operation.split('/');
			const asked = { ...parameters, resource, operation: name, authentication };
			const { json, error } = await act(simulator, asked, { credentials: keys });
			if (error) throw error;
			outputs.set(operation, [...(outputs.get(operation) ?? []), ...json]);
			return json;
		};
	const onAccounting = runOn(await accountingKeys(simulator), 'accountingApi');
	const onMerchant = runOn(await merchantKeys(simulator), 'merchantApi');
	const onPartner = runOn(await partnerKeys(simulator), 'merchantApi');

	await simulator.reset({ data: 'demo', seed });
	await readLedgers(onAccounting);
	await simulator.reset({ ...SETTLED, seed });
	await settle(onAccounting);
	await simulator.reset({ data: 'empty', seed, options: { writesPerMinute: 0 } });
	await moveMoney(simulator, onMerchant);
	await hear(simulator, onMerchant);
	await manage(simulator, onPartner);
	return outputs;
}
