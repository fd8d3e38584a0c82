/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { request } from 'node:http';
import { sleep, type IDataObject, type INodeParameters } from 'n8n-workflow';
import {
	engineLog,
	expectNoSecrets,
	startSimulator,
	type Simulator,
	type WebhookWorkflow,
} from '../../harness';
import { paymentEvent, post, sign, type Signed } from '../../support/deliver';
import { withoutIsolates } from '../../support/expressions';
import { customer, NEW_PAYMENT, pay } from '../../support/pay';
import { disturb } from '../../support/simulated';
import { deliver, realUrl, secretOf, webhookWorkflow } from '../../support/webhooks';

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

const signed = (workflow: WebhookWorkflow, content: IDataObject | string | Buffer, date?: Date) =>
	sign(content, { url: workflow.url(), secret: secretOf(workflow), date });

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

const keysOf = ({ started }: WebhookWorkflow) => started.map(({ dedupeKey }) => dedupeKey);

const refusals = () => engineLog.lines.filter((line) => line.includes('refused a delivery'));

/** Sends a delivery and hangs up before the answer. */
async function sendAndHangUp(
	workflow: WebhookWorkflow,
	{ body, headers }: Signed,
	afterMs: number,
) {
	const sent = request(realUrl(workflow), { method: 'POST', headers });
	sent.on('error', () => {});
	sent.end(body);
	await sleep(afterMs);
	sent.destroy();
}

describe('a true delivery', () => {
	it('starts the workflow with what the API has sent, and a dedupe key', async () => {
		const workflow = await active();
		const event = paymentEvent({ shippingDetails: { city: 'Tromsø 💶' }, newField: [null] });
		expect((await deliver(workflow, event)).status).toBe(200);
		expect(workflow.started).toEqual([{ ...event, dedupeKey: expect.stringMatching(/^payment-/) }]);
		expectNoSecrets([workflow.started, engineLog.lines], [secretOf(workflow)]);
	});

	it('is known behind a proxy that changes host and path', async () => {
		const workflow = await active({}, { publicUrl: 'https://n8n.example.com:8443/n8n' });
		const { body, headers } = signed(workflow, paymentEvent());
		const to = `http://127.0.0.1:${workflow.port}/changed/on/the/way`;
		expect((await post(to, { body, headers: { ...headers, host: 'inside' } })).status).toBe(200);
		expect(workflow.started).toHaveLength(1);
	});

	it('comes from the simulator as it is documented', async () => {
		const workflow = await active({
			triggerOn: ['epayments.payment.created.v1', 'epayments.payment.authorized.v1'],
		});
		await pay(simulator, NEW_PAYMENT);
		await customer(simulator, 'approve', NEW_PAYMENT.reference);
		const end = Date.now() + 10_000;
		while (workflow.started.length < 2 && Date.now() < end) await sleep(20);
		expect(workflow.started.map(({ name }) => name)).toEqual(['CREATED', 'AUTHORIZED']);
	});

	it.each([
		['an unknown event', { eventType: 'some.new-event.v2', occurred: 'now' }],
		['a QR check-in', { customerToken: 'AAAA', merchantQrId: 'd8b7', msn: '123456' }],
		['an agreement', { agreementId: 'agr_1', eventType: 'recurring.agreement-stopped.v1' }],
		['something that failed', paymentEvent({ success: false, name: 'CAPTURED' })],
	])('passes for %s', async (_, event) => {
		const workflow = await active();
		expect((await deliver(workflow, event)).status).toBe(200);
		expect(workflow.started).toMatchObject([event]);
	});

	it.each(['[1,2]', 'null', '"æøå"', '0', ''])('passes when its body is %j', async (body) => {
		const workflow = await active();
		expect((await deliver(workflow, body)).status).toBe(200);
		const expected = body === '' ? '' : (JSON.parse(body) as IDataObject);
		expect(workflow.started).toMatchObject([{ body: expected }]);
	});

	it('passes as another kind of content, and when it is large', async () => {
		const workflow = await active();
		const content = { text: 'ø'.repeat(1_000_000), list: Array.from({ length: 10_000 }, String) };
		const asText = ({ body, headers }: Signed) => ({
			body,
			headers: { ...headers, 'content-type': 'text/plain' },
		});
		expect((await deliver(workflow, content, asText)).status).toBe(200);
		expect(workflow.started).toMatchObject([content]);
	});

	it('leaves failed operations out when it is told to', async () => {
		const workflow = await active({ options: { onlySuccessful: true } });
		const failed = paymentEvent({ name: 'CAPTURED', success: false });
		expect((await deliver(workflow, failed)).status).toBe(200);
		expect(workflow.started).toEqual([]);
		expect((await deliver(workflow, { ...failed, success: true })).status).toBe(200);
		expect(workflow.started).toHaveLength(1);
	});

	it('reaches a test run, which leaves the active workflow alone', async () => {
		const workflow = await active();
		const production = workflow.staticData;
		await workflow.listen();
		const url = workflow.url(true);
		const { data } = await simulator.control.post<{ told: number }>('/webhooks/events', {
			event: 'epayments.payment.authorized.v1',
			body: paymentEvent({ reference: 'to-both-of-them' }),
		});
		expect(data.told).toBe(2);
		const end = Date.now() + 10_000;
		while (workflow.started.length < 2 && Date.now() < end) await sleep(20);
		expect(workflow.started).toHaveLength(2);
		const wrong = sign(paymentEvent(), { url, secret: secretOf(workflow) });
		expect((await post(realUrl(workflow, url), wrong)).status).toBe(401);
		await workflow.stopListening();
		expect(workflow.staticData.registrations).toEqual(production.registrations);
	});
});

describe('a delivery that is not true', () => {
	const change = (name: string, value?: string) => (one: Signed) => {
		const headers: Record<string, string> = { ...one.headers, [name]: value ?? '' };
		if (value === undefined) delete headers[name];
		return { ...one, headers };
	};
	const forgeries: Record<string, (one: Signed, workflow: WebhookWorkflow) => Signed> = {
		'has no signature': change('authorization'),
		'has an empty signature': change('authorization', 'HMAC-SHA256 Signature='),
		'is signed by another secret': ({ body }, workflow) =>
			sign(body, { url: workflow.url(), secret: 'another' }),
		'is signed with an empty secret': ({ body }, workflow) =>
			sign(body, { url: workflow.url(), secret: '' }),
		'is signed for another path': ({ body }, workflow) =>
			sign(body, { url: `${workflow.url()}x`, secret: secretOf(workflow) }),
		'is signed for another host': ({ body }, workflow) =>
			sign(body, {
				url: workflow.url().replace('127.0.0.1', 'localhost'),
				secret: secretOf(workflow),
			}),
		'has another body': ({ headers }) => ({
			body: Buffer.from('{"reference":"free-money"}'),
			headers,
		}),
		'has another date': change('x-ms-date', new Date(0).toUTCString()),
		'has no date': change('x-ms-date'),
		'has another hash': change('x-ms-content-sha256', 'A'.repeat(43) + '='),
		'has no hash': change('x-ms-content-sha256'),
		'is too old': ({ body }, workflow) => signed(workflow, body, hoursAgo(193)),
		'comes from the future': ({ body }, workflow) => signed(workflow, body, hoursAgo(-2)),
		'is a form': change('content-type', 'multipart/form-data; boundary=x'),
		'is signed as an older version of HMAC would': ({ body, headers }) => ({
			body,
			headers: {
				...headers,
				authorization: headers.authorization.replace('SHA256', 'SHA1'),
			},
		}),
	};

	it('gets 401 and nothing else, starts nothing and leaves one line in the log', async () => {
		const workflow = await active();
		const answers = new Set<string>();
		for (const [kind, forge] of Object.entries(forgeries)) {
			engineLog.clear();
			const event = paymentEvent({ userDetails: { firstName: 'Ada', email: 'ada@example.com' } });
			const { status, body, headers } = await deliver(workflow, event, (one) =>
				forge(one, workflow),
			);
			expect([kind, status, body]).toEqual([kind, 401, '']);
			answers.add(Object.keys(headers).sort().join());
			expect([kind, refusals().length]).toEqual([kind, 1]);
			expect(engineLog.lines.join()).not.toMatch(/ada|acme|psp-reference/i);
			expectNoSecrets(engineLog.lines, [secretOf(workflow)]);
		}
		expect(answers.size).toBe(1);
		expect(workflow.started).toEqual([]);
		expect(workflow.failed).toEqual([]);
		expect(workflow.staticData.recent).toBeUndefined();
	});

	it.each(['', 'null', '[]', '{', 'x'.repeat(2_000_000), '{"a":{"b":'.repeat(10_000), '\u0000'])(
		'starts nothing whatever it holds (%#)',
		async (body) => {
			const workflow = await active();
			const headers = { 'content-type': 'application/json' };
			const { status } = await post(realUrl(workflow), { body: Buffer.from(body), headers });
			// What is no JSON n8n refuses before the node is asked.
			expect([401, 422]).toContain(status);
			expect([workflow.started, workflow.failed]).toEqual([[], []]);
		},
	);

	it('is refused when nothing was ever registered', async () => {
		const workflow = await webhookWorkflow(simulator);
		const forged = sign(paymentEvent(), { url: workflow.url(), secret: '' });
		expect((await post(realUrl(workflow), forged)).status).toBe(401);
		expect(workflow.started).toEqual([]);
	});

	it.each([
		[{}, 7 * 24, 200],
		[{}, 8 * 24 + 1, 401],
		[{ maxAgeHours: 2 }, 1.9, 200],
		[{ maxAgeHours: 2 }, 2.1, 401],
		[{ maxAgeHours: 0 }, 193, 401],
		[{ maxAgeHours: -1 }, 193, 401],
		[{ maxAgeHours: 'for ever' }, 193, 401],
		[{ maxAgeHours: 1000 }, 999, 200],
	])('is told by its date: with %j, %d hours ago gets %d', async (options, hours, expected) => {
		const workflow = await active({ options: options as INodeParameters });
		const { status } = await post(
			realUrl(workflow),
			signed(workflow, paymentEvent(), hoursAgo(hours)),
		);
		expect(status).toBe(expected);
	});
});

describe('a repeated delivery', () => {
	it('starts nothing more, one after the other or all at once', async () => {
		const workflow = await active();
		workflow.storing = async () => await sleep(50);
		const event = paymentEvent();
		const answers = await Promise.all(
			Array.from({ length: 20 }, async () => await deliver(workflow, event)),
		);
		answers.push(await deliver(workflow, { ...event, timestamp: 'later' }));
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
		expect(workflow.started).toHaveLength(1);
	});

	it('starts nothing more after a start of n8n', async () => {
		const workflow = await active();
		const events = Array.from({ length: 3 }, () => paymentEvent());
		for (const event of events) await deliver(workflow, event);
		await workflow.restart();
		for (const event of events) expect((await deliver(workflow, event)).status).toBe(200);
		expect(workflow.started).toHaveLength(3);
	});

	it('starts the workflow when n8n could not store the first one', async () => {
		const workflow = await active();
		workflow.storing = async () => await Promise.reject(new Error('The database is locked'));
		const event = paymentEvent();
		expect((await deliver(workflow, event)).status).toBe(500);
		expect((await deliver(workflow, event)).status).toBe(500);
		workflow.storing = () => {};
		await workflow.restart();
		expect((await deliver(workflow, event)).status).toBe(200);
		expect((await deliver(workflow, event)).status).toBe(200);
		expect(workflow.started).toHaveLength(1);
	});

	it('takes the place of a first one that fails while it waits', async () => {
		const workflow = await active();
		let tries = 0;
		workflow.storing = async () => {
			await sleep(50);
			if (++tries < 3) await Promise.reject(new Error('The database is locked'));
		};
		const event = paymentEvent();
		const answers = await Promise.all(
			Array.from({ length: 5 }, async () => await deliver(workflow, event)),
		);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 500, 500]);
		expect(workflow.started).toHaveLength(1);
	});

	it('starts nothing more when the answer to the first one was not waited for', async () => {
		const workflow = await active();
		workflow.storing = async () => await sleep(300);
		const event = paymentEvent();
		await sendAndHangUp(workflow, signed(workflow, event), 100);
		expect((await deliver(workflow, event)).status).toBe(200);
		expect(workflow.started).toHaveLength(1);
	});

	it('is left to a later one when nobody waits any more as its turn comes', async () => {
		const workflow = await active();
		workflow.storing = async () => await sleep(300);
		const [first, second] = [paymentEvent({ reference: 'same-payment' }), paymentEvent()];
		second.reference = 'same-payment';
		const running = deliver(workflow, first);
		await sleep(50);
		await sendAndHangUp(workflow, signed(workflow, second), 100);
		await running;
		await sleep(100);
		expect(workflow.started).toHaveLength(1);
		expect((await deliver(workflow, second)).status).toBe(200);
		expect(workflow.started).toHaveLength(2);
	});

	it('is remembered within bounds', async () => {
		const workflow = await active();
		const earlier = Array.from({ length: 490 }, (_, number) => `payment-${number}`);
		workflow.staticData = { ...workflow.staticData, recent: earlier };
		const events = Array.from({ length: 30 }, () => paymentEvent());
		for (const event of events) await deliver(workflow, event);
		const stored = workflow.staticData.recent as string[];
		expect(stored).toHaveLength(500);
		expect(stored.slice(-30)).toEqual(keysOf(workflow));
		expect(stored[0]).toBe('payment-20');
		expect(JSON.stringify(workflow.staticData).length).toBeLessThan(20_000);
	});

	it('is told apart from the same event of another workflow', async () => {
		const one = await active();
		const other = await active({}, { webhookId: 'another' });
		const event = paymentEvent();
		await deliver(one, event);
		await deliver(other, event);
		expect(keysOf(one)).toEqual(keysOf(other));
	});
});

describe('events of a payment', () => {
	it('start the workflow in the order in which they came, and hold up no other payment', async () => {
		const workflow = await active();
		workflow.storing = async ([{ name }]) => await sleep(name === 'CREATED' ? 400 : 5);
		const names = ['CREATED', 'AUTHORIZED', 'CAPTURED', 'REFUNDED'];
		const running: Array<Promise<unknown>> = [];
		for (const name of names) {
			running.push(deliver(workflow, paymentEvent({ reference: 'same-payment', name })));
			await sleep(30);
		}
		running.push(deliver(workflow, paymentEvent({ reference: 'other-payment' })));
		await Promise.all(running);
		expect(workflow.started.map(({ reference, name }) => `${reference} ${name}`)).toEqual([
			'other-payment AUTHORIZED',
			...names.map((name) => `same-payment ${name}`),
		]);
	});
});

describe('with Read Payment', () => {
	const reference = NEW_PAYMENT.reference;
	const readPayment: INodeParameters = { options: { readPayment: true } };
	const path = `/epayment/v1/payments/${reference}`;

	async function paid() {
		await pay(simulator, NEW_PAYMENT);
		await customer(simulator, 'approve', reference);
	}

	it('the event comes with the payment as the API has it', async () => {
		await paid();
		const workflow = await active(readPayment);
		// What the event says of the amount is not what the workflow works on.
		const event = paymentEvent({ reference, amount: { currency: 'NOK', value: 1 } });
		expect((await deliver(workflow, event)).status).toBe(200);
		expect(workflow.started).toMatchObject([
			{ ...event, payment: { reference, state: 'AUTHORIZED', amount: { value: 49_900 } } },
		]);
	});

	it('an event whose payment cannot be read just now is delivered again', async () => {
		await paid();
		const workflow = await active(readPayment);
		const event = paymentEvent({ reference });
		await disturb(simulator, { path, status: 503, times: 1_000 });
		const start = Date.now();
		expect(await deliver(workflow, event)).toMatchObject({ status: 503, body: '' });
		expect(Date.now() - start).toBeLessThan(9_000);
		expect([workflow.started, workflow.failed]).toEqual([[], []]);
		await simulator.control.delete('/faults');
		expect((await deliver(workflow, event)).status).toBe(200);
		expect(workflow.started).toHaveLength(1);
	});

	it('an answer that takes too long is not waited for', async () => {
		await paid();
		const workflow = await active(readPayment);
		await disturb(simulator, { path, delayMs: 20_000, times: 1_000 });
		const start = Date.now();
		expect((await deliver(workflow, paymentEvent({ reference }))).status).toBe(503);
		expect(Date.now() - start).toBeLessThan(9_000);
	});

	it('a payment that may not be read is a failed execution, and the event comes again', async () => {
		const workflow = await active(readPayment);
		const event = paymentEvent({ reference: 'no-such-payment' });
		expect((await deliver(workflow, event)).status).toBe(500);
		expect(workflow.started).toEqual([]);
		expect(workflow.failed).toEqual([expect.stringContaining('no-such-payment')]);
	});

	it('other events come as they are', async () => {
		const workflow = await active(readPayment);
		const event = { agreementId: 'agr_1', eventType: 'recurring.agreement-stopped.v1' };
		expect((await deliver(workflow, event)).status).toBe(200);
		expect(workflow.started).toMatchObject([event]);
		expect(workflow.started[0]).not.toHaveProperty('payment');
	});
});
