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

/** Longer than a registration lives on after `delete`, for a `create` that may follow. */
export const afterGrace = async (): Promise<void> => await sleep(2_500);
