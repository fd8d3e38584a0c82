import type { AxiosResponse } from 'axios';
import { startSimulator, type Simulator } from '../harness';
import { setClock } from '../support/simulated';
import { connect, open, SYSTEM, type Client } from './client';

let simulator: Simulator;
let client: Client;

const NOW = '2026-10-05T12:00:00Z';

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => {
	await simulator.reset({ now: NOW, options: { writesPerMinute: 0 } });
	client = await connect(simulator, 'merchant', '123456');
});

const PAYMENTS = '/epayment/v1/payments';
const TEST = '/epayment/v1/test/payments';

const money = (value: number, currency = 'NOK') => ({ currency, value });

/** The documentation's example. */
const ORDER = {
	amount: money(49_900),
	paymentMethod: { type: 'WALLET' },
	customer: { phoneNumber: '4712345678' },
	reference: 'acme-shop-123-order123abc',
	returnUrl: 'https://example.com/redirect?reference=acme-shop-123-order123abc',
	userFlow: 'WEB_REDIRECT',
	paymentDescription: 'One pair of socks',
};

const PATH = `${PAYMENTS}/${ORDER.reference}`;

const change = async (what: 'capture' | 'refund', value: number, key?: string) =>
	await client.post(`${PATH}/${what}`, { modificationAmount: money(value) }, key);

const approve = async () =>
	await client.post(`${TEST}/${ORDER.reference}/approve`, {
		customer: { phoneNumber: '4712345678' },
	});

async function authorized(): Promise<void> {
	expect((await client.post(PAYMENTS, ORDER)).status).toBe(201);
	expect((await approve()).status).toBe(200);
}

const sums = (authorizedAmount: number, captured = 0, refunded = 0, cancelled = 0) => ({
	authorizedAmount: money(authorizedAmount),
	capturedAmount: money(captured),
	refundedAmount: money(refunded),
	cancelledAmount: money(cancelled),
});

function expectProblem(answer: AxiosResponse, status: number, code?: string): void {
	expect(answer.status).toBe(status);
	expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
	expect(answer.data).toMatchObject({
		type: expect.any(String),
		title: expect.any(String),
		detail: expect.any(String),
		instance: expect.any(String),
		status,
		traceId: expect.any(String),
	});
	if (code === undefined) return;
	expect((answer.data as { extraDetails: unknown }).extraDetails).toEqual([
		{ name: 'ErrorCode', reason: code },
	]);
}

const fieldsOf = ({ data }: AxiosResponse) =>
	(data as { extraDetails: Array<{ name: string }> }).extraDetails.map(({ name }) => name);

describe('the documented requests get the documented answers', () => {
	it('create: an address for the web, none for a push message, a picture for a QR code', async () => {
		const redirect = await client.post(PAYMENTS, ORDER);
		expect(redirect.status).toBe(201);
		expect(redirect.data).toEqual({
			redirectUrl: expect.stringMatching(/^http.*token=/),
			reference: ORDER.reference,
		});
		const elsewhere = { ...ORDER, returnUrl: undefined };
		const push = { ...elsewhere, userFlow: 'PUSH_MESSAGE', reference: 'acme-shop-push' };
		expect((await client.post(PAYMENTS, push)).data).toEqual({ reference: 'acme-shop-push' });

		const qr = { ...elsewhere, customer: undefined, userFlow: 'QR', reference: 'acme-shop-qr-1' };
		const { data } = await client.post(PAYMENTS, { ...qr, qrFormat: { format: 'IMAGE/PNG' } });
		expect(data).toEqual({ redirectUrl: expect.any(String), reference: 'acme-shop-qr-1' });
		const picture = await open(simulator).get((data as { redirectUrl: string }).redirectUrl);
		expect(picture.headers['content-type']).toBe('image/png');
	});

	it('get: what is documented as always there, and no more before the customer has acted', async () => {
		const { data: made } = await client.post(PAYMENTS, ORDER);
		const { status, data } = await client.get(PATH);
		expect(status).toBe(200);
		expect(data).toEqual({
			aggregate: sums(0),
			amount: money(49_900),
			state: 'CREATED',
			paymentMethod: { type: 'WALLET' },
			profile: {},
			pspReference: expect.any(String),
			reference: ORDER.reference,
			redirectUrl: (made as { redirectUrl: string }).redirectUrl,
		});
	});

	it('a whole life: approve, capture in parts, refund, release the rest, events', async () => {
		expect((await client.post(PAYMENTS, ORDER, 'key-create')).status).toBe(201);
		expect((await approve()).status).toBe(200);
		const { data: reserved } = await client.get(PATH);
		expect(reserved).toMatchObject({
			state: 'AUTHORIZED',
			aggregate: sums(49_900),
			captureGuaranteedUntil: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/),
		});
		const { pspReference } = reserved as { pspReference: string };
		const modification = (aggregate: object) => ({
			amount: money(49_900),
			state: 'AUTHORIZED',
			aggregate,
			pspReference,
			reference: ORDER.reference,
		});

		const captured = await change('capture', 10_000, 'key-capture');
		expect([captured.status, captured.data]).toEqual([200, modification(sums(49_900, 10_000))]);
		expect((await change('capture', 20_000)).data).toEqual(modification(sums(49_900, 30_000)));
		const refunded = await change('refund', 5_000, 'key-refund');
		expect([refunded.status, refunded.data]).toEqual([
			200,
			modification(sums(49_900, 30_000, 5_000)),
		]);
		// No Idempotency-Key is asked for here.
		const cancelled = await client.http.post(`${PATH}/cancel`);
		expect([cancelled.status, cancelled.data]).toEqual([
			200,
			modification(sums(49_900, 30_000, 5_000, 19_900)),
		]);

		const { data: events } = (await client.get(`${PATH}/events`)) as AxiosResponse<
			Array<Record<string, unknown>>
		>;
		expect(events).toHaveLength(6);
		for (const event of events) {
			expect(event).toEqual({
				reference: ORDER.reference,
				pspReference: expect.any(String),
				name: expect.stringMatching(/^(CREATED|AUTHORIZED|CAPTURED|REFUNDED|CANCELLED)$/),
				amount: { currency: 'NOK', value: expect.any(Number) },
				timestamp: expect.stringMatching(/^2026-10-05T12:00:00(\.\d+)?Z$/),
				idempotencyKey: event.name === 'AUTHORIZED' ? null : event.idempotencyKey,
				success: true,
			});
		}
		expect(
			events.map(({ name, amount, idempotencyKey }) => [name, amount, idempotencyKey]),
		).toMatchObject([
			['CREATED', money(49_900), 'key-create'],
			['AUTHORIZED', money(49_900), null],
			['CAPTURED', money(10_000), 'key-capture'],
			['CAPTURED', money(20_000), expect.any(String)],
			['REFUNDED', money(5_000), 'key-refund'],
			['CANCELLED', money(19_900), null],
		]);
	});

	it('cancel: calls off what was approved, or only what was not', async () => {
		await client.post(PAYMENTS, ORDER);
		const before = await client.post(`${PATH}/cancel`, { cancelTransactionOnly: true });
		expect(before.status).toBe(200);
		expect(before.data).toMatchObject({ state: 'TERMINATED', aggregate: sums(0) });
		await simulator.reset({ now: NOW });
		client = await connect(simulator, 'merchant', '123456');
		await authorized();
		const refused = await client.post(`${PATH}/cancel`, { cancelTransactionOnly: true });
		expectProblem(refused, 400, '6060');
		expect((await client.post(`${PATH}/cancel`, {})).data).toMatchObject({
			aggregate: sums(49_900, 0, 0, 49_900),
		});
	});

	it('nobody acts: the payment expires after ten minutes', async () => {
		await client.post(PAYMENTS, ORDER);
		await setClock(simulator, '2026-10-05T12:10:00Z');
		expect((await client.get(PATH)).data).toMatchObject({ state: 'EXPIRED' });
	});
});

describe('the documented refusals', () => {
	it('a capture before the customer has approved', async () => {
		await client.post(PAYMENTS, ORDER);
		expectProblem(await change('capture', 100), 400, '6080');
		expect((await client.get(PATH)).data).toMatchObject({ aggregate: sums(0) });
	});

	it('too much', async () => {
		await authorized();
		expectProblem(await change('capture', 49_901), 400, '6090');
		await change('capture', 10_000);
		expectProblem(await change('refund', 10_001), 400, '6150');
		expect((await client.get(PATH)).data).toMatchObject({ aggregate: sums(49_900, 10_000) });
	});

	it('a reference that is taken, and one that is not there', async () => {
		await client.post(PAYMENTS, ORDER);
		expectProblem(await client.post(PAYMENTS, ORDER), 409, '4150');
		expectProblem(await client.get(`${PAYMENTS}/acme-shop-nobody`), 404, '5090');
		// References tell capitals from small letters.
		expect((await client.get(PATH.toUpperCase().replace(/.*\//, `${PAYMENTS}/`))).status).toBe(404);
	});

	it('fields that are missing, misspelt or wrong are named, and have no code', async () => {
		const nameless = { ...ORDER, reference: undefined };
		const answers = [
			[await client.post(PAYMENTS, nameless), ['reference']],
			[await client.post(PAYMENTS, { ...nameless, Reference: 'acme-1234' }), ['Reference']],
			[await client.post(PAYMENTS, { ...ORDER, reference: 'short' }), ['reference']],
			[await client.post(PAYMENTS, { ...ORDER, amount: money(99.5) }), ['amount.value']],
			[await client.post(PAYMENTS, { ...ORDER, amount: '499' }), ['amount']],
			[await client.post(PAYMENTS, { ...ORDER, discount: 5 }), ['discount']],
			[
				await client.post(PAYMENTS, { ...ORDER, customer: { phoneNumber: '+4712345678' } }),
				['customer.phoneNumber'],
			],
		] as const;
		for (const [answer, names] of answers) {
			expectProblem(answer, 400);
			expect(fieldsOf(answer)).toEqual(expect.arrayContaining([...names]));
			expect(fieldsOf(answer)).not.toContain('ErrorCode');
		}
	});
});

describe('the idempotency key', () => {
	it('the same request again gives the same answer and moves nothing', async () => {
		const first = await client.post(PAYMENTS, ORDER, 'create-1');
		const again = await client.post(PAYMENTS, ORDER, 'create-1');
		expect([again.status, again.data]).toEqual([201, first.data]);
		await approve();
		const capture = await change('capture', 10_000, 'capture-1');
		expect((await change('capture', 10_000, 'capture-1')).data).toEqual(capture.data);
		const refund = await change('refund', 100, 'refund-1');
		expect((await change('refund', 100, 'refund-1')).data).toEqual(refund.data);
		expect((await client.get(PATH)).data).toMatchObject({ aggregate: sums(49_900, 10_000, 100) });
	});

	it('another request with it is a conflict, each with its own code', async () => {
		await client.post(PAYMENTS, ORDER, 'create-1');
		const other = { ...ORDER, amount: money(100) };
		expectProblem(await client.post(PAYMENTS, other, 'create-1'), 409, '4020');
		await approve();
		await change('capture', 10_000, 'capture-1');
		expectProblem(await change('capture', 10_001, 'capture-1'), 409, '4010');
		await change('refund', 100, 'refund-1');
		expectProblem(await change('refund', 101, 'refund-1'), 409, '4150');
		expect((await client.get(PATH)).data).toMatchObject({ aggregate: sums(49_900, 10_000, 100) });
	});

	it('a refusal stays with its key', async () => {
		await client.post(PAYMENTS, ORDER);
		expectProblem(await change('capture', 100, 'early'), 400, '6080');
		await approve();
		expectProblem(await change('capture', 100, 'early'), 400, '6080');
		expect((await change('capture', 100, 'in-time')).status).toBe(200);
	});

	it('is needed, and has 50 characters at most', async () => {
		const without = await client.http.post(PAYMENTS, ORDER);
		const long = await client.post(PAYMENTS, ORDER, 'k'.repeat(51));
		for (const answer of [without, long]) {
			expectProblem(answer, 400);
			expect(fieldsOf(answer)).toEqual(['Idempotency-Key']);
		}
		expect((await client.get(PATH)).status).toBe(404);
		expect((await client.post(PAYMENTS, ORDER, 'k'.repeat(50))).status).toBe(201);
	});
});

describe('headers', () => {
	const send = async (headers: Record<string, string | undefined>) =>
		await client.http.get(PATH, { headers });

	it('the token, the subscription key and the serial number are needed', async () => {
		await client.post(PAYMENTS, ORDER);
		const { Authorization } = client.http.defaults.headers as unknown as Record<string, string>;
		expect((await send({})).status).toBe(200);
		expect((await send({ Authorization: undefined })).status).toBe(401);
		expect((await send({ Authorization: Authorization.replace('Bearer ', '') })).status).toBe(401);
		expectProblem(await send({ Authorization: 'Bearer abc' }), 401);
		expect((await send({ 'Ocp-Apim-Subscription-Key': undefined })).status).toBe(401);
		expect((await send({ 'Merchant-Serial-Number': undefined })).status).toBe(400);
		expectProblem(await send({ 'Merchant-Serial-Number': '123' }), 400);
		expect((await send({ 'Merchant-Serial-Number': '234567' })).status).toBe(403);
	});

	it.each(Object.keys(SYSTEM))('%s may have 30 characters', async (name) => {
		await client.post(PAYMENTS, ORDER);
		expect((await send({ [name]: 'x'.repeat(30) })).status).toBe(200);
		expect((await send({ [name]: 'x'.repeat(31) })).status).toBe(400);
	});
});

it('the sixth write of a minute is too many, and it is said when to come again', async () => {
	await simulator.reset({ now: NOW });
	client = await connect(simulator, 'merchant', '123456');
	await client.post(PAYMENTS, ORDER);
	for (let write = 2; write <= 5; write++) expect((await change('capture', 1)).status).toBe(400);
	const answer = await change('capture', 1);
	expect(answer.status).toBe(429);
	expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
	expect((await client.get(PATH)).status).toBe(200);
});
