import type {
	IDataObject,
	IWebhookFunctions,
	IWebhookResponseData,
	NodeApiError,
} from 'n8n-workflow';
import { getPayment } from '../shared/api/epayment';
import { isTimely } from '../shared/webhooks/dateWindow';
import { identify, readEvent, type Identity } from '../shared/webhooks/event';
import { RecentEvents } from '../shared/webhooks/recentEvents';
import { signerOf } from '../shared/webhooks/signature';
import { Turns } from '../shared/webhooks/turns';
import { clientFor, logDetails, ownerOf, ownRegistrations, stateOf } from './context';
import { bodyOf, hasHungUp, isAccepted, sayUntilAnswered } from './exchange';
import { readDeliveryOptions, type DeliveryOptions } from './parameters';
import { isPassing, resultOf } from './result';

/**
 * The latest events of each node. A repetition can come while the first delivery is still being
 * stored, and n8n gives each its own copy of the static data: so they are remembered here, and in
 * the static data for after a restart. 10,000 take about a megabyte.
 */
const REMEMBERED = 10_000;
const STORED = 500;
const recent = new Map<string, RecentEvents>();

const turns = new Turns();

/** Vipps MobilePay waits ten seconds for an answer. */
const LONGEST_READING_MS = 5_000;

const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };
/** Taken, and nothing is started: 200. */
const TAKEN: IWebhookResponseData = { webhookResponse: 'OK' };

const keyOf = (context: IWebhookFunctions): string => `${context.getMode()} ${ownerOf(context)}`;

function recentOf(context: IWebhookFunctions): RecentEvents {
	const key = keyOf(context);
	const known = recent.get(key) ?? new RecentEvents(REMEMBERED);
	recent.set(key, known);
	const { recent: stored } = stateOf(context);
	if (Array.isArray(stored)) stored.forEach((one) => known.add(String(one)));
	return known;
}

/** Answers in a way that tells nothing: no body, and the same for every reason. */
function refuse(context: IWebhookFunctions, reason: string): IWebhookResponseData {
	const message = `Vipps MobilePay Webhook Trigger: refused a delivery ${reason}`;
	context.logger.warn(message, logDetails(context));
	context.getResponseObject().status(401).end();
	return ANSWERED;
}

/** Asks for another delivery, because this one could not be worked on just now. */
function askAgain(context: IWebhookFunctions, { message }: NodeApiError): IWebhookResponseData {
	const text = `Vipps MobilePay Webhook Trigger: the payment could not be read, the event will be delivered again: ${message}`;
	context.logger.warn(text, logDetails(context));
	context.getResponseObject().status(503).end();
	return ANSWERED;
}

const readPayment = async (
	context: IWebhookFunctions,
	{ reference, msn = '' }: NonNullable<Identity['payment']>,
) => {
	const deadline = Date.now() + LONGEST_READING_MS;
	return await resultOf(getPayment(clientFor(context, msn, deadline), reference, deadline));
};

/** Hands a true event to the workflow, unless it has been before. */
async function handOver(
	context: IWebhookFunctions,
	event: Record<string, unknown>,
	{ dedupeKey, payment }: Identity,
	options: DeliveryOptions,
	known: RecentEvents,
): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	// Whoever does not wait for the answer any more delivers again.
	if (hasHungUp(response)) return ANSWERED;
	if (known.has(dedupeKey)) return TAKEN;
	if (options.onlySuccessful && event.success === false) return TAKEN;

	const json = { ...event, dedupeKey } as IDataObject;
	if (options.readPayment && payment) {
		const read = await readPayment(context, payment);
		if ('error' in read) {
			if (isPassing(read.error)) return askAgain(context, read.error);
			// Answers 500, so that it is delivered again, and shows up as a failed execution.
			throw read.error;
		}
		if (hasHungUp(response)) return ANSWERED;
		json.payment = read.value as IDataObject;
	}
	// n8n saves this only when it has stored the execution.
	void sayUntilAnswered(response, () => {
		stateOf(context).recent = [...known.latest(STORED - 1), dedupeKey];
	});
	return { workflowData: [[{ json }]] };
}

/**
 * Takes a delivery: lets none in that this node's own registration has not signed, starts the
 * workflow once for each event, and in the order of events for each payment.
 *
 * n8n answers 200 when it has stored the execution. Only then an event counts as handed over:
 * after any other answer it is delivered again, and starts the workflow then.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const body = bodyOf(context.getRequestObject());
	const headers = context.getHeaderData();
	const options = readDeliveryOptions(context);
	const timely = isTimely(headers['x-ms-date'], Date.now(), options.maxAgeMs);
	const signer = signerOf({ body: body ?? new Uint8Array(), headers }, ownRegistrations(context));
	if (!signer || !body) return refuse(context, 'without a valid signature');
	if (!timely) {
		return refuse(context, 'whose date is too long ago, or ahead of the clock of this computer');
	}

	const event = readEvent(body);
	const identity = identify(event, body);
	const endTurn = await turns.take(`${keyOf(context)} ${identity.subject}`);
	const known = recentOf(context);
	let isHandedOver = false;
	try {
		const result = await handOver(context, event, identity, options, known);
		isHandedOver = result.workflowData !== undefined;
		return result;
	} finally {
		if (isHandedOver) {
			void isAccepted(context.getResponseObject()).then((accepted) => {
				if (accepted) known.add(identity.dedupeKey);
				endTurn();
			});
		} else {
			endTurn();
		}
	}
}
