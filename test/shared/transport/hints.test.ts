import { apiError } from '../../../nodes/shared/transport/apiError';
import { adviceFor } from '../../../nodes/shared/transport/hints';
import type { Outcome } from '../../../nodes/shared/transport/outcome';
import { NODE } from '../../support/node';

const FEED = '/report/v2/ledgers/302321/funds/feed';
const LEDGERS = '/settlement/v1/ledgers';

const advise = (status: number, path = FEED, hasCursor = false) =>
	adviceFor({ status, fields: [] }, { path, hasCursor });

describe('the advice for an unsuccessful answer', () => {
	test.each([
		[400, 'configuration-invalid'],
		[401, 'credential-invalid'],
		[403, 'credential-invalid'],
		[404, 'configuration-invalid'],
		[410, 'node-defect'],
		[423, 'temporarily-unavailable'],
		[429, 'rate-limited'],
		[500, 'temporarily-unavailable'],
		[502, 'temporarily-unavailable'],
		[503, 'temporarily-unavailable'],
		[599, 'temporarily-unavailable'],
	])("tells n8n's poll engine what %i means", (status, cause) => {
		expect(advise(status).cause).toBe(cause);
	});

	it.each([400, 401, 403, 404, 410, 418, 423, 429, 500, 999])(
		'is a sentence on what happened and one on what to do for %i',
		(status) => {
			const { hint, message } = advise(status);
			expect(message).toMatch(/^[A-Z]\w+ .*[^.]$/);
			expect(hint).toMatch(/^[A-Z].*\.$/);
		},
	);

	it('says of an unknown ledger where access to it is given', () => {
		const { hint, message } = advise(404);
		expect(`${message} ${hint}`).toMatch(/ledger.*access.*business portal/);
	});

	it('does not blame a ledger when none was asked for', () => {
		expect(advise(404, LEDGERS).message).not.toMatch(/ledger/i);
	});

	it('says of an unknown sale that not every sale is in the Sales API', () => {
		const sales = '/sales/report/v1/ledgers/302321';
		for (const path of [`${sales}/references/a-1`, `${sales}/psp-references/1`]) {
			expect(advise(404, path).message).toMatch(/sale/i);
			expect(advise(404, path).hint).toMatch(/Vippsnummer/);
		}
	});

	it('suspects the cursor only when there was one', () => {
		expect(advise(400, FEED, true).message).toMatch(/cursor/);
		expect(advise(400, FEED, false).message).not.toMatch(/cursor/);
		expect(advise(500, FEED, true).message).not.toMatch(/cursor/);
	});

	it('says of refused keys which keys are needed', () => {
		expect(advise(401).hint).toMatch(/accounting keys/);
		expect(advise(403).hint).toMatch(/accounting keys/i);
	});
});

/** What a user reads: the message, then the description. */
function told(outcome: Outcome, path: string, method?: string): string {
	const { message, description } = apiError(NODE, outcome, { request: { path, method } });
	return `${message}. ${description}`;
}

const answer = (status: number, body: unknown = ''): Outcome => ({
	kind: 'answered',
	status,
	body,
	headers: {},
});

const PAYMENTS = '/epayment/v1/payments';
const CAPTURE = `${PAYMENTS}/order-12345/capture`;
const UNITS = '/management/v1/sales-units';
const MERCHANT = '/management/v1/merchants/business:NO:ORG/987654321';
const ORDERS = '/management/v1/product-orders';
const PACKAGES = '/management/v1/partners/price-packages';

describe('the advice on payments', () => {
	it('says of an unknown payment what its reference belongs to', () => {
		for (const path of [`${PAYMENTS}/order-12345`, `${PAYMENTS}/order-12345/events`, CAPTURE]) {
			expect(told(answer(404), path)).toMatch(/No payment has this reference in this sales unit/);
		}
		expect(told(answer(404), PAYMENTS, 'POST')).not.toMatch(/No payment/);
	});

	it('does not take a reference for a sale or a ledger', () => {
		expect(told(answer(404), `${PAYMENTS}/references`)).toMatch(/No payment/);
		expect(told(answer(404), `/epayment/v1/ledgers/references/1`)).not.toMatch(/sale |ledger /);
	});

	it('says of a conflict that nothing was done twice', () => {
		expect(told(answer(409), CAPTURE, 'POST')).toMatch(/'Reference' or the idempotency key.*twice/);
	});

	it('says of a locked payment to wait, and that the same key does nothing twice', () => {
		const text = told(answer(423), CAPTURE, 'POST');
		expect(text).toMatch(/still working on an earlier request for this payment/);
		expect(text).toMatch(
			/Wait a minute.*read the payment.*same idempotency key.*nothing is done twice/,
		);
		expect(told(answer(423), `${PAYMENTS}/order-12345`)).not.toMatch(/idempotency/);
	});

	it('gives the limits of the API when there were too many requests', () => {
		expect(told(answer(429), CAPTURE, 'POST')).toMatch(/5 changes and 120 readings a minute/);
	});

	it('names the sales unit when a payment is forbidden', () => {
		const text = told(answer(403), CAPTURE, 'POST');
		expect(text).toMatch(/merchant serial number/);
		expect(text).not.toMatch(/ledger|accounting/i);
	});
});

describe('the advice on the Management API', () => {
	it('says of a sales unit that is not found why it may be hidden', () => {
		const text = told(answer(404), `${UNITS}/123456`);
		for (const why of [/number/, /inactive/, /deactivated/, /not connected to the partner/]) {
			expect(text).toMatch(why);
		}
	});

	it('tells merchants from their sales units and from product orders', () => {
		expect(told(answer(404), MERCHANT)).toMatch(/^This merchant was not found/);
		expect(told(answer(404), `${MERCHANT}/sales-units`)).toMatch(/^This merchant was not found/);
		const order = '/management/v2/product-orders/0b7c/details';
		expect(told(answer(404), order)).toMatch(/product order.*another partner/);
		expect(told(answer(404), UNITS)).not.toMatch(/sales unit/);
	});

	it('says of a conflict on product orders what was used before', () => {
		expect(told(answer(409), ORDERS, 'POST')).toMatch(/idempotency key.*No order was made twice/);
		const deletion = told(answer(409), `${ORDERS}/0b7c`, 'DELETE');
		expect(deletion).toMatch(/can no longer be deleted/);
		expect(deletion).not.toMatch(/idempotency/);
	});

	it.each([401, 403])('says which keys are needed after a %i', (status) => {
		const units = told(answer(status), UNITS);
		expect(units).toMatch(/keys of a sales unit or partner keys.*subscription key/);
		expect(units).toMatch(/older management keys.*Accounting API.*Accounting keys do not/);
		for (const path of [ORDERS, '/management/v2/product-orders/0b7c/details', PACKAGES]) {
			expect(told(answer(status), path)).toMatch(/partner keys only/);
			expect(told(answer(status), path)).not.toMatch(/keys of a sales unit/);
		}
		expect(advise(status, UNITS).cause).toBe('credential-invalid');
	});

	it('does not speak of ledgers when there were too many requests', () => {
		expect(told(answer(429), UNITS)).not.toMatch(/ledger/);
	});
});

describe('a request that nobody knows the outcome of', () => {
	const UNKNOWN: Array<[string, Outcome]> = [
		['a server error', answer(500)],
		['a gateway that gave up', answer(504, '<title>Gateway Timeout</title>')],
		['a server that waited too long', answer(408)],
		['no answer', { kind: 'unreachable', message: 'ECONNRESET' }],
		['a success that cannot be read', answer(200, '{"amou')],
	];
	const HARMLESS = /nothing was changed|nothing was lost|repetition is safe/i;

	describe.each(UNKNOWN)('after %s', (_, outcome) => {
		it.each([PAYMENTS, CAPTURE])('is not said to have done nothing (%s)', (path) => {
			const text = told(outcome, path, 'POST');
			expect(text).toMatch(/not known whether this was carried out/);
			expect(text).toMatch(/Read the payment with 'Get' before you run this again/);
			expect(text).toMatch(/same idempotency key/);
			expect(text).not.toMatch(HARMLESS);
		});

		it.each([
			[ORDERS, 'POST', /Look at the product orders/],
			[`${ORDERS}/0b7c`, 'DELETE', /Look at the product orders/],
			['/webhooks/v1/webhooks', 'POST', /'Get Many', what is registered/],
		])('is to be looked up before it is repeated (%s, %s)', (path, method, look) => {
			const text = told(outcome, path, method);
			expect(text).toMatch(/not known whether this was carried out/);
			expect(text).toMatch(look);
			expect(text).not.toMatch(HARMLESS);
		});

		it.each([FEED, `${PAYMENTS}/order-12345`, UNITS])(
			'is harmless when it only read %s',
			(path) => {
				for (const method of [undefined, 'GET']) {
					expect(told(outcome, path, method)).not.toMatch(/not known/);
				}
			},
		);
	});

	it.each([500, 503])('has not changed anything when it only read, after a %i', (status) => {
		expect(told(answer(status), `${PAYMENTS}/order-12345`)).toMatch(/Nothing was changed/);
	});

	it('was not carried out when the API refused it', () => {
		for (const status of [400, 401, 403, 404, 409, 415, 423, 429]) {
			for (const path of [CAPTURE, ORDERS, '/webhooks/v1/webhooks']) {
				expect(told(answer(status), path, 'POST')).not.toMatch(/not known/);
			}
		}
	});
});
