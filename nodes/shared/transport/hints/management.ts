import type { Problem } from '../problem';
import type { Advice, Asked } from './advice';

const SALES_UNIT_NOT_FOUND: Advice = {
	message: 'This sales unit was not found, or these keys have no access to it',
	hint: 'Check the merchant serial number. It is not found either when the sales unit is inactive, when its merchant is deactivated, or when it is not connected to the partner whose keys are used.',
	cause: 'configuration-invalid',
};

const MERCHANT_NOT_FOUND: Advice = {
	message: 'This merchant was not found, or these keys have no access to it',
	hint: 'Check the business ID and its scheme, for example business:NO:ORG. Partner keys find merchants with a connected sales unit only.',
	cause: 'configuration-invalid',
};

const ORDER_NOT_FOUND: Advice = {
	message: 'This product order was not found',
	hint: 'Check the ID of the product order. An order that belongs to another partner is not found either.',
	cause: 'configuration-invalid',
};

const ORDER_CONFLICT: Advice = {
	message: 'This idempotency key was used before for another product order',
	hint: 'No order was made twice. Use a new idempotency key for a new order, and the same values for a repetition.',
	cause: 'configuration-invalid',
};

// Assumption: one of 400 and 409 is what an order gets that the merchant has submitted; the id has its
// right form already.
const ORDER_NOT_DELETED: Advice = {
	message: 'This product order can no longer be deleted',
	hint: "A product order can be deleted only until the merchant submits it. Read it with 'Get' to see its status.",
	cause: 'configuration-invalid',
};

const TOO_MANY: Advice = {
	message: 'Vipps MobilePay received too many requests',
	hint: 'Wait a few minutes, then run this again.',
	cause: 'rate-limited',
};

const ALL_KEYS =
	"Use the keys of a sales unit or partner keys (credential 'Vipps MobilePay Merchant API', with subscription key), or older management keys (credential 'Vipps MobilePay Accounting API'). Accounting keys do not open the Management API.";

const PARTNER_KEYS =
	"Product orders and price packages take partner keys only (credential 'Vipps MobilePay Merchant API', with subscription key). Open the credential and press Test.";

const isPartnerPath = (path: string) => /\/(product-orders|price-packages)(\/|$)/.test(path);

const refusedKeys = (status: number, path: string): Advice => ({
	message:
		status === 401 ? 'Vipps MobilePay did not accept the keys' : 'These keys may not do this',
	hint: isPartnerPath(path) ? PARTNER_KEYS : ALL_KEYS,
	cause: 'credential-invalid',
});

function notFound(path: string): Advice | undefined {
	if (/\/sales-units\/[^/]+/.test(path)) return SALES_UNIT_NOT_FOUND;
	if (/\/merchants\/[^/]+/.test(path)) return MERCHANT_NOT_FOUND;
	if (/\/product-orders\/[^/]+/.test(path)) return ORDER_NOT_FOUND;
	return undefined;
}

/** What the Management API means by some statuses. */
export function managementAdvice({ status }: Problem, { path, method }: Asked): Advice | undefined {
	if (status === 401 || status === 403) return refusedKeys(status, path);
	if (status === 404) return notFound(path);
	if (method === 'DELETE' && (status === 400 || status === 409)) return ORDER_NOT_DELETED;
	if (status === 409 && isPartnerPath(path)) return ORDER_CONFLICT;
	if (status === 429) return TOO_MANY;
	return undefined;
}
