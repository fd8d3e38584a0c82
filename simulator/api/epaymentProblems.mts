import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { ZodError } from 'zod';
import { ApiError } from '../errors.mts';
import { PassingError } from '../idempotency.mts';
import type { Refusal } from '../world/payment/refusal.mts';

export interface Detail {
	name: string;
	reason: string;
}

/** Titles of the documented codes. */
const titles: Record<number, string> = {
	3010: 'Internal error',
	4010: 'Capture idempotency conflict',
	4020: 'Idempotency error',
	4040: 'Invalid amount',
	4050: 'Invalid CustomerToken',
	4060: 'Invalid PersonalQr',
	4070: 'Invalid phone number',
	4080: 'Invalid scope',
	4090: 'Invalid URL',
	4100: 'Metadata capacity exceeded',
	4110: 'Metadata duplicate keys not allowed',
	4120: 'Metadata key length exceeded',
	4130: 'Metadata value length exceeded',
	4140: 'Missing required parameter',
	4150: 'Reference exists or refund idempotency conflict',
	4160: 'Invalid payment method type',
	5010: 'Blocking sources not applicable',
	5020: 'Express payment not allowed',
	5030: 'Illegal scope',
	5040: 'Invalid currency for merchant',
	5050: 'Long-living payment not allowed',
	5060: 'Merchant bank account not verified',
	5070: 'Payment cannot be created',
	5080: 'PUSH_MESSAGE not allowed',
	5090: 'Reference not found',
	5100: 'Refund not possible',
	6010: 'Amount too small',
	6020: 'Attempted refund before reservation',
	6030: 'Cancel period expired',
	6040: 'Cannot cancel a captured payment',
	6050: 'Cannot cancel a non-reserved payment',
	6060: 'Cannot cancel authorized payment',
	6070: 'Cannot capture a cancelled payment',
	6080: 'Cannot capture before reservation',
	6090: 'Capture amount too high',
	6100: 'Capture period expired',
	6110: 'Expiration date is too late',
	6120: 'Expiration date is too soon',
	6130: 'Long living payments require a receipt',
	6140: 'Must capture full amount',
	6150: 'Not enough refundable',
	6160: 'Order processing',
	6170: 'Payment already captured',
	6180: 'Payment already refunded',
	6190: 'Payment cannot be cancelled',
	6200: 'Payment cannot be captured',
	6210: 'Payment cannot be refunded',
	6220: 'Refund period expired',
	6230: 'Payment is already reserved',
	6250: 'Cannot cancel processing payment',
	6260: 'Funds unavailable',
	6280: 'Capture failed, please try again later',
	7010: 'Customer not found',
	10010: 'Approve failed',
	10020: 'Approve not allowed',
	10030: 'Identification required',
	10040: 'Invalid payment source',
	10050: 'No cards',
	10060: 'Operation not supported',
	10070: 'Payment limit exceeded',
};

/** Which status a code comes with is documented for a few only; where it is not 400 here, that is an assumption but for 409 and 404. */
const statuses: Record<number, number> = {
	3010: 500,
	4010: 409,
	4020: 409,
	4150: 409,
	5020: 403,
	5030: 403,
	5050: 403,
	5060: 403,
	5070: 403,
	5080: 403,
	5090: 404,
	6160: 423,
	6250: 423,
};

/** Codes after which the documentation has the same request tried again with the same key. */
const passing = [6160, 6250, 6260, 6280];

/** The codes that an error can have. */
export const errorCodes = Object.keys(titles).map(Number);

/** problem+json as the ePayment API writes it. */
export function epaymentProblem(
	request: FastifyRequest,
	status: number,
	title: string,
	extraDetails?: Detail[],
): ApiError {
	const body = {
		type: `https://httpstatuses.io/${status}`,
		title,
		detail: title,
		instance: request.url.replace(/^\/epayment/, ''),
		status,
		...(extraDetails ? { extraDetails } : {}),
		traceId: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
	};
	return new ApiError(status, body, 'application/problem+json; charset=utf-8');
}

/** A request with fields that are not as documented: their names, and no code. */
export function invalidFields(request: FastifyRequest, details: Detail[]): ApiError {
	return epaymentProblem(request, 400, 'Bad Request', details);
}

/** The problem of a domain rule, by its code. */
export function codedProblem(request: FastifyRequest, { code, status, field }: Refusal): ApiError {
	const title = titles[code] ?? `Error ${code}`;
	const answer = epaymentProblem(request, status ?? statuses[code] ?? 400, title, [
		{ name: 'ErrorCode', reason: String(code) },
		// Assumption: the field is said to be named, not how.
		...(field === undefined ? [] : [{ name: field, reason: title }]),
	]);
	if (!passing.includes(code)) return answer;
	return new PassingError(answer.status, answer.body, answer.contentType);
}

/** One detail per issue; how paths are written is an assumption: `receipt.orderLines[0].name`. */
export function detailsOf({ issues }: ZodError): Detail[] {
	return issues.flatMap((issue) =>
		issue.code === 'unrecognized_keys'
			? issue.keys.map((key) => ({
					name: pathOf([...issue.path, key]),
					reason: 'The field is not known',
				}))
			: [{ name: pathOf(issue.path) || 'body', reason: issue.message }],
	);
}

function pathOf(path: readonly (string | number)[]): string {
	return path.reduce<string>(
		(text, step) =>
			typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`,
		'',
	);
}
