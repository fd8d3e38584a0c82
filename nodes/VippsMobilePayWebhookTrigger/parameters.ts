import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { MSN } from '../shared/msn';

type Context = IHookFunctions | IWebhookFunctions;

export const CREDENTIAL_TYPE = 'vippsMobilePayMerchantApi';

/** What the API takes its own names of; a typing error is better refused here. */
const EVENT_NAME = /^[a-z\d]+([.-][a-z\d]+)+$/i;

const refuse = (context: Context, message: string, description: string) =>
	new NodeOperationError(context.getNode(), message, { description });

/** Names that come from the list or, by an expression, as text with commas. */
const namesIn = (value: unknown): string[] =>
	(Array.isArray(value) ? value : String(value ?? '').split(','))
		.map((name) => String(name).trim())
		.filter((name) => name !== '');

/**
 * The names of the events to register for, each once.
 *
 * @throws NodeOperationError when there are none, or one that cannot be the name of an event
 */
export function readEvents(context: Context): string[] {
	const events = [
		...namesIn(context.getNodeParameter('triggerOn', [])),
		...namesIn(context.getNodeParameter('options.furtherEvents', '')),
	];
	if (events.length === 0) {
		throw refuse(
			context,
			"The parameter 'Trigger On' is empty",
			'Choose at least one event, for example Payment: Authorized.',
		);
	}
	const wrong = events.find((name) => !EVENT_NAME.test(name));
	if (wrong !== undefined) {
		throw refuse(
			context,
			`This is not the name of an event: ${JSON.stringify(wrong)}`,
			'Names of events look like epayments.payment.authorized.v1, with commas between them.',
		);
	}
	return [...new Set(events)];
}

/**
 * The sales unit to listen to, when it is not the credential's.
 *
 * @throws NodeOperationError unless it is a merchant serial number
 */
export function readMsnOption(context: Context): string | undefined {
	const given = context.getNodeParameter('options.merchantSerialNumber', '') as unknown;
	const msn = String(given ?? '').trim();
	if (msn === '') return undefined;
	if (MSN.test(msn)) return msn;
	throw refuse(
		context,
		`The option 'Merchant Serial Number' is not valid: ${JSON.stringify(given)}`,
		'A merchant serial number (MSN) has 4 to 10 digits, such as 123456.',
	);
}

const DEFAULT_MAX_AGE_HOURS = 192;
const MS_PER_HOUR = 3_600_000;

export interface DeliveryOptions {
	/** How old the date of a delivery may be, in milliseconds. */
	maxAgeMs: number;
	onlySuccessful: boolean;
	readPayment: boolean;
}

export function readDeliveryOptions(context: IWebhookFunctions): DeliveryOptions {
	const options = context.getNodeParameter('options', {}) as {
		maxAgeHours?: unknown;
		onlySuccessful?: unknown;
		readPayment?: unknown;
	};
	const hours = Number(options.maxAgeHours ?? DEFAULT_MAX_AGE_HOURS);
	return {
		// What is no number of hours must not open the window.
		maxAgeMs: (hours > 0 && Number.isFinite(hours) ? hours : DEFAULT_MAX_AGE_HOURS) * MS_PER_HOUR,
		onlySuccessful: options.onlySuccessful === true,
		readPayment: options.readPayment === true,
	};
}
