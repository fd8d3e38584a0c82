import type { INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator, type WebhookWorkflow } from '../../harness';
import { paymentEvent } from '../../support/deliver';
import { withoutIsolates } from '../../support/expressions';
import { apiRequests, forgetRequests } from '../../support/simulated';
import { merchantKeys, partnerKeys } from '../../support/vipps';
import {
	afterGrace,
	deliver,
	deliverSignedBy,
	register,
	registered,
	registrationOf,
	webhookWorkflow,
} from '../../support/webhooks';

const APPROVED = 'epayments.payment.authorized.v1';
const CAPTURED = 'epayments.payment.captured.v1';

withoutIsolates();

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

beforeEach(async () => await simulator.reset());

async function active(
	parameters: INodeParameters = {},
	options: Parameters<typeof webhookWorkflow>[2] = {},
): Promise<WebhookWorkflow> {
	const workflow = await webhookWorkflow(simulator, parameters, options);
	await workflow.activate();
	return workflow;
}

const idsOf = async () => (await registered(simulator)).map(({ id }) => id);

const writes = async () =>
	(await apiRequests(simulator)).map(({ method }) => method).filter((method) => method !== 'GET');

/** It has exactly one registration, the one whose secret it knows, and starts on what that signs. */
async function expectAtWork(workflow: WebhookWorkflow): Promise<void> {
	const { id, url } = registrationOf(workflow);
	const own = (await registered(simulator)).filter((one) => one.url === url);
	expect(own.map((one) => one.id)).toEqual([id]);
	const before = workflow.started.length;
	expect((await deliver(workflow, paymentEvent())).status).toBe(200);
	expect(workflow.started).toHaveLength(before + 1);
}

describe('activation and deactivation', () => {
	it('register and delete', async () => {
		const workflow = await active();
		expect(await registered(simulator)).toMatchObject([
			{ url: workflow.url(), events: [APPROVED], merchantSerialNumber: '123456' },
		]);
		await expectAtWork(workflow);
		await workflow.deactivate();
		await afterGrace(simulator, 0);
		expect(await registered(simulator)).toEqual([]);
	});

	it('a hundred times, with starts of n8n between them, leave one while active and none after', async () => {
		const workflow = await webhookWorkflow(simulator);
		for (let round = 0; round < 100; round++) {
			if (round % 10 === 0) await workflow.activate();
			else if (round % 10 === 9) await workflow.deactivate();
			else if (round % 10 === 5) await workflow.restart();
			else if (round % 2 === 0) await workflow.publish();
			else await workflow.activate('init');
			const count = (await registered(simulator)).length;
			// What was left just now lives on for a moment.
			if (round % 10 !== 9) expect([round, count]).toEqual([round, 1]);
		}
		await afterGrace(simulator, 0);
		expect(await registered(simulator)).toEqual([]);
		expect(workflow.staticData.registrations).not.toHaveLength(100);
	}, 60_000);

	it('leave the registrations of other workflows alone', async () => {
		const one = await active();
		const other = await active({}, { webhookId: 'another' });
		const foreign = await register(simulator, 'https://shop.example.com/hook', [APPROVED]);
		await one.publish({ parameters: { triggerOn: [CAPTURED] } });
		await one.deactivate();
		await afterGrace(simulator, 2);
		expect(await idsOf()).toEqual([registrationOf(other).id, foreign]);
		await expectAtWork(other);
	});
});

describe('a start of n8n', () => {
	it('finds the registration and writes nothing', async () => {
		const workflow = await active();
		const [before] = await idsOf();
		await forgetRequests(simulator);
		await workflow.restart();
		expect(await idsOf()).toEqual([before]);
		expect(await writes()).toEqual([]);
		await expectAtWork(workflow);
	});

	it('registers again what somebody has deleted', async () => {
		const workflow = await active();
		await simulator.reset();
		await workflow.restart();
		await expectAtWork(workflow);
	});

	it('deletes a second registration for the same address', async () => {
		const workflow = await active();
		await register(simulator, workflow.url(), [APPROVED]);
		await workflow.restart();
		await expectAtWork(workflow);
	});
});

describe('a change', () => {
	const others: INodeParameters = { triggerOn: [CAPTURED, 'epayments.payment.refunded.v1'] };

	it('of the events registers first and deletes then, although n8n takes the old version down first', async () => {
		const workflow = await active();
		const [before] = await idsOf();
		await forgetRequests(simulator);
		await workflow.publish({ parameters: others });
		expect(await writes()).toEqual(['POST', 'DELETE']);
		expect(await registered(simulator)).toMatchObject([{ events: others.triggerOn }]);
		expect(await idsOf()).not.toContain(before);
		await afterGrace(simulator, 1);
		await expectAtWork(workflow);
	});

	it('of the address does the same', async () => {
		const workflow = await active();
		await forgetRequests(simulator);
		workflow.change({ publicUrl: 'https://n8n.example.com' });
		await workflow.restart();
		expect(await writes()).toEqual(['POST', 'DELETE']);
		expect(await registered(simulator)).toMatchObject([
			{ url: expect.stringMatching(/^https:\/\/n8n\.example\.com\/webhook\//) },
		]);
		await expectAtWork(workflow);
	});

	it('lets deliveries in that the old registration has signed, for a while', async () => {
		const workflow = await active();
		const old = registrationOf(workflow);
		await workflow.publish({ parameters: others });
		const send = async () => await deliverSignedBy(workflow, old, paymentEvent());
		expect((await send()).status).toBe(200);

		const registrations = workflow.staticData.registrations as Array<{ goneUntil?: number }>;
		expect(registrations.map(({ goneUntil }) => typeof goneUntil)).toEqual(['undefined', 'number']);
		expect(registrations[1].goneUntil).toBeLessThanOrEqual(Date.now() + 3_600_000);
		registrations[1].goneUntil = Date.now() - 1;
		workflow.staticData = { registrations };
		expect((await send()).status).toBe(401);
		expect(workflow.started).toHaveLength(1);
	});

	it('of nothing keeps one registration', async () => {
		const workflow = await active();
		for (let time = 0; time < 7; time++) await workflow.publish();
		await expectAtWork(workflow);
		expect((workflow.staticData.registrations as object[]).length).toBeLessThanOrEqual(5);
		await afterGrace(simulator, 1);
		await expectAtWork(workflow);
	});
});

describe('a secret that is lost', () => {
	it('leads to a new registration first, and then to the end of the old one', async () => {
		const workflow = await active();
		const old = registrationOf(workflow);
		workflow.staticData = {};
		await forgetRequests(simulator);
		await workflow.restart();
		expect(await writes()).toEqual(['POST', 'DELETE']);
		expect(await idsOf()).not.toContain(old.id);
		await expectAtWork(workflow);
		expect((await deliverSignedBy(workflow, old, paymentEvent())).status).toBe(401);
	});

	it('with a renamed node, too', async () => {
		const workflow = await active();
		await workflow.publish({ name: 'Payments' });
		await afterGrace(simulator, 1);
		await expectAtWork(workflow);
	});

	it('by a restored database, whose registration is long gone', async () => {
		const workflow = await active();
		const restored = workflow.staticData;
		await workflow.publish();
		await afterGrace(simulator, 1);
		workflow.staticData = restored;
		await workflow.restart();
		await expectAtWork(workflow);
	});

	it.each([
		['nothing', undefined],
		['text', 'x'],
		['odd things', [null, 1, {}, { id: 'a' }]],
		['no secret', [{ id: 'a', url: 'https://a.example.com', events: [], msn: '', secret: '' }]],
	])('or by state that holds %s', async (_, registrations) => {
		const workflow = await active();
		workflow.staticData = { registrations } as never;
		expect((await deliverSignedBy(workflow, { secret: '' }, paymentEvent())).status).toBe(401);
		await workflow.restart();
		await expectAtWork(workflow);
	});
});

describe('a copied workflow', () => {
	it('registers for itself, trusts nothing of the original and leaves it alone', async () => {
		const original = await active();
		const copy = await webhookWorkflow(simulator, {}, { webhookId: 'of-the-copy' });
		copy.staticData = original.staticData;
		const { secret } = registrationOf(original);
		expect((await deliverSignedBy(copy, { secret }, paymentEvent())).status).toBe(401);
		await copy.activate();
		await expectAtWork(original);
		await expectAtWork(copy);
		expect(JSON.stringify(copy.staticData)).not.toContain(secret);
		await copy.deactivate();
		await afterGrace(simulator, 1);
		await expectAtWork(original);
	});
});

describe('a test run in the editor', () => {
	it('has a registration of its own, which goes when it ends', async () => {
		const workflow = await active();
		const production = workflow.staticData;
		await workflow.listen();
		const urls = (await registered(simulator)).map(({ url }) => url);
		expect(urls).toEqual([workflow.url(), workflow.url(true)]);
		await workflow.restart();
		await workflow.publish();
		await afterGrace(simulator, 2);
		expect(await registered(simulator)).toHaveLength(2);
		await workflow.stopListening();
		expect(await registered(simulator)).toMatchObject([{ url: workflow.url() }]);
		expect(workflow.staticData).not.toEqual(production);
		await expectAtWork(workflow);
	});

	it('removes what an earlier one has left behind', async () => {
		const workflow = await webhookWorkflow(simulator);
		await register(simulator, workflow.url(true), [APPROVED]);
		await workflow.listen();
		expect(await registered(simulator)).toHaveLength(1);
		await workflow.stopListening();
		expect(await registered(simulator)).toEqual([]);
		expect(workflow.staticData).toEqual({});
	});
});

describe('keys', () => {
	it('of a partner listen to all sales units, or to the one of the option', async () => {
		const credentials = await partnerKeys(simulator);
		const all = await active({}, { credentials });
		const one = await active(
			{ options: { merchantSerialNumber: '654321' } },
			{ credentials, webhookId: 'one-unit' },
		);
		expect(await registered(simulator)).toMatchObject([
			{ url: all.url(), merchantSerialNumber: null },
			{ url: one.url(), merchantSerialNumber: '654321' },
		]);
		await one.publish({ parameters: { options: { merchantSerialNumber: '765432' } } });
		await all.deactivate();
		await afterGrace(simulator, 1);
		expect(await registered(simulator)).toMatchObject([
			{ url: one.url(), merchantSerialNumber: '765432' },
		]);
	});
});

describe('what cannot be registered', () => {
	const failure = async (parameters: INodeParameters, options = {}) =>
		await active(parameters, options).then(
			() => undefined,
			(error: Error & { description?: string }) => error,
		);

	it.each([
		[{ triggerOn: [] }, "The parameter 'Trigger On' is empty"],
		[{ triggerOn: ['payment authorized'] }, 'This is not the name of an event'],
		[{ triggerOn: [], options: { furtherEvents: 'a.b, c d' } }, 'This is not the name of an event'],
		[{ options: { merchantSerialNumber: 'abc' } }, "'Merchant Serial Number' is not valid"],
	])('%j is refused before anything is sent', async (parameters, message) => {
		const error = await failure(parameters);
		expect(error?.message).toContain(message);
		expect(error?.description).toBeTruthy();
		expect(await writes()).toEqual([]);
	});

	it('an address without https is refused before anything is sent', async () => {
		const credentials = await merchantKeys(simulator, { environment: 'test' });
		const error = await failure({}, { credentials });
		expect(error?.message).toContain('cannot deliver to the address of this n8n: http://');
		expect(error?.description).toContain('WEBHOOK_URL');
	});

	it('events by expression, by hand and several times each are registered once', async () => {
		await simulator.reset({ options: { unknownEvents: 'accepted' } });
		await active({
			triggerOn: `={{ '${APPROVED}, some.new-event.v2' }}`,
			options: { furtherEvents: ` some.new-event.v2 ,,${CAPTURED}` },
		});
		expect(await registered(simulator)).toMatchObject([
			{ events: [APPROVED, 'some.new-event.v2', CAPTURED] },
		]);
	});

	it('an event that the API does not know is explained', async () => {
		const error = await failure({ triggerOn: ['some.new-event.v2'] });
		expect(error?.message).toContain('did not register the webhook');
		expect(error?.description).toContain('some.new-event.v2');
		expect(await registered(simulator)).toEqual([]);
	});

	it('keys of another sales unit are explained', async () => {
		const error = await failure({ options: { merchantSerialNumber: '333333' } });
		expect(error?.message).toContain('may not do this');
		expect(error?.description).toContain('MSN');
	});

	it('the limit of 25 is explained, and its own registration gives way to the new one', async () => {
		const workflow = await active();
		for (let count = 1; count < 25; count++) {
			await register(simulator, `https://shop.example.com/${count}`, [APPROVED]);
		}
		await workflow.publish({ parameters: { triggerOn: [APPROVED, CAPTURED] } });
		expect(await registered(simulator)).toHaveLength(25);
		await expectAtWork(workflow);

		const error = await failure({}, { webhookId: 'one-too-many' });
		expect(error?.message).toContain(
			`There are already 25 webhooks for the event ${APPROVED} for sales unit 123456`,
		);
		expect(error?.description).toContain("operation 'Get Many'");
		await afterGrace(simulator, 25);
		expect(await registered(simulator)).toHaveLength(25);
	});

	it('a second webhook for QR check-ins is explained', async () => {
		await register(simulator, 'https://shop.example.com/qr', ['user.checked-in.v1']);
		const error = await failure({ triggerOn: ['user.checked-in.v1'] });
		expect(error?.message).toContain('There are already 1 webhooks for the event user.checked-in');
	});
});
