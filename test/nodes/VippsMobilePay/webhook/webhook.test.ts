import { expectNoSecrets, loadOptions, startSimulator, type Simulator } from '../../../harness';
import { withoutIsolates } from '../../../support/expressions';
import { apiRequests, disturb, forgetRequests, secretsOf } from '../../../support/simulated';
import { ACTION, act, merchantKeys, partnerKeys } from '../../../support/vipps';
import { register, registered } from '../../../support/webhooks';

withoutIsolates();

const CAPTURED = 'epayments.payment.captured.v1';
const unknown = '497f6eca-6276-4993-bfeb-53cbbbba6f08';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => {
	await simulator.reset();
	await forgetRequests(simulator);
});

const run = async (
	parameters: Parameters<typeof act>[1],
	options: Parameters<typeof act>[2] = {},
) =>
	await act(
		simulator,
		{ resource: 'webhook', authentication: 'merchantApi', ...parameters },
		{ credentials: await merchantKeys(simulator), ...options },
	);

const registerSome = async (count: number): Promise<string[]> => {
	const ids: string[] = [];
	for (let number = 1; number <= count; number++) {
		ids.push(await register(simulator, `https://shop.example.com/${number}`, [CAPTURED]));
	}
	return ids;
};

describe('Get Many', () => {
	it('lists what is registered for the sales unit, without secrets', async () => {
		const ids = await registerSome(3);
		const { json, error } = await run({ operation: 'getAll', returnAll: true });
		expect(error).toBeUndefined();
		expect(json).toEqual(
			ids.map((id, index) => ({
				id,
				url: `https://shop.example.com/${index + 1}`,
				events: [CAPTURED],
			})),
		);
	});

	it.each([
		[{ limit: 2 }, 2],
		[{}, 3],
	])('keeps to the limit: %j', async (parameters, count) => {
		await registerSome(3);
		const { json } = await run({ operation: 'getAll', ...parameters });
		expect(json).toHaveLength(count);
	});

	it("lists a partner's own without a sales unit, and a sales unit's with it", async () => {
		const [id] = await registerSome(1);
		const credentials = await partnerKeys(simulator);
		const own = await run({ operation: 'getAll' }, { credentials });
		expect(own.error).toBeUndefined();
		expect(own.json).toEqual([]);
		expect(own.executionHints).toMatchObject([{ message: expect.stringContaining('No webhooks') }]);
		const options = { merchantSerialNumber: '123456' };
		const ofUnit = await run({ operation: 'getAll', options }, { credentials });
		expect(ofUnit.json).toMatchObject([{ id }]);
		const [first, second] = await apiRequests(simulator).then((all) => all.slice(-2));
		expect(first.headers).not.toHaveProperty('merchant-serial-number');
		expect(second.headers['merchant-serial-number']).toBe('123456');
	});
});

describe('Delete', () => {
	it('deletes the one that is named, and says so', async () => {
		const [first, second, third] = await registerSome(3);
		const { json, error } = await run(
			{ operation: 'delete', webhookId: '={{ $json.id }}' },
			{ items: [{ id: first }, { id: third }] },
		);
		expect(error).toBeUndefined();
		expect(json).toEqual([{ deleted: true }, { deleted: true }]);
		expect(await registered(simulator)).toMatchObject([{ id: second }]);
	});

	it('takes an answer that was lost for a deletion', async () => {
		const [id] = await registerSome(1);
		await disturb(simulator, { path: '/webhooks/', method: 'DELETE', reset: true, carryOut: true });
		const { json } = await run({ operation: 'delete', webhookId: id });
		expect(json).toEqual([{ deleted: true }]);
	});

	it.each(['404', '400'])('explains one that is not there, answered with %s', async (answer) => {
		await simulator.reset({ options: { unknownWebhook: answer } });
		const { error } = await run({ operation: 'delete', webhookId: unknown });
		expect(error?.message).toContain('This webhook was not found');
		expect(error?.description).toContain('deleted already');
	});

	it.each(['={{ "" }}', '..', '../payments', 'x', `${unknown}/..`])(
		'sends nothing for %j',
		async (webhookId) => {
			const { error } = await run({ operation: 'delete', webhookId });
			expect(error?.message).toContain("The parameter 'Webhook'");
			expect(await apiRequests(simulator)).toEqual([]);
		},
	);

	it('has a list to choose from', async () => {
		const [id] = await registerSome(1);
		const { results } = await loadOptions({
			type: ACTION,
			kind: 'listSearch',
			method: 'searchWebhooks',
			parameters: { resource: 'webhook', operation: 'delete', authentication: 'merchantApi' },
			credentials: await merchantKeys(simulator),
			filter: 'SHOP',
		});
		expect(results).toEqual([
			{ name: `https://shop.example.com/1 · ${CAPTURED} · ${id}`, value: id },
		]);
	});
});

describe('keys', () => {
	it('of an accounting partner are refused before anything is sent', async () => {
		const { error } = await act(simulator, {
			resource: 'webhook',
			operation: 'getAll',
			authentication: 'accountingApi',
		});
		expect(error?.message).toContain('Webhooks need the keys of a sales unit');
		expect(await apiRequests(simulator)).toEqual([]);
	});

	it.each([
		[401, 'did not accept the keys'],
		[403, 'may not do this'],
		[400, 'did not accept the request'],
	])('that meet %d get an explanation', async (status, message) => {
		const credentials = await merchantKeys(simulator);
		await disturb(simulator, { path: '/webhooks/', status, times: 2 });
		const { error } = await run({ operation: 'getAll' }, { credentials });
		expect(error?.message).toContain(message);
		expect(error?.description).toMatch(/MSN/);
		expectNoSecrets(error, await secretsOf(simulator, credentials));
	});

	it('without a merchant serial number are told what is missing', async () => {
		const credentials = await merchantKeys(simulator, { merchantSerialNumber: '' });
		const { error } = await run({ operation: 'getAll' }, { credentials });
		expect(error?.description).toContain('merchant serial number (MSN)');
	});
});
