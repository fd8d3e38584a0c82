import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { getPayment } from '../../../shared/api/epayment';
import { msnOptions, simplifyProperty } from '../../../shared/descriptions/common';
import { FINAL_STATES, type Payment } from '../../../shared/payment/payment';
import { simplifyPayment } from '../../../shared/simplified/payment';
import type { ApiClient } from '../../../shared/transport/client';
import { isCancelledIn, pause } from '../../../shared/transport/pause';
import { readWholeNumber, refusal } from '../../parameters';
import { referenceProperty } from './fields';
import { readReference } from './parameters';

/** As the API's guide asks for: first after 5 seconds, then every 2 seconds. */
const FIRST_PAUSE_MS = 5_000;
const PAUSE_MS = 2_000;
/** A payment expires after 10 minutes, unless it was created with another end. */
const DEFAULT_TIMEOUT_SECONDS = 600;
/** As long as a payment can live: 60 days. */
const LONGEST_TIMEOUT_SECONDS = 60 * 24 * 3600;

const properties: INodeProperties[] = [
	referenceProperty,
	{
		displayName: 'States',
		name: 'states',
		type: 'multiOptions',
		options: [
			{ name: 'Aborted', value: 'ABORTED', description: 'The customer said no' },
			{ name: 'Authorized', value: 'AUTHORIZED', description: 'The customer has approved' },
			{ name: 'Created', value: 'CREATED', description: 'The customer has not decided yet' },
			{ name: 'Expired', value: 'EXPIRED', description: 'The customer did nothing in time' },
			{ name: 'Terminated', value: 'TERMINATED', description: 'You cancelled before approval' },
		],
		default: ['AUTHORIZED'],
		description:
			'What to wait for. The wait also ends when the payment can reach none of these any more: check the state of the item.',
	},
	{
		displayName: 'Timeout in Seconds',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_TIMEOUT_SECONDS,
		description:
			'How long to wait. A customer has 10 minutes, unless the payment was created with another end.',
	},
	simplifyProperty,
	msnOptions,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['payment'], operation: ['waitForState'] } },
	properties,
);

export const simplify = simplifyPayment;

/** Each item waits for somebody else, so they wait at the same time. */
export const sideBySide = 20;

function readStates(context: IExecuteFunctions, itemIndex: number): string[] {
	const given = context.getNodeParameter('states', itemIndex, []) as unknown;
	const listed = Array.isArray(given) ? given : String(given ?? '').split(',');
	const states = listed.map((state) => String(state).trim().toUpperCase()).filter(Boolean);
	if (states.length > 0) return states;
	throw refusal(
		context,
		itemIndex,
		"The parameter 'States' is empty",
		'Choose at least one state to wait for, usually Authorized.',
	);
}

/** Reads a payment until it is in a wanted or a final state. */
export async function execute(
	context: IExecuteFunctions,
	client: ApiClient,
	itemIndex: number,
): Promise<Payment[]> {
	const reference = readReference(context, itemIndex);
	const wanted = [...readStates(context, itemIndex), ...FINAL_STATES];
	const seconds = readWholeNumber(
		context,
		itemIndex,
		'timeoutSeconds',
		'Timeout in Seconds',
		DEFAULT_TIMEOUT_SECONDS,
		1,
		LONGEST_TIMEOUT_SECONDS,
	);
	const isCancelled = isCancelledIn(context);
	const end = Date.now() + seconds * 1000;

	for (let wait = FIRST_PAUSE_MS; ; wait = PAUSE_MS) {
		await pause(Math.min(wait, end - Date.now()), isCancelled);
		const payment = await getPayment(client, reference, end);
		if (wanted.includes(payment.state)) return [payment];
		if (Date.now() >= end) {
			throw refusal(
				context,
				itemIndex,
				`Time ran out after ${seconds} seconds: the payment ${reference} is still ${payment.state}`,
				"Nothing was changed. Wait again, or withdraw the payment with 'Cancel'. To go on with the workflow anyway, set On Error of this node to Continue.",
			);
		}
	}
}
