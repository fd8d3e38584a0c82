import type { IExecuteFunctions, INodeProperties, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { getPayment, movePaymentMoney } from '../../../shared/api/epayment';
import {
	idempotencyKeyOption,
	merchantSerialNumberOption,
	simplifyProperty,
} from '../../../shared/descriptions/common';
import { toMajor } from '../../../shared/money';
import {
	amountLeft,
	amountMoved,
	type Amount,
	type MoneyMove,
	type Payment,
	type PaymentEvent,
} from '../../../shared/payment/payment';
import type { ApiClient } from '../../../shared/transport/client';
import { keyOfRun, readOwnKey } from '../../idempotency';
import { readMsnOption, refusal, show } from '../../parameters';
import { amountProperties, currencyProperty, referenceProperty } from './fields';
import { readAmount, readReference } from './parameters';
import { isDone, sendOnce } from './sent';

const WORDS = {
	capture: { done: 'captured', event: 'CAPTURED', doIt: 'capture', of: 'authorized' },
	refund: { done: 'refunded', event: 'REFUNDED', doIt: 'refund', of: 'captured' },
} as const;

/** Other states than the documented ones are left to the API. */
const WITHOUT_MONEY = ['CREATED', 'ABORTED', 'EXPIRED', 'TERMINATED'];

/** The fields of Capture and Refund. */
export const moveMoneyProperties = (move: MoneyMove): INodeProperties[] => [
	referenceProperty,
	{
		displayName: 'Amount Mode',
		name: 'amountMode',
		type: 'options',
		options: [
			{
				name: 'Full',
				value: 'full',
				description: `Everything of the payment that can still be ${WORDS[move].done}`,
			},
			{ name: 'Partial', value: 'partial', description: 'A certain amount' },
		],
		default: 'full',
		description: `How much to ${move}`,
	},
	...amountProperties.map((property) => ({
		...property,
		displayOptions: { show: { ...property.displayOptions?.show, amountMode: ['partial'] } },
	})),
	{ ...currencyProperty, displayOptions: { show: { amountMode: ['partial'] } } },
	simplifyProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Check Before Sending',
				name: 'checkBeforeSending',
				type: 'boolean',
				default: true,
				description:
					'Whether to read the payment first, so that a wrong currency or more than is left is refused before anything is sent, and what was done with the same idempotency key is not sent again',
			},
			idempotencyKeyOption,
			merchantSerialNumberOption,
		],
	},
];

/** What stands in the way of the move, as message and advice. */
function objection(payment: Payment, move: MoneyMove, { currency, value }: Amount) {
	const { reference, state, aggregate } = payment;
	const left = amountLeft(payment, move);
	const money = `${toMajor(left)} ${aggregate.authorizedAmount.currency}`;
	const { done, doIt, of } = WORDS[move];
	if (currency !== aggregate.authorizedAmount.currency) {
		return [
			`The payment ${reference} is in ${aggregate.authorizedAmount.currency}, not in ${currency}`,
			"Nothing was sent. Choose the payment's own currency.",
		];
	}
	if (WITHOUT_MONEY.includes(state)) {
		return [
			`The payment ${reference} is ${state}, so there is nothing to ${doIt}`,
			state === 'CREATED'
				? "Nothing was sent. The customer has not approved it yet. Use 'Wait for State' first."
				: 'Nothing was sent. The customer never approved it; create a new payment.',
		];
	}
	if (left <= 0) {
		return [
			`Nothing is left to ${doIt} of the payment ${reference}`,
			`Nothing was sent. All that was ${of} has been ${done}${move === 'capture' ? ' or cancelled' : ''} already. 'Get' shows the sums.`,
		];
	}
	if (value > left) {
		return [
			`Only ${money} of the payment ${reference} can still be ${done}, not ${toMajor(value)}`,
			`Nothing was sent. Enter ${toMajor(left)} or less, or set the amount mode to Full. Check the amount unit if the amount looks 100 times too large.`,
		];
	}
	return undefined;
}

/**
 * The payment, and whether this move has been made: by an earlier attempt, or with the user's
 * own key by an earlier run. How long the API remembers a key is not documented, while the
 * history stays.
 */
async function lookFirst(
	context: IExecuteFunctions,
	client: ApiClient,
	reference: string,
	move: MoneyMove,
	isOwn: (event: PaymentEvent) => boolean,
): Promise<{ payment: Payment; done: boolean }> {
	try {
		const payment = await getPayment(client, reference);
		const mayBeDone = amountMoved(payment, move) > 0;
		return { payment, done: mayBeDone && (await isDone(client, reference, isOwn)) };
	} catch (error) {
		// Of Retry On Fail, the user sees the last error only.
		if (error instanceof NodeApiError && error.httpCode !== '404') {
			error.description = `${error.description} This attempt sent no ${move}. If there was one before, by 'Retry On Fail', read the payment with 'Get' before you run this again.`;
		}
		throw new NodeApiError(context.getNode(), error as JsonObject);
	}
}

/**
 * Captures or refunds for one item: a look at the payment and its history, then one request
 * that repeats its key until it is answered.
 */
export async function moveMoney(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
	move: MoneyMove,
): Promise<Payment[]> {
	const reference = readReference(context, itemIndex);
	const mode = context.getNodeParameter('amountMode', itemIndex, 'full') as unknown;
	if (mode !== 'full' && mode !== 'partial') {
		throw refusal(
			context,
			itemIndex,
			`The parameter 'Amount Mode' is neither full nor partial: ${show(mode)}`,
			'Choose it from the list, or let the expression give full or partial.',
		);
	}
	const asked = mode === 'partial' ? readAmount(context, itemIndex) : undefined;
	const ownKey = readOwnKey(context, itemIndex);
	const check = context.getNodeParameter('options.checkBeforeSending', itemIndex, true) !== false;

	// In full mode without the amount: what is left may change between two attempts, and the
	// second one must not move a second amount.
	const key =
		ownKey ??
		keyOfRun(context, itemIndex, move, readMsnOption(context, itemIndex), reference, asked ?? mode);
	const isOwn = ({ name, amount, idempotencyKey }: PaymentEvent) =>
		name === WORDS[move].event &&
		idempotencyKey === key &&
		(asked === undefined || (amount?.value === asked.value && amount.currency === asked.currency));

	let amount = asked;
	if (amount === undefined || check) {
		const { payment, done } = await lookFirst(context, client, reference, move, isOwn);
		if (done) return [payment];
		const { currency } = payment.aggregate.authorizedAmount;
		amount ??= { currency, value: amountLeft(payment, move) };
		const against = objection(payment, move, amount);
		if (against) {
			const [message, description] = against;
			throw refusal(context, itemIndex, message, description);
		}
	}

	const send = { currency: amount.currency, value: amount.value };
	const moved = await sendOnce(context, client, reference, {
		send: async () => await movePaymentMoney(client, move, reference, send, key),
		isOwn,
		readBack: async () => await getPayment(client, reference),
	});
	const sum = amountMoved(moved, move);
	if (sum < amount.value) {
		throw refusal(
			context,
			itemIndex,
			`Vipps MobilePay took the ${move} of ${toMajor(amount.value)} ${amount.currency}, but shows ${toMajor(sum)} as ${WORDS[move].done}`,
			"Read the payment with 'Get' in a minute, and only then decide whether to repeat it.",
		);
	}
	return [moved];
}
