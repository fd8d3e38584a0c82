import { sleep, type INode } from 'n8n-workflow';
import { runWorkflow, type WorkflowFile } from '../../../harness';
import { NEW_PAYMENT } from '../../../support/pay';
import { disturb, forgetRequests, type Fault } from '../../../support/simulated';
import { ACTION, merchantKeys } from '../../../support/vipps';
import { REFERENCE, RETRY_ON_FAIL, Till, TOO_LONG } from './till';

let till: Till;

beforeAll(async () => (till = await Till.open()));
beforeEach(async () => await till.reset());

const WRITE = { method: 'POST', path: '/epayment/' };

const fault = async (...faults: Array<Partial<Fault>>) =>
	await disturb(till.simulator, ...faults.map((one) => ({ ...WRITE, ...one })));

const unlike = (keys: string[]) => new Set(keys).size;

describe('every write has a key that the API takes', () => {
	it('made by the node', async () => {
		await till.pay({ ...NEW_PAYMENT, reference: 'acme-shop-order-2' });
		await till.move('capture', 100);
		await till.move('refund', 100);
		await till.cancel();
		const keys = await till.keys();
		expect(keys).toHaveLength(4);
		for (const key of keys) expect(key).toMatch(/^[a-zA-Z0-9-]{1,50}$/);
		expect(unlike(keys)).toBe(4);
	});

	it("or the user's own, as it is", async () => {
		const own = 'x'.repeat(48);
		const idempotencyKey = (n: number) => ({ idempotencyKey: `${own}-${n}` });
		const parameters = { ...NEW_PAYMENT, reference: 'acme-shop-order-2' };
		await till.pay({ ...parameters, options: idempotencyKey(1) });
		await till.move('capture', 100, idempotencyKey(2));
		await till.move('refund', 100, idempotencyKey(3));
		await till.cancel(idempotencyKey(4));
		expect(await till.keys()).toEqual([1, 2, 3, 4].map((n) => `${own}-${n}`));
	});
});

describe('the key stays the same', () => {
	it("in the transport's repetitions", async () => {
		await fault({ reset: true }, { status: 503 });
		expect((await till.move('capture', 100)).error).toBeUndefined();
		const keys = await till.keys();
		expect(keys).toHaveLength(3);
		expect(unlike(keys)).toBe(1);
	});

	it.each([
		['capture', 100],
		['capture', 'full'],
	] as const)("in n8n's Retry On Fail: %s %s", async (operation, amount) => {
		await fault({ status: 503, headers: TOO_LONG, times: 2 });
		const { error } = await till.move(operation, amount, {}, { node: RETRY_ON_FAIL });
		expect(error).toBeUndefined();
		const keys = await till.keys();
		expect(keys).toHaveLength(3);
		expect(unlike(keys)).toBe(1);
	});

	it('in Retry On Fail, although what is left has changed in between', async () => {
		await till.move('capture', 1_000);
		await forgetRequests(till.simulator);
		// The first attempt refunds 10 kroner, and its answer and what could tell of it are lost.
		await fault({ path: 'refund$', carryOut: true, status: 503, headers: TOO_LONG });
		await disturb(till.simulator, {
			method: 'GET',
			path: 'events$',
			status: 503,
			headers: TOO_LONG,
			delayMs: 1_500,
		});
		const refunding = till.move('refund', 'full', {}, { node: RETRY_ON_FAIL });
		while ((await till.sums())[1] === 0) await sleep(50);
		await till.move('capture', 500);
		expect((await refunding).error).toBeUndefined();
		expect(await till.sums()).toEqual([1_500, 1_000, 0]);
	});

	it('in Retry On Fail for all items, also those that went through before', async () => {
		await fault({ path: 'capture$', status: 503, headers: TOO_LONG });
		const items = [{ amount: 100 }, { amount: 200 }, { amount: 200 }];
		const { json } = await till.move(
			'capture',
			'={{ $json.amount }}',
			{},
			{ items, node: RETRY_ON_FAIL, continueOnFail: true },
		);
		expect(json.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		expect(await till.sums()).toEqual([500, 0, 0]);
		expect(await till.events()).toEqual(['CREATED', 'AUTHORIZED', ...Array(3).fill('CAPTURED')]);
	});
});

describe('the key is another one', () => {
	it('for another item that asks for the same', async () => {
		const { error } = await till.move('capture', 100, {}, { items: [{}, {}, {}] });
		expect(error).toBeUndefined();
		expect(unlike(await till.keys())).toBe(3);
		expect(await till.sums()).toEqual([300, 0, 0]);
	});

	it('in another execution', async () => {
		await till.move('capture', 100, {}, { executionId: '7' });
		await till.move('capture', 100, {}, { executionId: '8' });
		expect(unlike(await till.keys())).toBe(2);
		expect(await till.sums()).toEqual([200, 0, 0]);
	});

	it('for another node, and another amount', async () => {
		const executionId = '7';
		await till.move('capture', 100, {}, { executionId });
		await till.move('capture', 100, {}, { executionId, node: { id: 'another' } });
		await till.move('capture', 101, {}, { executionId });
		expect(unlike(await till.keys())).toBe(3);
	});

	it('in another turn of a loop', async () => {
		const node = (name: string, type: string, parameters: INode['parameters'] = {}): INode => ({
			id: name,
			name,
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters,
		});
		const to = (...names: string[]) => ({
			main: [names.map((name) => ({ node: name, type: 'main' as const, index: 0 }))],
		});
		const workflow: WorkflowFile = {
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger'),
				node('One', 'n8n-nodes-base.noOp'),
				node('Two', 'n8n-nodes-base.noOp'),
				node('Capture', ACTION, {
					resource: 'payment',
					operation: 'capture',
					authentication: 'merchantApi',
					reference: REFERENCE,
					amountMode: 'partial',
					amountUnit: 'minor',
					amount: '100',
					currency: 'NOK',
				}),
			],
			connections: { Start: to('One', 'Two'), One: to('Capture'), Two: to('Capture') },
		};
		const credentials = await merchantKeys(till.simulator);
		const { error, runData } = await runWorkflow(workflow, { credentials });
		expect(error).toBeUndefined();
		expect(runData.Capture).toHaveLength(2);
		expect(unlike(await till.keys())).toBe(2);
		expect(await till.sums()).toEqual([200, 0, 0]);
	});
});

describe('creating', () => {
	const parameters = { ...NEW_PAYMENT, reference: 'acme-shop-order-2' };

	const created = async () => {
		const { data } = await till.simulator.control.get<{
			payments: Array<{ amount: { value: number }; events: unknown[] }>;
		}>('/payments', { params: { reference: parameters.reference } });
		return data.payments;
	};

	it('again with the same values gives the same payment, in any execution', async () => {
		const first = await till.pay(parameters);
		const second = await till.pay(parameters, { node: { id: 'another' } });
		expect(second.error).toBeUndefined();
		expect(second.json).toEqual(first.json);
		expect(first.json).toEqual([
			{ reference: parameters.reference, redirectUrl: expect.stringContaining('http') },
		]);
		expect(unlike(await till.keys())).toBe(1);
		const [payment, ...others] = await created();
		expect([payment.events.length, others]).toEqual([1, []]);
	});

	it('what was refused goes through under the same reference once it is corrected', async () => {
		const refused = await till.pay({ ...parameters, currency: 'DKK' });
		expect(refused.error?.description).toContain('5040');
		expect((await till.pay(parameters)).error).toBeUndefined();
		expect(unlike(await till.keys())).toBe(2);
		expect(await created()).toHaveLength(1);
	});

	it('under a reference that is taken, with other values, is refused', async () => {
		await till.pay(parameters);
		const { error } = await till.pay({ ...parameters, amount: 100 });
		expect(error?.message).toContain('reference or idempotency key was used before');
		expect((await created()).map(({ amount }) => amount.value)).toEqual([49_900]);
	});

	it('with an own key that was used for another amount is refused', async () => {
		const options = { idempotencyKey: 'own' };
		await till.pay({ ...parameters, options });
		const { error } = await till.pay({ ...parameters, amount: 100, options });
		expect(error?.message).toContain('idempotency key was used before');
		expect((await created()).map(({ amount }) => amount.value)).toEqual([49_900]);
	});

	it.each<[string, Partial<Fault>]>([
		['a broken connection', { reset: true }],
		['a broken answer', { truncate: true, carryOut: undefined }],
		['a 500', { status: 500 }],
		['a 409', { status: 409 }],
		['a 503 for long', { status: 503, headers: TOO_LONG }],
	])('whose answer is lost by %s gives the payment and its address', async (_name, lost) => {
		await fault({ carryOut: true, ...lost });
		const { json, error } = await till.pay(parameters);
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{ reference: parameters.reference, redirectUrl: expect.stringContaining('landing?token=') },
		]);
		const [payment, ...others] = await created();
		expect([payment.events.length, others]).toEqual([1, []]);
	});
});

describe("the user's own key", () => {
	const own = { idempotencyKey: 'shipment-1' };

	it.each(['remembers', 'forgets'])(
		'does it once however often the workflow runs, with an API that %s it',
		async (idempotency) => {
			await till.reset({ idempotency });
			for (let run = 0; run < 2; run++) {
				const { error, json } = await till.move('capture', 100, own);
				expect(error).toBeUndefined();
				expect(json[0].reference).toBe(REFERENCE);
			}
			expect(await till.sums()).toEqual([100, 0, 0]);
		},
	);

	it('does it once without the check, too, as long as the API remembers it', async () => {
		const options = { ...own, checkBeforeSending: false };
		await till.move('capture', 100, options);
		expect((await till.move('capture', 100, options)).error).toBeUndefined();
		expect(await till.sums()).toEqual([100, 0, 0]);
	});

	it.each([true, false])(
		'never stands for another amount (check before sending: %p)',
		async (checkBeforeSending) => {
			const options = { ...own, checkBeforeSending };
			await till.move('capture', 20_000, options);
			await till.move('capture', 20_000);
			// More than is left, and less than has been captured altogether.
			for (const amount of [9_900, 30_000]) {
				const { error } = await till.move('capture', amount, options);
				expect(error).toBeDefined();
			}
			expect(await till.sums()).toEqual([40_000, 0, 0]);
		},
	);

	it('is refused before sending when it is too long', async () => {
		const { error } = await till.move('capture', 100, { idempotencyKey: 'x'.repeat(51) });
		expect(error?.message).toContain("'Idempotency Key' is not valid");
		expect(error?.message).toContain('[item 0]');
		expect(await till.writes()).toEqual([]);
	});

	it.each(['two words', 'smørbrød', 'line\nbreak'])('is refused when it is %p', async (key) => {
		const { error } = await till.move('capture', 100, { idempotencyKey: key });
		expect(error?.message).toContain("'Idempotency Key' is not valid");
		expect(await till.writes()).toEqual([]);
	});

	it('of a second item is refused', async () => {
		const { json } = await till.move('capture', 100, own, {
			items: [{}, {}],
			continueOnFail: true,
		});
		expect(json[0].error).toBeUndefined();
		expect(json[1].error).toContain('is the same as for item 0');
		expect(await till.keys()).toEqual(['shipment-1']);
	});

	it('may come from an expression, one for each item', async () => {
		const items = [{ n: 1 }, { n: 2 }];
		const options = { idempotencyKey: '={{ "shipment-" + $json.n }}' };
		expect((await till.move('capture', 100, options, { items })).error).toBeUndefined();
		expect(await till.keys()).toEqual(['shipment-1', 'shipment-2']);
		expect(await till.sums()).toEqual([200, 0, 0]);
	});
});
