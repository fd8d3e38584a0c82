import type { Problem } from '../problem';
import { isWrite, type Advice, type Asked } from './advice';

const BY_STATUS: Readonly<Record<number, Advice>> = {
	400: {
		message: 'Vipps MobilePay did not accept the request',
		hint: 'Check the values that are named here.',
		cause: 'configuration-invalid',
	},
	401: {
		message: 'Vipps MobilePay did not accept the keys',
		hint: 'Open the credential and press Test. Check that the keys are of the type that this operation needs: the Sales API takes accounting keys only, payments take merchant keys.',
		cause: 'credential-invalid',
	},
	403: {
		message: 'These keys may not do this',
		hint: 'Check the type of the keys: the Sales API takes accounting keys only, partner keys cannot read ledgers. Accounting keys need the access that a merchant gives in the business portal under Reports.',
		cause: 'credential-invalid',
	},
	404: {
		message: 'Vipps MobilePay did not find this',
		hint: 'Check the number, and that these keys have access to it.',
		cause: 'configuration-invalid',
	},
	410: {
		message: 'This part of the API has been taken out of service',
		hint: 'Update this package to its newest version.',
		cause: 'node-defect',
	},
	423: {
		message: 'Vipps MobilePay is still working on an earlier request for this',
		hint: 'Try again in a few minutes.',
		cause: 'temporarily-unavailable',
	},
	429: {
		message: 'Vipps MobilePay received too many requests',
		hint: 'Wait a few minutes. Poll less often, at another minute than the full hour, or read fewer ledgers at once.',
		cause: 'rate-limited',
	},
};

const OTHER: Advice = {
	message: 'Vipps MobilePay gave an unexpected answer',
	hint: 'Try again. If it stays like this, report it together with the trace ID.',
	cause: 'node-defect',
};

/** What to look at before a write is sent again that may have been carried out. */
const LOOK_FIRST: ReadonlyArray<readonly [api: string, text: string]> = [
	[
		'/epayment/',
		"Read the payment with 'Get' before you run this again: only with the same idempotency key, as 'Retry On Fail' sends it, nothing is done twice.",
	],
	[
		'/management/',
		'Look at the product orders before you run this again; with the same idempotency key no order is made twice.',
	],
	['/webhooks/', "See with the resource 'Webhook', operation 'Get Many', what is registered."],
];

/** What to say of a write that may have been carried out although no success was seen. */
export function unknownOutcome({ path }: Asked): string {
	const look =
		LOOK_FIRST.find(([api]) => path.startsWith(api))?.[1] ??
		'Look whether it was before you run this again.';
	return `It is not known whether this was carried out. ${look}`;
}

/** The advice for a status that means the same in every API. */
export function adviceByStatus({ status }: Problem, asked: Asked): Advice {
	// With any other status this very request was refused.
	if (status >= 500 || status === 408) {
		return {
			message: 'Vipps MobilePay could not answer just now',
			hint: isWrite(asked)
				? unknownOutcome(asked)
				: 'Nothing was changed. Try again in a few minutes.',
			cause: 'temporarily-unavailable',
		};
	}
	return BY_STATUS[status] ?? OTHER;
}

/** The advice for a request that got no complete answer. */
export const unreachableAdvice = (asked: Asked): Advice => ({
	message: 'Vipps MobilePay could not be reached',
	hint: isWrite(asked)
		? `Check the internet connection, the proxy and the Base URL of the credential. ${unknownOutcome(asked)}`
		: 'Check the internet connection, the proxy and the Base URL of the credential, then try again. A repetition is safe.',
	cause: 'temporarily-unavailable',
});

/** The advice for a success whose body cannot be used. */
export const cutShortAdvice = (asked: Asked): Advice => ({
	message: 'The answer of Vipps MobilePay was incomplete or not what was asked for',
	hint: isWrite(asked) ? unknownOutcome(asked) : 'Try again in a few minutes. Nothing was lost.',
	cause: 'temporarily-unavailable',
});
