import { engineLog, expectNoSecrets, type NodeResult } from '../../../harness';
import { NEW_PAYMENT } from '../../../support/pay';
import {
	disturb,
	expireTokens,
	requestLog,
	secretsOf,
	type Fault,
} from '../../../support/simulated';
import { merchantKeys } from '../../../support/vipps';
import { AUTHORIZED, REFERENCE, RETRY_ON_FAIL, Till, TOO_LONG } from './till';

let till: Till;

beforeAll(async () => (till = await Till.open()));
beforeEach(async () => await till.reset());

const CAPTURE = { method: 'POST', path: 'capture$' };
const READ = { method: 'GET', path: '/epayment/' };

const fault = async (...faults: Array<Partial<Fault>>) =>
	await disturb(till.simulator, ...faults.map((one) => ({ ...CAPTURE, ...one })));

/** The next changes of that kind are refused by the API with a code. */
const refuse = async (operation: string, code: number, more: object = {}) =>
	await till.simulator.control.post('/payments/fail', {
		reference: REFERENCE,
		operation,
		code,
		...more,
	});

const html = { body: '<html></html>', contentType: 'text/html' };

const statuses = async () => (await till.writes()).map(({ status }) => status);

describe('an answer that is lost after the money has moved', () => {
	it.each<[string, Partial<Fault>]>([
		['a connection that breaks', { reset: true }],
		['an answer that breaks off', { truncate: true, carryOut: undefined }],
		['a 500', { status: 500 }],
		['a 502 with HTML', { status: 502, ...html }],
		['a 408', { status: 408 }],
		['a 409', { status: 409 }],
		['a 403', { status: 403 }],
		['a 404', { status: 404 }],
		['a 503 that asks to wait too long', { status: 503, headers: TOO_LONG }],
		['a success that says nothing', { status: 200, body: {} }],
		['two of them', { status: 504, times: 2 }],
	])('is found out after %s, and nothing moves twice', async (_name, lost) => {
		await fault({ carryOut: true, ...lost });
		const { json, error } = await till.move('capture', 100);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1);
		expect(json[0]).toMatchObject({
			reference: REFERENCE,
			aggregate: { capturedAmount: { value: 100 } },
		});
		expect(await till.sums()).toEqual([100, 0, 0]);
		expect(await till.events()).toEqual(['CREATED', 'AUTHORIZED', 'CAPTURED']);
		expect(new Set(await till.keys()).size).toBe(1);
	});

	it.each([
		['refund', { captured: 500 }],
		['cancel', { captured: 500 }],
	] as const)('of a %s is found out, too', async (operation, { captured }) => {
		await till.move('capture', captured);
		const path = `${operation}$`;
		await fault({ path, carryOut: true, reset: true }, { path, carryOut: true, status: 409 });
		const { error, json } =
			operation === 'refund' ? await till.move('refund', 'full') : await till.cancel();
		expect(error).toBeUndefined();
		expect(json[0].reference).toBe(REFERENCE);
		const rest = AUTHORIZED - captured;
		expect(await till.sums()).toEqual(operation === 'refund' ? [500, 500, 0] : [500, 0, rest]);
	});

	it('of a cancellation is found out with an API that knows no key of it', async () => {
		await till.reset({ idempotency: 'forgets' });
		await fault({ path: 'cancel$', carryOut: true, reset: true });
		const { error, json } = await till.cancel();
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ aggregate: { cancelledAmount: { value: AUTHORIZED } } });
		expect(await till.events()).toEqual(['CREATED', 'AUTHORIZED', 'CANCELLED']);
	});

	it.each([null, undefined])(
		'of a cancellation is found out in a history that leaves the key out (%p)',
		async (idempotencyKey) => {
			await fault({ path: 'cancel$', carryOut: true, status: 409 });
			const event = { name: 'CANCELLED', success: true, idempotencyKey };
			await fault({ ...READ, path: 'events$', status: 200, body: [event] });
			expect((await till.cancel()).error).toBeUndefined();
		},
	);
});

describe('an attempt that moved nothing', () => {
	it.each<[string, Partial<Fault>]>([
		['a connection that broke', { reset: true }],
		['a 500', { status: 500 }],
		['a 502 with HTML', { status: 502, ...html }],
		['a 423', { status: 423 }],
		['a 429 without Retry-After', { status: 429 }],
		['a 429 with Retry-After', { status: 429, headers: { 'retry-after': '1' } }],
	])('after %s is made again with the same key', async (_name, trouble) => {
		await fault(trouble);
		expect((await till.move('capture', 100)).error).toBeUndefined();
		expect(await till.sums()).toEqual([100, 0, 0]);
		const keys = await till.keys();
		expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
	});

	it('because the token had expired is made again with a new one', async () => {
		await expireTokens(till.simulator);
		const options = { checkBeforeSending: false };
		expect((await till.move('capture', 100, options)).error).toBeUndefined();
		expect(await till.sums()).toEqual([100, 0, 0]);
	});

	it('because of a conflict that the API does not explain is an error', async () => {
		await fault({ status: 409 });
		const { error } = await till.move('capture', 100);
		expect(error).toMatchObject({ httpCode: '409' });
		expect(await till.sums()).toEqual([0, 0, 0]);
		expect(await statuses()).toEqual([409]);
	});
});

describe("the API's own codes", () => {
	it.each([
		['capture', 6160],
		['capture', 6280],
		['refund', 6160],
		['cancel', 6250],
	])('a %s that ends with %i is made again with the same key', async (operation, code) => {
		await till.move('capture', 500);
		await till.simulator.control.delete('/requests');
		await refuse(operation, code);
		const start = Date.now();
		const { error } = await (operation === 'cancel'
			? till.cancel()
			: till.move(operation as 'capture', 100));
		expect(error).toBeUndefined();
		expect(Date.now() - start).toBeGreaterThanOrEqual(250);
		const keys = await till.keys();
		expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
		const [captured, refunded, cancelled] = await till.sums();
		expect({ captured, refunded, cancelled }).toEqual({
			captured: operation === 'capture' ? 600 : 500,
			refunded: operation === 'refund' ? 100 : 0,
			cancelled: operation === 'cancel' ? AUTHORIZED - 500 : 0,
		});
	});

	it.each([
		['capture', 6260, /not available any more/, /do not hand over the goods/],
		['capture', 6100, /time for capturing/, /The reservation is gone/],
		['refund', 6220, /time for refunding/, /365 days/],
		['cancel', 6030, /time for cancelling/, /180 days/],
	])('a %s that ends with %i is not made again', async (operation, code, message, hint) => {
		await till.move('capture', 500);
		await till.simulator.control.delete('/requests');
		await refuse(operation, code);
		const { error } = await (operation === 'cancel'
			? till.cancel()
			: till.move(operation as 'capture', 100));
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(hint);
		expect(error?.description).toContain(`Code: ${code}`);
		expect(error?.description).not.toMatch(/not known|Idempotency key of/);
		expect(await till.writes()).toHaveLength(1);
		expect((await till.sums())[0]).toBe(500);
	});

	it.each([
		['capture', 4010, /idempotency key was used before for another capture/],
		['capture', 4020, /idempotency key was used before/],
		['refund', 4150, /reference or idempotency key was used before/],
	])('a %s that conflicts (%i) says so', async (operation, code, message) => {
		await till.move('capture', 500);
		await refuse(operation, code);
		const { error } = await till.move(operation as 'capture', 100);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/Nothing was (captured|done) twice/);
		expect(error).toMatchObject({ httpCode: '409' });
		expect((await till.sums()).slice(0, 2)).toEqual([500, 0]);
	});

	it('in the history of what failed are not taken for what was done', async () => {
		await refuse('capture', 6260);
		expect((await till.move('capture', 100, {}, { executionId: '7' })).error).toBeDefined();
		// The same again, by its key: the failed event has it, too.
		expect((await till.move('capture', 100, {}, { executionId: '7' })).error).toBeUndefined();
		expect(await till.sums()).toEqual([100, 0, 0]);
	});
});

describe('an outcome that cannot be found out', () => {
	const KEY = /Idempotency key of this request: (n8n-[0-9a-f]{40})\./;

	const lose = async (operation: string) => {
		const long = { status: 503, headers: TOO_LONG };
		await fault(
			{ path: `${operation}$`, carryOut: true, ...long },
			{ ...READ, path: 'events$', ...long },
		);
	};

	it.each(['capture', 'refund'] as const)(
		'of a %s is told, with the key that does it once when it is entered',
		async (operation) => {
			await till.move('capture', 500);
			await lose(operation);
			const options = { checkBeforeSending: false };
			const { error } = await till.move(operation, 100, options);
			expect(error?.message).toContain('could not answer just now');
			expect(error?.description).toContain('It is not known whether this was carried out');
			expect(error?.description).toContain("Read the payment with 'Get'");
			const idempotencyKey = KEY.exec(String(error?.description))?.[1];
			const moved = await till.sums();
			expect(moved).toEqual(operation === 'capture' ? [600, 0, 0] : [500, 100, 0]);

			for (const checkBeforeSending of [true, false]) {
				const again = await till.move(operation, 100, { checkBeforeSending, idempotencyKey });
				expect(again.error).toBeUndefined();
			}
			expect(await till.sums()).toEqual(moved);
		},
	);

	it('of a cancellation is told, and cancelling again is safe', async () => {
		await lose('cancel');
		const { error } = await till.cancel();
		expect(error?.description).toContain('It is not known whether this was carried out');
		expect(error?.description).toMatch(KEY);
		const [, idempotencyKey] = KEY.exec(String(error?.description)) ?? [];
		expect((await till.cancel({ idempotencyKey })).error).toBeUndefined();
		expect(await till.sums()).toEqual([0, 0, AUTHORIZED]);
	});

	it('of a new payment is told, and creating it again is safe', async () => {
		await lose('payments');
		const parameters = { ...NEW_PAYMENT, reference: 'acme-shop-order-2' };
		const { error } = await till.pay(parameters);
		expect(error?.description).toContain('It is not known whether this was carried out');
		expect(error?.description).toMatch(KEY);
		expect((await till.pay(parameters)).json).toEqual([
			{ reference: 'acme-shop-order-2', redirectUrl: expect.any(String) },
		]);
	});

	it('is told, although the last answer was something else', async () => {
		const long = { headers: TOO_LONG };
		await fault({ carryOut: true, reset: true }, { status: 429, ...long });
		await fault({ ...READ, path: 'events$', status: 429, ...long });
		const { error } = await till.move('capture', 100);
		expect(error?.message).toMatch(/too many/i);
		expect(error?.description).toContain('It is not known whether this was carried out');
		expect(error?.description).toMatch(KEY);
		expect(await till.sums()).toEqual([100, 0, 0]);
	});

	it('is found out when it is retried', async () => {
		await lose('capture');
		const { error, json } = await till.move('capture', 'full', {}, { node: RETRY_ON_FAIL });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ aggregate: { capturedAmount: { value: AUTHORIZED } } });
		expect(await till.events()).toEqual(['CREATED', 'AUTHORIZED', 'CAPTURED']);
	});

	it('is not hidden by a retry that could not even look', async () => {
		await lose('capture');
		await fault({
			...READ,
			path: `${REFERENCE}$`,
			skip: 1,
			times: 2,
			status: 503,
			headers: TOO_LONG,
		});
		const { error } = await till.move('capture', 100, {}, { node: RETRY_ON_FAIL });
		expect(error?.description).toContain('This attempt sent no capture');
		expect(error?.description).toContain("read the payment with 'Get' before you run this again");
		expect(await till.sums()).toEqual([100, 0, 0]);
	});

	it('tells no token and no key of the credential', async () => {
		const credentials = await merchantKeys(till.simulator);
		const results: NodeResult[] = [];
		for (const continueOnFail of [false, true]) {
			await lose('capture');
			const options = { checkBeforeSending: false };
			results.push(await till.move('capture', 100, options, { credentials, continueOnFail }));
		}
		expect(results[0].error?.description).toMatch(KEY);
		expect(results[1].json[0].details).toMatch(KEY);
		const secrets = await secretsOf(till.simulator, credentials);
		expectNoSecrets([results.map(({ run }) => run), engineLog.lines], secrets);
	});
});

describe('the check before sending', () => {
	const nothingSent = async () => expect(await till.writes()).toEqual([]);

	it.each<[string, object, RegExp, RegExp]>([
		['another currency', { currency: 'DKK' }, /is in NOK, not in DKK/, /own currency/],
		['more than is left', { amount: 49_901 }, /Only 499.00 NOK .* not 499.01/, /499.00 or less/],
		[
			'what is right in the other unit',
			{ amount: '499.00', amountUnit: 'minor' },
			/not an amount in minor units/,
			/major units/,
		],
		[
			'a hundred times too much',
			{ amount: '49900', amountUnit: 'major' },
			/Only 499.00 NOK/,
			/amount unit/,
		],
	])('refuses %s', async (_name, changes, message, hint) => {
		const { error } = await till.pay({
			operation: 'capture',
			reference: REFERENCE,
			amountMode: 'partial',
			amountUnit: 'minor',
			amount: 100,
			currency: 'NOK',
			...changes,
		});
		expect(error?.message).toMatch(message);
		expect(error?.message).toContain('[item 0]');
		expect(error?.description).toMatch(hint);
		await nothingSent();
	});

	it.each(['capture', 'refund'] as const)(
		'refuses a %s of a payment that nobody has approved',
		async (operation) => {
			const reference = 'acme-shop-order-2';
			await till.pay({ ...NEW_PAYMENT, reference });
			await till.simulator.control.delete('/requests');
			const { error } = await till.pay({ operation, reference, amountMode: 'full' });
			expect(error?.message).toContain(`is CREATED, so there is nothing to ${operation}`);
			expect(error?.description).toContain('has not approved it yet');
			await nothingSent();
			await till.simulator.control.post('/payments/abort', { reference });
			const aborted = await till.pay({ operation, reference, amountMode: 'full' });
			expect(aborted.error?.message).toContain('is ABORTED');
			await nothingSent();
		},
	);

	it('refuses a refund of what is not captured, and of more than that', async () => {
		const none = await till.move('refund', 'full');
		expect(none.error?.message).toContain('Nothing is left to refund');
		await nothingSent();
		await till.move('capture', 500);
		const tooMuch = await till.move('refund', 501);
		expect(tooMuch.error?.message).toContain('Only 5.00 NOK');
		expect(await till.sums()).toEqual([500, 0, 0]);
		expect(await till.writes()).toHaveLength(1);
	});

	it('refuses what was moved before by another execution', async () => {
		await till.move('capture', 'full');
		for (const amount of ['full', 100] as const) {
			const { error } = await till.move('capture', amount);
			expect(error?.message).toContain('Nothing is left to capture');
			expect(error?.description).toContain('captured or cancelled already');
		}
		expect(await till.writes()).toHaveLength(1);
	});

	it('reads nothing when it is switched off, and the API refuses', async () => {
		const options = { checkBeforeSending: false };
		const { error } = await till.move('capture', 49_901, options);
		expect(error?.message).toContain('higher than the amount that is still reserved');
		expect(error?.description).toContain('6090');
		const { requests } = await requestLog(till.simulator);
		const sent = requests.map(({ method, url }) => `${method} ${url.split('/').at(-1)}`);
		// The history is looked at because it was refused.
		expect(sent).toEqual(['POST capture', 'GET events']);
		await till.simulator.control.delete('/requests');
		expect((await till.move('capture', 100, options)).error).toBeUndefined();
		expect((await requestLog(till.simulator)).total).toBe(1);
	});
});

describe('everything that is left', () => {
	it('is taken after a part of it', async () => {
		await till.move('capture', 12_345);
		expect((await till.move('capture', 'full')).error).toBeUndefined();
		expect(await till.sums()).toEqual([AUTHORIZED, 0, 0]);
	});

	it('is given back after a part of it, and no more than was captured', async () => {
		await till.move('capture', 12_345);
		await till.move('refund', 2_345);
		expect((await till.move('refund', 'full')).error).toBeUndefined();
		expect(await till.sums()).toEqual([12_345, 12_345, 0]);
		const again = await till.move('refund', 'full');
		expect(again.error?.message).toContain('Nothing is left to refund');
	});

	it('is nothing after a cancellation, and what was captured can be given back', async () => {
		await till.move('capture', 12_345);
		await till.cancel();
		const { error } = await till.move('capture', 'full');
		expect(error?.message).toContain('Nothing is left to capture');
		await till.move('refund', 'full');
		expect(await till.sums()).toEqual([12_345, 12_345, AUTHORIZED - 12_345]);
	});

	it('can still be captured after a refund of an earlier part', async () => {
		await till.move('capture', 12_345);
		await till.move('refund', 'full');
		await till.move('capture', 'full');
		expect(await till.sums()).toEqual([AUTHORIZED, 12_345, 0]);
	});

	it('is worked out without the check, too', async () => {
		await till.move('capture', 'full', { checkBeforeSending: false });
		expect(await till.sums()).toEqual([AUTHORIZED, 0, 0]);
	});
});
