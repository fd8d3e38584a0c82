import type { Problem } from '../problem';
import type { Advice, Asked } from './advice';

const NOT_REGISTERED: Advice = {
	message: 'Vipps MobilePay did not register the webhook',
	hint: "Check that n8n's public address (WEBHOOK_URL) begins with https and can be reached from the internet on port 443, 80 or 8080, and that the names of the events are right. A sales unit has room for 25 webhooks for each event, and for one for QR check-ins: list them with the resource 'Webhook' of the Vipps MobilePay node and delete those that are not used any more.",
	cause: 'configuration-invalid',
};

const NOT_LISTED: Advice = {
	message: 'Vipps MobilePay did not accept the request',
	hint: 'The keys of a sales unit need its merchant serial number (MSN): enter it in the credential. Partners leave it empty for all their sales units.',
	cause: 'configuration-invalid',
};

const NOT_FOUND: Advice = {
	message: 'This webhook was not found',
	hint: 'It may have been deleted already. What is registered for another sales unit, or by other keys, is not found either: check the merchant serial number.',
	cause: 'configuration-invalid',
};

const REFUSED_KEYS =
	"Webhooks take the keys of a sales unit or partner keys (credential 'Vipps MobilePay Merchant API', with subscription key), and the merchant serial number (MSN) of a sales unit that they belong to. Open the credential and press Test.";

const TOO_MANY: Advice = {
	message: 'Vipps MobilePay received too many requests',
	hint: 'Wait a few minutes, then try again.',
	cause: 'rate-limited',
};

/** What the Webhooks API means by some statuses; only 400 is documented. */
export function webhookAdvice({ status }: Problem, { method = 'GET' }: Asked): Advice | undefined {
	if (status === 401 || status === 403) {
		return {
			message:
				status === 401
					? 'Vipps MobilePay did not accept the keys'
					: 'These keys may not do this for the sales unit',
			hint: REFUSED_KEYS,
			cause: 'credential-invalid',
		};
	}
	if (status === 429) return TOO_MANY;
	if (method === 'POST' && [400, 404, 409, 422].includes(status)) return NOT_REGISTERED;
	if (method === 'DELETE' && (status === 400 || status === 404)) return NOT_FOUND;
	if (status === 400) return NOT_LISTED;
	return undefined;
}
