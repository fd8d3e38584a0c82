import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readWholeNumber, refusal, show } from '../../../parameters';

const FLOWS = ['WEB_REDIRECT', 'PUSH_MESSAGE', 'NATIVE_REDIRECT', 'QR'] as const;
const QR_FORMATS = ['IMAGE/SVG+XML', 'IMAGE/PNG', 'TEXT/TARGETURL'] as const;
const LONGEST_URL = 2_500;
const DEFAULT_QR_SIZE = 1_024;

export type UserFlow = (typeof FLOWS)[number];

/** How the customer gets to the payment, and what each way needs. */
export const flowProperties: INodeProperties[] = [
	{
		displayName: 'User Flow',
		name: 'userFlow',
		type: 'options',
		options: [
			{
				name: 'App Switch (NATIVE_REDIRECT)',
				value: 'NATIVE_REDIRECT',
				description: 'From your own app to the Vipps or MobilePay app; for shops without a website',
			},
			{
				name: 'Push Message (PUSH_MESSAGE)',
				value: 'PUSH_MESSAGE',
				description: 'The customer, who is known, gets a message on the phone. Needs approval.',
			},
			{
				name: 'QR Code (QR)',
				value: 'QR',
				description: 'Gives a QR code for the customer to scan',
			},
			{
				name: 'Web Page (WEB_REDIRECT)',
				value: 'WEB_REDIRECT',
				description: 'Gives a link for the customer: the normal way for websites and e-mails',
			},
		],
		default: 'WEB_REDIRECT',
		description: 'How the customer gets to the payment',
	},
	{
		displayName: 'Return URL',
		name: 'returnUrl',
		type: 'string',
		required: true,
		displayOptions: { show: { userFlow: ['WEB_REDIRECT'] } },
		default: '',
		placeholder: 'e.g. https://example.com/thanks',
		description:
			"Where the customer comes back to. Must begin with https:// or with your own app's scheme.",
	},
	{
		displayName: 'Return URL',
		name: 'returnUrl',
		type: 'string',
		displayOptions: { show: { userFlow: ['NATIVE_REDIRECT'] } },
		default: '',
		placeholder: 'e.g. myapp://paid',
		description:
			"Where the customer comes back to. Must begin with https:// or with your own app's scheme.",
	},
	{
		displayName: 'QR Format',
		name: 'qrFormat',
		type: 'options',
		displayOptions: { show: { userFlow: ['QR'] } },
		options: [
			{ name: 'Address Only', value: 'TEXT/TARGETURL', description: 'To draw the code yourself' },
			{ name: 'PNG Image', value: 'IMAGE/PNG' },
			{ name: 'SVG Image', value: 'IMAGE/SVG+XML' },
		],
		default: 'IMAGE/SVG+XML',
		description: 'What the redirect URL of the answer leads to',
	},
	{
		displayName: 'QR Size',
		name: 'qrSize',
		type: 'number',
		typeOptions: { minValue: 100, maxValue: 2000 },
		displayOptions: { show: { userFlow: ['QR'], qrFormat: ['IMAGE/PNG'] } },
		default: DEFAULT_QR_SIZE,
		description: 'Width and height in pixels, 100 to 2000',
	},
];

/**
 * An address to which a browser or an app is sent: https, or the scheme of an app.
 *
 * @param field how the user knows it
 */
export function checkUrl(
	context: IExecuteFunctions,
	itemIndex: number,
	given: unknown,
	field: string,
): string {
	const url = String(given ?? '').trim();
	const scheme = URL.canParse(url) ? new URL(url).protocol : '';
	const isGood = scheme !== '' && !['http:', 'javascript:', 'data:', 'file:'].includes(scheme);
	if (isGood && url.length <= LONGEST_URL) return url;
	throw refusal(
		context,
		itemIndex,
		`The '${field}' is not valid: ${show(url.slice(0, 100))}`,
		`It must begin with https:// (or with the scheme of your own app, such as myapp://) and have at most ${LONGEST_URL} characters.`,
	);
}

function oneOf<T extends string>(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	displayName: string,
	values: readonly T[],
	fallback: T,
): T {
	const given = context.getNodeParameter(name, itemIndex, fallback) as unknown;
	if (values.includes(given as T)) return given as T;
	throw refusal(
		context,
		itemIndex,
		`The parameter '${displayName}' cannot be ${show(given)}`,
		`It is one of ${values.join(', ')}.`,
	);
}

/** The part of the body that says how the customer gets to the payment. */
export function readFlow(context: IExecuteFunctions, itemIndex: number) {
	const userFlow = oneOf(context, itemIndex, 'userFlow', 'User Flow', FLOWS, 'WEB_REDIRECT');
	if (userFlow === 'QR') {
		const format = oneOf(context, itemIndex, 'qrFormat', 'QR Format', QR_FORMATS, 'IMAGE/SVG+XML');
		if (format !== 'IMAGE/PNG') return { userFlow, qrFormat: { format } };
		const fallback = DEFAULT_QR_SIZE;
		const size = readWholeNumber(context, itemIndex, 'qrSize', 'QR Size', fallback, 100, 2000);
		return { userFlow, qrFormat: { format, size } };
	}
	if (userFlow === 'PUSH_MESSAGE') return { userFlow };

	const given = context.getNodeParameter('returnUrl', itemIndex, '') as unknown;
	if (userFlow === 'NATIVE_REDIRECT' && String(given ?? '').trim() === '') return { userFlow };
	return { userFlow, returnUrl: checkUrl(context, itemIndex, given, 'Return URL') };
}
