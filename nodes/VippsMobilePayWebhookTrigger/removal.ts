import type { IHookFunctions, NodeApiError } from 'n8n-workflow';
import { deleteWebhook, getWebhooks } from '../shared/api/webhooks';
import {
	isSameUrl,
	type OwnRegistration,
	type Registration,
} from '../shared/webhooks/registration';
import { clientFor, logDetails } from './context';
import { resultOf } from './result';

type Removable = Pick<OwnRegistration, 'id' | 'msn'>;

/** A line in n8n's log for whoever looks after it. */
export function logTrouble(context: IHookFunctions, what: string, error: NodeApiError): void {
	context.logger.error(`Vipps MobilePay Webhook Trigger: ${what}: ${error.message}`, {
		...logDetails(context),
		description: error.description,
	});
}

/**
 * What is registered for an address; none, with a line in the log, when that cannot be read.
 *
 * @param deadline until when (milliseconds since 1970) it is tried
 */
export async function listedAt(
	context: IHookFunctions,
	url: string,
	msn: string,
	deadline?: number,
): Promise<Registration[]> {
	const listed = await resultOf(getWebhooks(clientFor(context, msn, deadline)));
	if ('value' in listed) return listed.value.filter((one) => isSameUrl(one.url, url));
	logTrouble(context, 'what is registered could not be read', listed.error);
	return [];
}

/** Whether a refusal means that there is no such registration (assumption: 404, or also 400). */
async function isUnknown(
	context: IHookFunctions,
	{ id, msn }: Removable,
	{ httpCode }: NodeApiError,
): Promise<boolean> {
	if (httpCode === '404' || httpCode === '410') return true;
	if (httpCode !== '400') return false;
	const listed = await resultOf(getWebhooks(clientFor(context, msn)));
	return 'value' in listed && !listed.value.some((one) => one.id === id);
}

/**
 * Deletes registrations. One that is not there any more counts as deleted. One that cannot be
 * deleted gets a line in n8n's log and stops nothing: n8n waits for this while it switches a
 * workflow off.
 *
 * @returns the ids of those that are deleted
 */
export async function removeAll(
	context: IHookFunctions,
	registrations: readonly Removable[],
): Promise<Set<string>> {
	const deleted = new Set<string>();
	for (const registration of registrations) {
		const { id, msn } = registration;
		const result = await resultOf(deleteWebhook(clientFor(context, msn), id));
		if ('value' in result || (await isUnknown(context, registration, result.error))) {
			deleted.add(id);
		} else {
			const what = `webhook ${id} could not be deleted. Its deliveries are refused; delete it with the operation Webhook: Delete, or activate and deactivate the workflow once more`;
			logTrouble(context, what, result.error);
		}
	}
	return deleted;
}
