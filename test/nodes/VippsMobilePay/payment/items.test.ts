import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	engineLog,
	expectNoSecrets,
	startSimulator,
	type NodeResult,
	type Simulator,
} from '../../../harness';
import { customer, NEW_PAYMENT, pay, paymentsOf } from '../../../support/pay';
import {
	apiRequests,
	disturb,
	forgetRequests,
	requestLog,
	secretsOf,
} from '../../../support/simulated';
import { accountingKeys, merchantKeys, partnerKeys } from '../../../support/vipps';

interface Case {
	operation: string;
	/** What differs from the defaults, besides `reference` and the sales unit. */
	parameters?: INodeParameters;
	/** What must have happened to a payment before. */
	before?: 'created' | 'approved' | 'captured';
	/** What a payment has come to afterwards, in minor units: 10 kroner, of which 1 is moved or paid. */
	after: IDataObject;
}

const sums = (authorizedAmount: number, capturedAmount = 0, more: IDataObject = {}) => ({
	authorizedAmount,
	capturedAmount,
	refundedAmount: 0,
	cancelledAmount: 0,
	...more,
});

const PARTIAL = {
	amountMode: 'partial',
	amountUnit: '={{ "major" }}',
	amount: '={{ $json.part }}',
	currency: '={{ $json.currency }}',
};

const CASES: Case[] = [
	{
		operation: 'create',
		parameters: {
			...NEW_PAYMENT,
			amountUnit: 'major',
			amount: '={{ $json.part }}',
			currency: '={{ $json.currency }}',
		},
		after: { state: 'CREATED', amount: 100, ...sums(0) },
	},
	{ operation: 'get', before: 'created', after: { state: 'CREATED', ...sums(0) } },
	{ operation: 'getEvents', before: 'created', after: { state: 'CREATED', ...sums(0) } },
	{
		operation: 'approve',
		before: 'created',
		parameters: { phoneNumber: '={{ 4712345678 }}' },
		after: { state: 'AUTHORIZED', ...sums(1000) },
	},
	{
		operation: 'capture',
		before: 'approved',
		parameters: PARTIAL,
		after: { state: 'AUTHORIZED', ...sums(1000, 100) },
	},
	{
		operation: 'refund',
		before: 'captured',
		parameters: PARTIAL,
		after: { state: 'AUTHORIZED', ...sums(1000, 1000, { refundedAmount: 100 }) },
	},
	{
		operation: 'cancel',
		before: 'approved',
		parameters: { options: { cancelTransactionOnly: '={{ false }}' } },
		after: { state: 'AUTHORIZED', ...sums(1000, 0, { cancelledAmount: 1000 }) },
	},
	{
		operation: 'waitForState',
		before: 'approved',
		parameters: { states: '={{ ["AUTHORIZED"] }}', timeoutSeconds: '={{ 1 }}' },
		after: { state: 'AUTHORIZED', ...sums(1000) },
	},
];

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

const NORWAY = { msn: '123456', currency: 'NOK' };
const DENMARK = { msn: '654321', currency: 'DKK' };

/** Makes payments of 10 kroner, and lets happen to them what has to. */
async function prepare({ before }: Case, items: Array<typeof NORWAY & { reference: string }>) {
	await simulator.reset({ options: { writesPerMinute: 0 } });
	const run = async (parameters: INodeParameters) => {
		const { error } = await pay(
			simulator,
			{
				reference: '={{ $json.reference }}',
				options: { merchantSerialNumber: '={{ $json.msn }}' },
				...parameters,
			},
			{ credentials: await partnerKeys(simulator), items },
		);
		expect(error).toBeUndefined();
	};
	if (before) {
		await run({
			...NEW_PAYMENT,
			reference: '={{ $json.reference }}',
			amount: '1000',
			currency: '={{ $json.currency }}',
		});
	}
	if (before === 'approved' || before === 'captured') {
		for (const { reference, msn } of items) await customer(simulator, 'approve', reference, msn);
	}
	if (before === 'captured') await run({ operation: 'capture' });
	await forgetRequests(simulator);
}

/** Runs the operation on items that say which payment, and how much as a decimal. */
async function run(
	{ operation, parameters }: Case,
	items: IDataObject[],
	options: Parameters<typeof pay>[2] = {},
): Promise<NodeResult> {
	return await pay(
		simulator,
		{
			...parameters,
			operation,
			reference: '={{ $json.reference }}',
			options: {
				...(parameters?.options as IDataObject | undefined),
				merchantSerialNumber: '={{ $json.msn }}',
			},
		},
		{ credentials: await partnerKeys(simulator), items, ...options },
	);
}

/** What a payment of the simulator has come to. */
const factsOf = ({ state, amount, aggregate }: IDataObject) => ({
	state,
	amount: (amount as IDataObject).value,
	...Object.fromEntries(
		Object.entries(aggregate as Record<string, IDataObject>).map(([name, { value }]) => [
			name,
			value,
		]),
	),
});

async function paymentsNow(): Promise<Record<string, IDataObject>> {
	return Object.fromEntries(
		(await paymentsOf(simulator)).map((payment) => [
			`${String(payment.merchantSerialNumber)} ${String(payment.reference)}`,
			factsOf(payment),
		]),
	);
}

const item = (reference: string, sale = NORWAY) => ({ reference, ...sale, part: '1.00' });

describe.each(CASES)('$operation', (one) => {
	const expected = { amount: 1000, ...one.after };

	it('works on each item by its own values, which lead back to it', async () => {
		const references = ['items-order-1', 'items-order-2', 'items-order-3'];
		await prepare(
			one,
			references.map((reference) => item(reference)),
		);
		const parts = ['1.00', 0.29 + 1, '3.33'];
		const { items, error, input } = await run(
			one,
			references.map((reference, index) => ({ ...item(reference), part: parts[index] })).reverse(),
		);
		expect(error).toBeUndefined();
		expect(items[0].map(({ json, pairedItem }) => [json.reference, pairedItem])).toEqual([
			['items-order-3', { item: 0 }],
			['items-order-2', { item: 1 }],
			['items-order-1', { item: 2 }],
		]);
		expect(input.map(({ json }) => Object.keys(json))).toEqual(
			references.map(() => ['reference', 'msn', 'currency', 'part']),
		);
		const moved = Object.entries(expected).find(([, value]) => value === 100)?.[0];
		for (const [index, minor] of [100, 129, 333].entries()) {
			expect((await paymentsNow())[`123456 ${references[index]}`]).toEqual({
				...expected,
				...(moved && { [moved]: minor }),
			});
		}
	});

	const good = [item('items-order-1'), item('items-order-2')];
	/** Refused by the API, and refused before anything is sent. */
	const failing = [
		one.operation === 'create' ? { ...good[0], currency: 'DKK' } : item('items-order-9'),
		item('bad'),
	];
	const mixed = [good[0], failing[0], failing[1], good[1]];

	it('puts each error on its own item and goes on with the others', async () => {
		await prepare(one, good);
		const { items, error } = await run(one, mixed, { continueOnFail: true });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0].map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[undefined, { item: 0 }],
			[expect.stringMatching(/\w{4}/), { item: 1 }],
			[expect.stringContaining('\'Reference\' is not valid: "bad" [item 2]'), { item: 2 }],
			[undefined, { item: 3 }],
		]);
		for (const { json } of items[0]) expect(json.error ? json.details : 'good').toMatch(/\w{4}/);
		expect(await paymentsNow()).toEqual({
			'123456 items-order-1': expected,
			'123456 items-order-2': expected,
		});
	});

	it('sends failed items to the error output', async () => {
		await prepare(one, good);
		const { items, error } = await run(one, mixed, { continueOnFail: 'continueErrorOutput' });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
		expect(items[0].map(({ json }) => json.reference)).toEqual(['items-order-1', 'items-order-2']);
		expect(items[1].map(({ json }) => json.reference)).toEqual([failing[0].reference, 'bad']);
		for (const { json } of items[1]) expect(json.error).toMatch(/\w{4}/);
	});

	it('stops at the first item that fails, and names it', async () => {
		await prepare(one, good);
		const { items, error } = await run(one, mixed);
		expect(items).toEqual([]);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			httpCode: expect.stringMatching(/^4\d\d$/),
			context: { itemIndex: 1 },
		});
		expect(error?.description).toMatch(/\w{4}/);
	});

	it('serves two markets of a partner, whose keys name no sales unit', async () => {
		const both = [item('items-order-1', DENMARK), item('items-order-1', NORWAY)];
		await prepare(one, both);
		const { json, error } = await run(one, both);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(2);
		expect(await paymentsNow()).toEqual({
			'123456 items-order-1': expected,
			'654321 items-order-1': expected,
		});
		const units = (await apiRequests(simulator)).map(
			({ headers }) => headers['merchant-serial-number'],
		);
		expect(new Set(units)).toEqual(new Set([DENMARK.msn, NORWAY.msn]));
		expect(units.filter((msn) => msn === NORWAY.msn)).toHaveLength(units.length / 2);
	});

	it('asks for another sales unit than the one of the credential where an item names one', async () => {
		const both = [item('items-order-1', NORWAY), item('items-order-1', DENMARK)];
		await prepare(one, both);
		const [norwegian, danish] = both;
		const { error } = await run(one, [{ ...norwegian, msn: '' }, danish], {
			credentials: await partnerKeys(simulator, { merchantSerialNumber: NORWAY.msn }),
		});
		expect(error).toBeUndefined();
		expect(await paymentsNow()).toEqual({
			'123456 items-order-1': expected,
			'654321 items-order-1': expected,
		});
	});

	it('refuses before anything is sent an item without a sales unit, or with one that is none', async () => {
		await simulator.reset();
		const units = ['', ' ', null, 'MSN-1', '123', '12345678901', '12 34 56', '１２３４５６', {}];
		const { json, error } = await run(
			one,
			units.map((msn) => ({ ...item('items-order-1'), msn })),
			{ continueOnFail: true },
		);
		expect(error).toBeUndefined();
		expect(json.map(({ error: text }) => text)).toEqual([
			...['0', '1', '2'].map((index) =>
				expect.stringMatching(`It is not said which sales unit this is for \\[item ${index}\\]`),
			),
			...units
				.slice(3)
				.map((msn) =>
					expect.stringContaining(
						`The option 'Merchant Serial Number' is not valid: ${JSON.stringify(msn)} [item`,
					),
				),
		]);
		for (const { details } of json) expect(details).toMatch(/merchant serial number/i);
		expect((await requestLog(simulator)).total).toBe(0);
	});

	it.each(['keys', 'no keys'])(
		'refuses accounting keys before anything is sent, where the merchant credential has %s',
		async (which) => {
			await simulator.reset();
			const store = await accountingKeys(simulator);
			if (which === 'keys') {
				const merchant = await (await merchantKeys(simulator)).read('vippsMobilePayMerchantApi');
				await store.save('vippsMobilePayMerchantApi', merchant);
			}
			const { error } = await pay(
				simulator,
				{
					...one.parameters,
					operation: one.operation,
					reference: 'items-order-1',
					authentication: 'accountingApi',
				},
				{ credentials: store, items: [item('items-order-1')] },
			);
			expect(error?.message).toContain('Payments need the keys of a sales unit or of a partner');
			expect(error?.description).toContain("'Vipps MobilePay Merchant API'");
			expect((await requestLog(simulator)).total).toBe(0);
		},
	);

	it('tells no secret, whatever happens', async () => {
		await prepare(one, good);
		const credentials = await merchantKeys(simulator);
		const runs = [];
		const own = mixed.map((each) => ({ ...each, msn: '' }));
		runs.push(await run(one, own, { credentials, continueOnFail: true }));
		const keys = await merchantKeys(simulator, { clientSecret: 'no-such-secret-of-a-merchant' });
		runs.push(await run(one, own.slice(0, 1), { credentials: keys }));
		runs.push(await run(one, own.slice(1), { credentials }));
		await disturb(simulator, { path: '/epayment/', status: 401, body: { detail: 'no' }, times: 9 });
		runs.push(await run(one, own.slice(0, 1), { credentials }));
		expect(runs.filter(({ error }) => error !== undefined)).toHaveLength(3);
		const secrets = [
			...(await secretsOf(simulator, credentials, keys)),
			'no-such-secret-of-a-merchant',
		];
		expect(secrets.length).toBeGreaterThan(8);
		expectNoSecrets([runs.map(({ run: whole }) => whole), engineLog.lines], secrets);
	});
});
