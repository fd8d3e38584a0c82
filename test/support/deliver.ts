import { createHash, createHmac } from 'node:crypto';
import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';

export interface Signed {
	body: Buffer;
	headers: Record<string, string>;
}

export interface Sender {
	url: string;
	secret: string;
	/** Default: now. */
	date?: Date;
}

/** A delivery as Vipps MobilePay documents it, by a program of its own. */
export function sign(content: IDataObject | string | Buffer, sender: Sender): Signed {
	const body = Buffer.isBuffer(content)
		? content
		: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
	const { pathname, search, host } = new URL(sender.url);
	const date = (sender.date ?? new Date()).toUTCString();
	const hash = createHash('sha256').update(body).digest('base64');
	const signature = createHmac('sha256', Buffer.from(sender.secret, 'utf8'))
		.update(['POST', pathname + search, `${date};${host};${hash}`].join('\n'))
		.digest('base64');
	return {
		body,
		headers: {
			'content-type': 'application/json',
			'x-ms-date': date,
			'x-ms-content-sha256': hash,
			authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
		},
	};
}

export interface Answered {
	status: number;
	body: string;
	headers: Record<string, unknown>;
}

/** Posts a delivery to a server on this computer, whatever the address in its signature. */
export async function post(to: string, { body, headers }: Signed): Promise<Answered> {
	const answer = await axios.post<string>(to, body, {
		headers,
		proxy: false,
		responseType: 'text',
		transformRequest: (data: Buffer) => data,
		transformResponse: (data: string) => data,
		validateStatus: () => true,
	});
	return { status: answer.status, body: answer.data, headers: answer.headers };
}

let payments = 0;

/** An event of a payment of its own, as the API tells it. */
export function paymentEvent(changes: IDataObject = {}): IDataObject {
	const number = ++payments;
	return {
		msn: '123456',
		reference: `acme-shop-order-${number}`,
		pspReference: `psp-reference-${number}`,
		name: 'AUTHORIZED',
		amount: { currency: 'NOK', value: 49_900 },
		timestamp: '2026-01-19T16:26:32.099Z',
		success: true,
		...changes,
	};
}
