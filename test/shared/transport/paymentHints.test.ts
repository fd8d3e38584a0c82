import { apiError } from '../../../nodes/shared/transport/apiError';
import { PAYMENT_HINTS } from '../../../nodes/shared/transport/paymentHints';
import { NODE } from '../../support/node';

const CHANGE = 'configuration-invalid';
const WAIT = 'temporarily-unavailable';

/** The documented codes, each with a word of its documented title or cure. */
const DOCUMENTED: Array<[code: string, about: RegExp, cause: string]> = [
	['3010', /could not work on/, WAIT],

	['4010', /idempotency key.* capture.*nothing was captured twice/i, CHANGE],
	['4020', /idempotency key.*nothing was done twice/i, CHANGE],
	['4040', /'Amount'.*minor units/, CHANGE],
	['4050', /token/, CHANGE],
	['4060', /personal QR/, CHANGE],
	['4070', /'Customer Phone Number'.*country code/, CHANGE],
	['4080', /'Profile Scope'/, CHANGE],
	['4090', /'Return URL'.*https/, CHANGE],
	['4100', /'Metadata'.*5 pairs|5 pairs.*'Metadata'/, CHANGE],
	['4110', /same key.*'Metadata'/, CHANGE],
	['4120', /key.*'Metadata'.*100 characters/, CHANGE],
	['4130', /value.*'Metadata'.*500 characters/, CHANGE],
	['4140', /missing.*'User Flow'.*'Return URL'/, CHANGE],
	['4150', /reference or idempotency key.*nothing was done twice.*'Reference'.*refund/i, CHANGE],
	['4160', /payment method.*card passthrough/, CHANGE],

	['5010', /'Blocked Sources'.*Denmark and Finland/, CHANGE],
	['5020', /Express/, CHANGE],
	['5030', /national identity number.*'Profile Scope'/, CHANGE],
	['5040', /'Currency'.*NOK.*DKK.*EUR.*'Check Before Sending'/, CHANGE],
	['5050', /'Expires At'.*approve/, CHANGE],
	['5060', /bank account.*verified/, CHANGE],
	['5070', /cannot create/, CHANGE],
	['5080', /push messages.*'User Flow'/, CHANGE],
	['5090', /'Reference'.*merchant serial number/, CHANGE],
	['5100', /set up to refund/, CHANGE],

	['6010', /too small.*1\.00 NOK, 0\.01 DKK or 0\.01 EUR/, CHANGE],
	['6020', /refund.*never reserved/, CHANGE],
	['6030', /time for cancelling.*180 days/, CHANGE],
	['6040', /captured.*cancelled.*'Refund'/, CHANGE],
	['6050', /cancel.*not reserved/, CHANGE],
	['6060', /has approved.*not cancelled.*'Cancel Transaction Only'/, CHANGE],
	['6070', /cancelled.*cannot be captured/, CHANGE],
	['6080', /not approved.*AUTHORIZED/, CHANGE],
	['6090', /capture is higher.*'Amount'.*'Check Before Sending'/, CHANGE],
	['6100', /time for capturing.*180 days.*14 days/, CHANGE],
	['6110', /too late.*'Expires At'.*60 days/, CHANGE],
	['6120', /too soon.*'Expires At'.*10 minutes/, CHANGE],
	['6130', /'Receipt'.*'Expires At'/, CHANGE],
	['6140', /captured in full/, CHANGE],
	['6150', /refund is higher.*'Amount'.*'Check Before Sending'/, CHANGE],
	['6160', /busy.*Wait a minute.*read the payment.*same idempotency key/, WAIT],
	['6170', /already captured/, CHANGE],
	['6180', /already refunded/, CHANGE],
	['6190', /state.*be cancelled/, CHANGE],
	['6200', /state.*be captured/, CHANGE],
	['6210', /state.*be refunded/, CHANGE],
	['6220', /time for refunding.*365 days/, CHANGE],
	['6230', /already approved.*'Reference'/, CHANGE],
	['6250', /processed and cannot be cancelled.*Wait a minute, then run 'Cancel' again/, WAIT],
	['6260', /reserved money.*released.*do not hand over/, WAIT],
	['6280', /capture failed.*'Get'.*same idempotency key/, WAIT],

	['7010', /no customer.*'Customer Phone Number'/, CHANGE],

	['10010', /approved.*test environment only/, CHANGE],
	['10020', /approved without the app.*test environment only/, CHANGE],
	['10030', /identified.*test environment only/, CHANGE],
	['10040', /payment source.*test environment only/, CHANGE],
	['10050', /no card.*test environment only/, CHANGE],
	['10060', /not support.*test environment only/, CHANGE],
	['10070', /limit.*test environment only/, CHANGE],
];

/** What a user reads when a request for a payment was answered with a problem. */
function read(extraDetails: object[], status = 400) {
	const body = { title: 'Bad Request', status, traceId: '00-abc-01', extraDetails };
	return apiError(
		NODE,
		{ kind: 'answered', status, body, headers: {} },
		{ request: { path: '/epayment/v1/payments/order-12345/capture', method: 'POST' } },
	);
}

const readCode = (code: string, status = 400) =>
	read([{ name: 'ErrorCode', reason: code }], status);

const ownHint = (description: string) => description.slice(0, description.indexOf(' The API says'));

const sentences = (text: string) => text.split(/(?<=\.)\s+(?=[A-Z'])/);

describe.each(DOCUMENTED)('the ePayment error code %s', (code, about, cause) => {
	it('says what happened, then what to do', () => {
		const { message, description, failure } = readCode(code);
		expect(`${message}. ${ownHint(description!)}`).toMatch(about);
		expect(failure).toEqual({ cause });
	});

	it('is short, and told in whole sentences', () => {
		const { message, description } = readCode(code);
		expect(message).toMatch(/^[A-Z].*[^.]$/);
		expect(message.length).toBeLessThanOrEqual(90);
		const hint = ownHint(description!);
		expect(hint).toMatch(/^[A-Z].*\.$/);
		expect(sentences(hint).length).toBeLessThanOrEqual(2);
		expect(hint.length).toBeLessThanOrEqual(250);
	});

	it('keeps the code and the trace ID for the support', () => {
		const { description } = readCode(code);
		expect(description).toContain(`Code: ${code}.`);
		expect(description).toContain('Trace ID: 00-abc-01.');
	});

	it('means the same with every status', () => {
		const { message, description } = readCode(code);
		for (const status of [403, 404, 409, 423, 500]) {
			expect(readCode(code, status).message).toBe(message);
			expect(ownHint(readCode(code, status).description!)).toBe(ownHint(description!));
		}
	});
});

describe('the ePayment error codes', () => {
	it('have a message of their own each', () => {
		const messages = DOCUMENTED.map(([code]) => readCode(code).message);
		expect(new Set(messages).size).toBe(DOCUMENTED.length);
	});

	it('are the documented ones, no more and no less', () => {
		expect([...PAYMENT_HINTS.keys()].sort()).toEqual(DOCUMENTED.map(([code]) => code).sort());
	});

	it.each(['4011', 'constructor', ''])(
		'leave it to the status when there is no code %p',
		(code) => {
			expect(readCode(code, 409).message).toMatch(/contradicts an earlier one/);
		},
	);
});

describe('a validation failure', () => {
	const fields = [
		{ name: 'Amount.Value', reason: 'must be between 0 and 65000000' },
		{ name: 'Reference', reason: 'must match the regular expression' },
	];

	it('names every refused field with its reason', () => {
		const { message, description, failure } = read(fields);
		expect(message).toBe('Vipps MobilePay did not accept some fields');
		expect(description).toMatch(/^Check the fields that are named here\./);
		for (const { name, reason } of fields) expect(description).toContain(`${name}: ${reason}`);
		expect(failure).toEqual({ cause: CHANGE });
	});

	it('is not suspected behind a code, which says more', () => {
		const error = read([...fields, { name: 'ErrorCode', reason: '4040' }]);
		expect(error.message).toBe('Vipps MobilePay did not accept the amount');
		expect(error.description).toContain('Amount.Value: must be');
	});

	it('has no code, not even an unknown one', () => {
		const error = read([...fields, { name: 'ErrorCode', reason: '4999' }]);
		expect(error.message).toBe('Vipps MobilePay did not accept the request');
		expect(error.description).toContain('Code: 4999.');
	});

	it('needs a status 400 and a field', () => {
		expect(read(fields, 404).message).not.toMatch(/some fields/);
		expect(read([]).message).not.toMatch(/some fields/);
	});
});
