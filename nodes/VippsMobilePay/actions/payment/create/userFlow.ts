import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { oneOf, readWholeNumber, refusal, show } from '../../../parameters';

const FLOWS = ['WEB_REDIRECT', 'PUSH_MESSAGE', 'NATIVE_REDIRECT', 'QR'] as const;
const QR_FORMATS = ['IMAGE/SVG+XML', 'IMAGE/PNG', 'TEXT/TARGETURL'] as const;
const LONGEST_URL = 2_500;
/** Schemes that no customer can be sent to. */
const NO_APPS = ['http', 'javascript', 'vbscript', 'data', 'blob', 'file'];
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
 * An address on the web.
 *
 * @param field how the user knows it
 * @param orApp whether the scheme of an app will do, too
 */
export function checkUrl(
	context: IExecuteFunctions,
	itemIndex: number,
	given: unknown,
	field: string,
	{ orApp = false } = {},
): string {
	const url = String(given ?? '').trim();
	// Without the slashes "localhost:5678" would be an app named localhost.
	const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(url)?.[1].toLowerCase() ?? '';
	const isGood = scheme === 'https' || (orApp && scheme !== '' && !NO_APPS.includes(scheme));
	if (isGood && URL.canParse(url) && url.length <= LONGEST_URL) return url;
	const app = orApp ? ' (or with the scheme of your own app, such as myapp://)' : '';
	throw refusal(
		context,
		itemIndex,
		`The '${field}' is not valid: ${show(url.slice(0, 100))}`,
		`It must begin with https://${app} and have at most ${LONGEST_URL} characters.`,
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
	return {
		userFlow,
		returnUrl: checkUrl(context, itemIndex, given, 'Return URL', { orApp: true }),
	};
}
