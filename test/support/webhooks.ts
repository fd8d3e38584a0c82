import axios from 'axios';
import { sleep, type IDataObject, type INodeParameters } from 'n8n-workflow';
import { WebhookWorkflow, type Simulator, type WebhookOptions } from '../harness';
import { post, sign, type Answered, type Signed } from './deliver';
import { merchantKeys, WEBHOOK_TRIGGER } from './vipps';

export interface Registered {
	id: string;
	url: string;
	events: string[];
	[field: string]: unknown;
}

/** What is registered, whoever did it. */
export async function registered({ control }: Simulator): Promise<Registered[]> {
	const { data } = await control.get<{ webhooks: Registered[] }>('/webhooks');
	return data.webhooks;
}

/** A workflow with the webhook trigger on merchant keys, not yet active. */
export const webhookWorkflow = async (
	simulator: Simulator,
	parameters: INodeParameters = {},
	options: Partial<WebhookOptions> = {},
): Promise<WebhookWorkflow> =>
	await WebhookWorkflow.start({
		type: WEBHOOK_TRIGGER,
		credentials: await merchantKeys(simulator),
		parameters,
		...options,
	});

/** The secret of the current registration, as the node has stored it. */
export const secretOf = ({ staticData }: WebhookWorkflow): string =>
	(staticData.registrations as Array<{ secret: string }>)[0].secret;

/** Where the server of a workflow really is, for an address that it is registered under. */
export function realUrl(workflow: WebhookWorkflow, url = workflow.url()): string {
	const { pathname, search } = new URL(url);
	return `http://127.0.0.1:${workflow.port}${pathname}${search}`;
}

/** Delivers an event to a workflow, rightly signed, and then changed by `forge`. */
export async function deliver(
	workflow: WebhookWorkflow,
	content: IDataObject | string | Buffer,
	forge: (signed: Signed) => Signed = (signed) => signed,
): Promise<Answered> {
	const signed = sign(content, { url: workflow.url(), secret: secretOf(workflow) });
	return await post(realUrl(workflow), forge(signed));
}

/** Waits until what a node has left is gone: it lives on for a moment, for a `create` that may follow. */
export async function afterGrace(simulator: Simulator, count: number): Promise<void> {
	await sleep(2_100);
	const end = Date.now() + 10_000;
	while ((await registered(simulator)).length !== count && Date.now() < end) await sleep(50);
}

/** The current registration, as the node has stored it. */
export const registrationOf = ({ staticData }: WebhookWorkflow) =>
	(staticData.registrations as Array<{ id: string; url: string; secret: string }>)[0];

/** Registers as another program would. */
export async function register(
	{ url: server, keys }: Simulator,
	url: string,
	events: string[],
): Promise<string> {
	const { clientId, clientSecret, subscriptionKey, merchantSerialNumber } = keys.merchant;
	const client = axios.create({ baseURL: server, proxy: false });
	const headers = { 'Ocp-Apim-Subscription-Key': subscriptionKey };
	const { data: token } = await client.post<{ access_token: string }>('/accesstoken/get', '', {
		headers: { ...headers, client_id: clientId, client_secret: clientSecret },
	});
	const { data } = await client.post<{ id: string }>(
		'/webhooks/v1/webhooks',
		{ url, events },
		{
			headers: {
				...headers,
				'Merchant-Serial-Number': merchantSerialNumber,
				Authorization: `Bearer ${token.access_token}`,
			},
		},
	);
	return data.id;
}

/** Delivers to a workflow what another secret, or another registration, has signed. */
export async function deliverSignedBy(
	workflow: WebhookWorkflow,
	signer: { secret: string; url?: string },
	content: IDataObject,
): Promise<Answered> {
	return await post(realUrl(workflow), sign(content, { url: workflow.url(), ...signer }));
}
