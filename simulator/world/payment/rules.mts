import { markets } from '../markets.mts';
import type { SalesUnit } from '../salesUnits.mts';
import { checkCustomer } from './customer.mts';
import { scopesOf, type PaymentOrder } from './order.mts';
import { Refusal } from './refusal.mts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Minor units. */
const smallest: Record<string, number> = { NOK: 100, DKK: 1, EUR: 1 };

const scopes = ['name', 'address', 'email', 'phoneNumber', 'birthDate'];
/** Needs a permission that no sales unit here has. */
const guardedScopes = ['nin', 'accountNumber'];

/**
 * The rules for a new payment that a well-formed order can break.
 * @param now milliseconds
 * @throws Refusal with the code of the first rule that is broken
 */
export function checkOrder(order: PaymentOrder, unit: SalesUnit, now: number): void {
	checkPermissions(order, unit);
	checkAmount(order, unit);
	checkFlow(order);
	checkMetadata(order);
	checkScopes(order);
	checkUrls(order);
	checkExpiry(order, now);
	checkCustomer(order);
}

function checkPermissions(order: PaymentOrder, { configuration, market }: SalesUnit): void {
	const { type, blockedSources = [] } = order.paymentMethod;
	if (order.cardPassthrough && type !== 'CARD_PASSTHROUGH') throw new Refusal(4160);
	// Assumption: only payment service providers may, and the simulated merchants are none.
	if (type === 'CARD_PASSTHROUGH' || !configuration.paymentAllowed) throw new Refusal(5070);
	if (type === 'CARD' && !configuration.creditCardPaymentAllowed) throw new Refusal(5070);
	if (blockedSources.length > 0 && (market === 'NO' || type !== 'WALLET')) throw new Refusal(5010);
	if (order.userFlow === 'PUSH_MESSAGE' && !configuration.skipLandingPageAllowed) {
		throw new Refusal(5080);
	}
	if (order.expiresAt && !configuration.longLivingPaymentAllowed) throw new Refusal(5050);
}

function checkAmount({ amount, shipping }: PaymentOrder, { market }: SalesUnit): void {
	const { currency } = markets[market];
	const options = shipping?.fixedOptions?.flatMap((group) => group.options) ?? [];
	for (const given of [amount, ...options.map((option) => option.amount)]) {
		if (given.currency !== currency) throw new Refusal(5040);
	}
	if (amount.value < smallest[currency]!) throw new Refusal(6010);
}

function checkFlow({ userFlow, returnUrl, customer }: PaymentOrder): void {
	if (userFlow === 'WEB_REDIRECT' && returnUrl === undefined) {
		throw new Refusal(4140, { field: 'returnUrl' });
	}
	if (userFlow === 'PUSH_MESSAGE' && customer === undefined) {
		throw new Refusal(4140, { field: 'customer' });
	}
}

function checkMetadata({ metadata }: PaymentOrder): void {
	const pairs = Object.entries(metadata ?? {});
	if (pairs.length > 5) throw new Refusal(4100);
	for (const [key, value] of pairs) {
		if (key.length > 100) throw new Refusal(4120);
		if (value.length > 500) throw new Refusal(4130);
	}
}

function checkScopes(order: PaymentOrder): void {
	const asked = scopesOf(order);
	if (asked.some((name) => guardedScopes.includes(name))) throw new Refusal(5030);
	if (!asked.every((name) => scopes.includes(name))) throw new Refusal(4080);
}

function checkUrls(order: PaymentOrder): void {
	const secure = {
		'shipping.dynamicOptions.callbackUrl': order.shipping?.dynamicOptions?.callbackUrl,
		'merchantLegalLinks.termsOfSaleUrl': order.merchantLegalLinks?.termsOfSaleUrl,
		'merchantLegalLinks.privacyPolicyUrl': order.merchantLegalLinks?.privacyPolicyUrl,
	};
	const secureOrCustom = { returnUrl: order.returnUrl, receiptUrl: order.receiptUrl };
	for (const [field, url] of Object.entries(secure)) {
		if (url !== undefined && schemeOf(url) !== 'https:') throw new Refusal(4090, { field });
	}
	const forbidden = [null, 'http:', 'javascript:', 'data:', 'vbscript:', 'file:', 'blob:'];
	for (const [field, url] of Object.entries(secureOrCustom)) {
		if (typeof url === 'string' && forbidden.includes(schemeOf(url))) {
			throw new Refusal(4090, { field });
		}
	}
}

function schemeOf(url: string): string | null {
	return URL.canParse(url) ? new URL(url).protocol : null;
}

function checkExpiry({ expiresAt, receipt }: PaymentOrder, now: number): void {
	if (!expiresAt) return;
	if (!receipt) throw new Refusal(6130);
	const ahead = Date.parse(expiresAt) - now;
	if (ahead >= 60 * dayMs) throw new Refusal(6110);
	if (ahead <= 10 * minuteMs) throw new Refusal(6120);
}
