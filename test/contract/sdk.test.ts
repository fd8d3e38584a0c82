/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs in Jest, never in n8n */
import { Client } from '@vippsmobilepay/sdk';
import { startSimulator, type Simulator } from '../harness';
import { apiRequests, disturb, requestLog } from '../support/simulated';

/** Vipps MobilePay's own client, which knows nothing of this package, against the simulator. */
let simulator: Simulator;
let origins: Set<string>;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => {
	await simulator.reset({ now: '2026-10-05T12:00:00Z', options: { writesPerMinute: 0 } });
	origins = new Set();
	leadToSimulator();
});

afterEach(() => jest.restoreAllMocks());

/**
 * The SDK has the addresses of Vipps MobilePay's servers built in, so what it sends is led to the
 * simulator here, unchanged but for the origin. It is read from a copy: the SDK repeats a request
 * with the same object, whose body Node.js would not give out twice.
 */
function leadToSimulator(): void {
	const send = globalThis.fetch;
	jest.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
		const request = input as Request;
		const { origin, pathname, search } = new URL(request.url);
		origins.add(origin);
		const { method, headers } = request;
		const body = (await request.clone().text()) || undefined;
		return await send(`${simulator.url}${pathname}${search}`, { method, headers, body });
	});
}

const open = (changes: Partial<Parameters<typeof Client>[0]> = {}) => {
	const { subscriptionKey, merchantSerialNumber } = simulator.keys.merchant;
	return Client({
		subscriptionKey,
		merchantSerialNumber,
		systemName: 'acme',
		systemVersion: '1.0.0',
		pluginName: 'acme-webshop',
		pluginVersion: '2.0.0',
		useTestMode: true,
		...changes,
	});
};

type Sdk = ReturnType<typeof open>;
type Result<T> = { ok: true; data: T } | { ok: false; error: unknown };

/** What came of a call that must succeed. */
function given<T>(result: Result<T>): T {
	if (!result.ok) throw new Error(`The SDK says: ${JSON.stringify(result.error)}`);
	return result.data;
}

async function tokenOf(client: Sdk): Promise<string> {
	const { clientId, clientSecret } = simulator.keys.merchant;
	return given(await client.auth.getToken(clientId, clientSecret)).access_token;
}

const REFERENCE = 'acme-shop-123-order123abc';

const money = (value: number) => ({ currency: 'NOK', value }) as const;

const ORDER = {
	amount: money(49_900),
	paymentMethod: { type: 'WALLET' },
	customer: { phoneNumber: '4712345678' },
	reference: REFERENCE,
	returnUrl: 'https://example.com/redirect',
	userFlow: 'WEB_REDIRECT',
	paymentDescription: 'One pair of socks',
} as const;

const part = (value: number) => ({ modificationAmount: money(value) });

const CUSTOMER = { customer: { phoneNumber: '4712345678' } };

/** The SDK with a token, and a payment that the customer has approved. */
async function authorized(): Promise<{ client: Sdk; token: string }> {
	const client = open();
	const token = await tokenOf(client);
	given(await client.payment.create(token, ORDER));
	given(await client.payment.forceApprove(token, REFERENCE, CUSTOMER));
	return { client, token };
}

const sums = (captured: number, refunded = 0, cancelled = 0) => ({
	authorizedAmount: money(49_900),
	capturedAmount: money(captured),
	refundedAmount: money(refunded),
	cancelledAmount: money(cancelled),
});

const refusalWith = (code: string) => ({
	ok: false,
	error: { status: 400, extraDetails: [{ name: 'ErrorCode', reason: code }] },
});

it('asks the test environment for a token, and names itself', async () => {
	const token = await tokenOf(open());
	expect(token).toMatch(/^.{10,}$/);
	expect([...origins]).toEqual(['https://apitest.vipps.no']);
	const { requests, tokenRequests } = await requestLog(simulator);
	expect(tokenRequests).toEqual({ standard: 1, specialized: 0 });
	expect(requests).toHaveLength(1);
	expect(requests[0].headers).toMatchObject({
		'merchant-serial-number': '123456',
		'vipps-system-name': 'acme',
		'vipps-system-plugin-version': '2.0.0',
	});
	expect(requests[0]).not.toHaveProperty('missingSystemHeaders');
});

it('gets no token for a wrong secret', async () => {
	const { clientId } = simulator.keys.merchant;
	const result = await open().auth.getToken(clientId, 'wrong');
	expect(result).toMatchObject({ ok: false, error: { error: expect.any(String) } });
});

it('takes a payment through its whole life, a refused capture included', async () => {
	const client = open();
	const token = await tokenOf(client);
	const made = given(await client.payment.create(token, ORDER));
	expect(made).toEqual({ reference: REFERENCE, redirectUrl: expect.stringMatching(/token=/) });
	expect(given(await client.payment.info(token, REFERENCE))).toMatchObject({
		state: 'CREATED',
		amount: money(49_900),
		paymentMethod: { type: 'WALLET' },
	});

	const early = await client.payment.capture(token, REFERENCE, part(49_900));
	expect(early).toMatchObject(refusalWith('6080'));
	expect((await client.payment.forceApprove(token, REFERENCE, CUSTOMER)).ok).toBe(true);
	expect(given(await client.payment.info(token, REFERENCE)).state).toBe('AUTHORIZED');

	const captured = given(await client.payment.capture(token, REFERENCE, part(30_000)));
	expect(captured).toMatchObject({ state: 'AUTHORIZED', aggregate: sums(30_000) });
	const tooMuch = await client.payment.capture(token, REFERENCE, part(19_901));
	expect(tooMuch).toMatchObject(refusalWith('6090'));
	const refunded = given(await client.payment.refund(token, REFERENCE, part(1_050)));
	expect(refunded.aggregate).toEqual(sums(30_000, 1_050));
	const cancelled = given(await client.payment.cancel(token, REFERENCE));
	expect(cancelled.aggregate).toEqual(sums(30_000, 1_050, 19_900));
	expect(given(await client.payment.info(token, REFERENCE)).aggregate).toEqual(
		sums(30_000, 1_050, 19_900),
	);

	const events = given(await client.payment.history(token, REFERENCE));
	expect(
		events.filter(({ success }) => success).map(({ name, amount }) => [name, amount.value]),
	).toEqual([
		['CREATED', 49_900],
		['AUTHORIZED', 49_900],
		['CAPTURED', 30_000],
		['REFUNDED', 1_050],
		['CANCELLED', 19_900],
	]);
	expect([...origins]).toEqual(['https://apitest.vipps.no']);
});

it('makes up a reference where there is none', async () => {
	const client = open();
	const token = await tokenOf(client);
	const order = { ...ORDER, reference: undefined };
	const { reference } = given(await client.payment.create(token, order));
	expect(reference).toMatch(/^[a-zA-Z0-9-]{8,64}$/);
	expect(given(await client.payment.info(token, reference)).reference).toBe(reference);
});

it('repeats a capture whose answer was lost with the same key: it is carried out once', async () => {
	const { client, token } = await authorized();
	await disturb(simulator, { path: '/capture', carryOut: true, status: 500, body: {} });
	const captured = given(await client.payment.capture(token, REFERENCE, part(10_000)));
	expect(captured.aggregate).toEqual(sums(10_000));
	const captures = (await apiRequests(simulator)).filter(({ url }) => url.endsWith('/capture'));
	const [first, second, ...others] = captures.map(({ headers }) => headers['idempotency-key']);
	expect(first).toMatch(/^.{1,50}$/);
	expect([second, others]).toEqual([first, []]);
	const events = given(await client.payment.history(token, REFERENCE));
	expect(events.filter(({ name }) => name === 'CAPTURED')).toHaveLength(1);
});

it('asks for two captures with two keys, and gets two', async () => {
	const { client, token } = await authorized();
	given(await client.payment.capture(token, REFERENCE, part(10_000)));
	const twice = given(await client.payment.capture(token, REFERENCE, part(10_000)));
	expect(twice.aggregate).toEqual(sums(20_000));
});

it('understands what is refused', async () => {
	const { client, token } = await authorized();
	expect(await client.payment.create(token, ORDER)).toMatchObject({
		ok: false,
		error: { status: 409, extraDetails: [{ name: 'ErrorCode', reason: '4150' }] },
	});
	const wrong = { ...ORDER, reference: 'short', amount: money(-1) };
	const { error } = (await client.payment.create(token, wrong)) as unknown as {
		error: { status: number; extraDetails: Array<{ name: string }> };
	};
	expect(error.status).toBe(400);
	expect(error.extraDetails.map(({ name }) => name).sort()).toEqual(['amount.value', 'reference']);
	expect(await client.payment.info(token, 'acme-shop-nobody')).toMatchObject({
		ok: false,
		error: { status: 404 },
	});
	expect(await client.payment.info('no-token', REFERENCE)).toMatchObject({
		ok: false,
		error: { status: 401 },
	});
});

it('is told that another sales unit is out of reach', async () => {
	const { token } = await authorized();
	const other = await open({ merchantSerialNumber: '234567' }).payment.info(token, REFERENCE);
	expect(other).toMatchObject({
		ok: false,
		error: { message: expect.stringContaining('not authorized') },
	});
});
