import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import {
	createPoller,
	runNode,
	storeCredentials,
	type CredentialStore,
	type NodeResult,
	type Poller,
	type PollerOptions,
	type Simulator,
} from '../harness';

type CredentialFields = ICredentialDataDecryptedObject;

export const ACTION = 'n8n-nodes-vippsmobilepay.vippsMobilePay';
export const TRIGGER = 'n8n-nodes-vippsmobilepay.vippsMobilePayTrigger';
export const WEBHOOK_TRIGGER = 'n8n-nodes-vippsmobilepay.vippsMobilePayWebhookTrigger';

/** The credentials of a simulator as a user would enter them; fields can be changed. */
export async function accountingKeys(
	{ url, keys }: Simulator,
	changes: CredentialFields = {},
): Promise<CredentialStore> {
	return await storeCredentials({
		vippsMobilePayAccountingApi: {
			environment: 'custom',
			baseUrl: url,
			...keys.accounting,
			...changes,
		},
	});
}

export async function merchantKeys(
	{ url, keys }: Simulator,
	changes: CredentialFields = {},
): Promise<CredentialStore> {
	const { clientId, clientSecret, subscriptionKey, merchantSerialNumber } = keys.merchant;
	return await storeCredentials({
		vippsMobilePayMerchantApi: {
			environment: 'custom',
			baseUrl: url,
			clientId,
			clientSecret,
			subscriptionKey,
			merchantSerialNumber,
			...changes,
		},
	});
}

/** A partner's keys: no merchant serial number, unless the changes have one. */
export async function partnerKeys(
	{ url, keys }: Simulator,
	changes: CredentialFields = {},
): Promise<CredentialStore> {
	const { clientId, clientSecret, subscriptionKey } = keys.partner;
	return await storeCredentials({
		vippsMobilePayMerchantApi: {
			environment: 'custom',
			baseUrl: url,
			clientId,
			clientSecret,
			subscriptionKey,
			merchantSerialNumber: '',
			...changes,
		},
	});
}

/** An active trigger on accounting keys; parameters are those that differ from the defaults. */
export async function trigger(
	simulator: Simulator,
	parameters: INodeParameters,
	options: Partial<PollerOptions> = {},
): Promise<Poller> {
	return await createPoller({
		type: TRIGGER,
		credentials: await accountingKeys(simulator),
		parameters: { triggerOn: ['fundsEntry', 'feesEntry'], startFrom: 'beginning', ...parameters },
		...options,
	});
}

/** Runs the action node once on accounting keys. */
export async function act(
	simulator: Simulator,
	parameters: INodeParameters,
	options: Partial<Parameters<typeof runNode>[0]> = {},
): Promise<NodeResult> {
	return await runNode({
		type: ACTION,
		credentials: await accountingKeys(simulator),
		parameters,
		...options,
	});
}
