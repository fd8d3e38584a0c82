import type { Registration } from '../webhooks/registration';
import type { ApiClient } from '../transport/client';
import { isObject, segment } from './page';

const BASE = '/webhooks/v1/webhooks';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isRegistration = (value: unknown): value is Registration =>
	isObject(value) && isText(value.id) && isText(value.url) && Array.isArray(value.events);

/**
 * What is registered for the sales unit, or by the partner. Secrets are not among it.
 *
 * @see https://developer.vippsmobilepay.com/docs/APIs/webhooks-api/
 */
export async function getWebhooks(client: ApiClient): Promise<Registration[]> {
	return await client.request({
		path: BASE,
		subject: 'list of webhooks',
		read: (body) => {
			const { webhooks = undefined } = isObject(body) ? body : {};
			return Array.isArray(webhooks) && webhooks.every(isRegistration) ? webhooks : undefined;
		},
	});
}

/**
 * Registers an address for events. It is not repeated: a second request makes a second
 * registration. The secret is told this once.
 */
export async function registerWebhook(
	client: ApiClient,
	url: string,
	events: string[],
): Promise<{ id: string; secret: string }> {
	return await client.request({
		method: 'POST',
		path: BASE,
		body: { url, events },
		subject: 'new webhook',
		read: (body) => {
			const { id = undefined, secret = undefined } = isObject(body) ? body : {};
			return isText(id) && isText(secret) ? { id, secret } : undefined;
		},
	});
}

/** Ends the deliveries to a registration. */
export async function deleteWebhook(client: ApiClient, id: string): Promise<void> {
	await client.request({
		method: 'DELETE',
		path: `${BASE}/${segment(id)}`,
		repeatable: true,
		subject: `webhook ${id}`,
		read: () => true,
		// The attempt before, whose answer was lost, has deleted it. That 400 can mean so is an assumption.
		readWhenRepeated: (status) => (status === 404 || status === 400 ? true : undefined),
	});
}
