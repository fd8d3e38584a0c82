import type { AxiosResponse } from 'axios';
import { startSimulator, type Simulator } from '../harness';
import { connect, type Client } from './client';

let simulator: Simulator;
let partner: Client;

const NOW = '2026-10-05T12:00:00Z';

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => await restart());

async function restart(options = {}): Promise<void> {
	await simulator.reset({ now: NOW, options });
	partner = await connect(simulator, 'partner');
}

const UNITS = '/management/v1/sales-units';
const MERCHANT = '/management/v1/merchants/business:NO:ORG/987654321';
const PACKAGES = '/management/v1/partners/price-packages';
const ORDERS_V1 = '/management/v1/product-orders';
const ORDERS_V2 = '/management/v2/product-orders';

const UUID = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);

const identifier = (scheme: string) => ({ scheme, id: expect.stringMatching(/^[\d-]{4,50}$/) });

/** The documentation's example, with the category code as text, as its schema has it. */
const ORDER = {
	businessIdentifier: { scheme: 'business:NO:ORG', id: '9876543221' },
	salesUnitName: 'ACME Fantastic Fitness',
	salesUnitLogo: 'VGhlIGltYWdlIGdvZXMgaGVyZQ==',
	settlementBankAccount: { scheme: 'BBAN:NO', id: '86011117947' },
	pricePackageId: '8a11afb7-c223-48ed-8ca6-4722b97261aa',
	productType: 'PAYMENT_INTEGRATION',
	productUseCase: 'WebsiteWithTest',
	annualTurnover: 100_000,
	annualTurnoverPercentage: '50',
	intendedPurpose:
		"Gym membership for accessing the gym's facilities. Guests will not be physically present when buying the subscription, it's done on the gym's website.",
	website: {
		url: 'https://example.com',
		termsUrl: 'https://example.com/terms-and-conditions',
		testWebsiteUrl: 'https://example.com/test',
		testWebsiteUsername: 'test-user',
		testWebsitePassword: 'test-password',
	},
	hasRecurring: true,
	merchantCategoryCode: '5942',
};

const SIMPLE = { businessIdentifier: ORDER.businessIdentifier, productType: 'LOGIN' };

async function order(body: object = SIMPLE): Promise<string> {
	const { status, data } = await partner.post(ORDERS_V1, body);
	expect(status).toBe(201);
	return (data as { prefilledOrderId: string }).prefilledOrderId;
}

function expectProblem({ status, headers, data }: AxiosResponse, expected: number): void {
	expect(status).toBe(expected);
	expect(headers['content-type']).toMatch(/^application\/(problem\+)?json/);
	// Other than on the platform: no trace id, and the details are keys and values.
	expect(data).toMatchObject({
		type: expect.any(String),
		title: expect.any(String),
		status: expected,
		detail: expect.any(String),
		instance: expect.any(String),
	});
	expect(data).not.toHaveProperty('traceId');
}

const keysOf = ({ data }: AxiosResponse) =>
	(data as { extraDetails: Array<{ key: string }> }).extraDetails.map(({ key }) => key);

describe('the documented requests get the documented answers', () => {
	it('sales units: number and name of each', async () => {
		const { status, data } = await partner.get(UNITS);
		expect(status).toBe(200);
		const units = data as Array<{ msn: string; name: string }>;
		expect(units.length).toBeGreaterThan(3);
		for (const unit of units) {
			expect(unit).toEqual({
				msn: expect.stringMatching(/^\d{4,10}$/),
				name: expect.stringMatching(/^.{1,50}$/),
			});
		}
	});

	it('a sales unit: with what it may do, and the bank account where that is told', async () => {
		const expected = {
			msn: '123456',
			name: 'Fjord Sport Oslo',
			businessIdentifier: identifier('business:NO:ORG'),
			configuration: {
				paymentAllowed: expect.any(Boolean),
				captureType: expect.stringMatching(/^(ReserveCapture|DirectCapture|NotApplicable)$/),
				skipLandingPageAllowed: expect.any(Boolean),
				recurringAllowed: expect.any(Boolean),
				partialCaptureAllowed: expect.any(Boolean),
				lateCaptureAllowed: expect.any(Boolean),
				landingPagePhoneNumberLocked: expect.any(Boolean),
				longLivingPaymentAllowed: expect.any(Boolean),
				creditCardPaymentAllowed: expect.any(Boolean),
			},
		};
		expect((await partner.get(`${UNITS}/123456`)).data).toEqual(expected);
		await restart({ settlementBankAccountShown: true });
		expect((await partner.get(`${UNITS}/123456`)).data).toEqual({
			...expected,
			settlementBankAccount: { scheme: 'BBAN:NO', id: expect.stringMatching(/^\d{9,34}$/) },
		});
	});

	it('a merchant, whose scheme stands in the path with its colons or encoded', async () => {
		const address = {
			lines: expect.any(Array),
			postCode: expect.any(String),
			city: expect.any(String),
			countryCode: 'NO',
		};
		const expected = {
			businessIdentifier: { scheme: 'business:NO:ORG', id: '987654321' },
			name: expect.stringMatching(/^.{1,50}$/),
			status: 'ACTIVE',
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			countryCode: 'NO',
			businessAddress: address,
			businessPostAddress: address,
		};
		for (const path of [MERCHANT, MERCHANT.replaceAll('business:NO:ORG', 'business%3ANO%3AORG')]) {
			const { status, data } = await partner.get(path);
			expect([status, data]).toEqual([200, expected]);
		}
		expect((await partner.get(`${MERCHANT}/sales-units`)).data).toEqual([
			{ msn: '123456', name: 'Fjord Sport Oslo' },
			{ msn: '234567', name: 'Fjord Sport Bergen' },
		]);
	});

	it('price packages', async () => {
		const { status, data } = await partner.get(PACKAGES);
		expect(status).toBe(200);
		for (const one of data as object[]) {
			expect(one).toEqual({
				pricePackageId: UUID,
				name: expect.stringMatching(/^.{1,30}$/),
				description: expect.stringMatching(/^.{1,6}$/),
				visibleInSignupForm: expect.any(Boolean),
				productType: expect.stringMatching(
					/^(PAYMENT_INTEGRATION|LOGIN|CHECKOUT|CASHIER|DONATIONS)$/,
				),
				market: expect.stringMatching(/^(DK|NO|FI)$/),
				commission: (one as { commission: null }).commission && expect.any(String),
			});
		}
	});

	it('a product order: prefilled, read, listed, completed', async () => {
		// The example's logo is a placeholder, which cannot be shown.
		await restart({ incompleteOrders: 'accepted' });
		const { status, data } = await partner.post(ORDERS_V1, ORDER);
		expect([status, data]).toEqual([
			201,
			{ prefilledOrderId: UUID, prefillUrl: expect.stringMatching(/^https:\/\//) },
		]);
		const { prefilledOrderId, prefillUrl } = data as Record<string, string>;
		const details = {
			productOrderType: 'PREFILL',
			productOrderId: prefilledOrderId,
			productType: 'PAYMENT_INTEGRATION',
			status: 'RECEIVED',
			businessIdentifier: ORDER.businessIdentifier,
			productOrderUrl: prefillUrl,
			salesUnit: null,
		};
		const path = `${ORDERS_V2}/${prefilledOrderId}/details`;
		expect((await partner.get(path)).data).toEqual(details);
		expect((await partner.get(ORDERS_V2)).data).toContainEqual(details);

		const move = { productOrderId: prefilledOrderId, status: 'COMPLETED' };
		await simulator.control.post('/product-orders/advance', move);
		const salesUnit = { msn: expect.stringMatching(/^\d+$/), name: ORDER.salesUnitName };
		const completed = { ...details, status: 'COMPLETED', salesUnit };
		expect((await partner.get(path)).data).toEqual(completed);
		expect((await partner.get(UNITS)).data).toContainEqual(salesUnit);
	});

	it('a product order is taken back until it is submitted', async () => {
		const id = await order();
		expect((await partner.delete(`${ORDERS_V1}/${id}`)).status).toBe(200);
		expectProblem(await partner.get(`${ORDERS_V2}/${id}/details`), 404);
		expectProblem(await partner.delete(`${ORDERS_V1}/${id}`), 404);
		const submitted = await order();
		const move = { productOrderId: submitted, status: 'ORDER_SUBMITTED' };
		await simulator.control.post('/product-orders/advance', move);
		expectProblem(await partner.delete(`${ORDERS_V1}/${submitted}`), 400);
	});

	it('expired orders are listed when asked for', async () => {
		const statuses = async (query: string) =>
			((await partner.get(`${ORDERS_V2}${query}`)).data as Array<{ status: string }>).map(
				({ status }) => status,
			);
		expect(await statuses('')).not.toContain('EXPIRED');
		expect(await statuses('?includeExpired=false')).not.toContain('EXPIRED');
		expect(await statuses('?includeExpired=true')).toContain('EXPIRED');
	});
});

describe('strictness', () => {
	it.each<[string, object, string[]]>([
		['an unknown field', { ...SIMPLE, complianceData: {} }, ['complianceData']],
		['a name of 2023', { ...SIMPLE, productType: 'VIPPS_PA_NETT' }, ['productType']],
		['no merchant', { productType: 'LOGIN' }, ['businessIdentifier']],
		['a code as a number', { ...SIMPLE, merchantCategoryCode: 5942 }, ['merchantCategoryCode']],
		['a website without https', { ...SIMPLE, website: { url: 'http://a.no' } }, ['website.url']],
		['turnover in decimals', { ...SIMPLE, annualTurnover: 0.5 }, ['annualTurnover']],
		['no website', { ...SIMPLE, productType: 'PAYMENT_INTEGRATION' }, ['website']],
		[
			'a picture that is none',
			{ ...SIMPLE, salesUnitLogo: ORDER.salesUnitLogo },
			['salesUnitLogo'],
		],
	])('an order with %s is refused, and the field is named', async (_name, body, fields) => {
		const answer = await partner.post(ORDERS_V1, body);
		expectProblem(answer, 400);
		expect(keysOf(answer)).toEqual(expect.arrayContaining(fields));
	});

	it('the Idempotency-Key is needed, and makes one order of two requests', async () => {
		const without = await partner.http.post(ORDERS_V1, SIMPLE);
		expectProblem(without, 400);
		expect(keysOf(without)).toEqual(['Idempotency-Key']);
		for (const key of ['with blanks', 'with_underscore', 'k'.repeat(51)]) {
			expectProblem(await partner.post(ORDERS_V1, SIMPLE, key), 400);
		}
		const first = await partner.post(ORDERS_V1, SIMPLE, 'one-order');
		const again = await partner.post(ORDERS_V1, SIMPLE, 'one-order');
		expect([again.status, again.data]).toEqual([201, first.data]);
		const other = { ...SIMPLE, productType: 'CASHIER' };
		expectProblem(await partner.post(ORDERS_V1, other, 'one-order'), 409);
	});

	it('what is not reached, closed or unknown looks alike', async () => {
		for (const msn of ['222222', '333333', '999999']) {
			expectProblem(await partner.get(`${UNITS}/${msn}`), 404);
		}
		expectProblem(await partner.get(`${MERCHANT.slice(0, -1)}9`), 404);
		expectProblem(await partner.get(`${UNITS}/12`), 400);
		expectProblem(await partner.get(`${ORDERS_V2}/123/details`), 400);
		expectProblem(await partner.get(`${UNITS}?limit=5`), 400);
	});

	it('older routes are gone', async () => {
		for (const path of [ORDERS_V1, '/management/v1/whoami', '/management/v1/merchants']) {
			expect((await partner.get(path)).status).toBe(404);
		}
	});

	it("a sales unit's keys open its own business, and nothing of the partner's", async () => {
		const merchant = await connect(simulator, 'merchant', '123456');
		expect((await merchant.get(`${UNITS}/123456`)).status).toBe(200);
		expect((await merchant.get(MERCHANT)).status).toBe(200);
		expectProblem(await merchant.get(`${UNITS}/654321`), 404);
		for (const path of [PACKAGES, ORDERS_V2]) expectProblem(await merchant.get(path), 403);
		expectProblem(await merchant.post(ORDERS_V1, SIMPLE), 403);
	});

	it('without a token nothing opens', async () => {
		for (const path of [UNITS, MERCHANT, PACKAGES, ORDERS_V2]) {
			const headers = { Authorization: undefined };
			expectProblem(await partner.http.get(path, { headers }), 401);
		}
	});
});
