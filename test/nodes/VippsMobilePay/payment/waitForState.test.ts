import { sleep, type IDataObject } from 'n8n-workflow';
import { startSimulator, type NodeResult, type Simulator } from '../../../harness';
import { customer, NEW_PAYMENT, pay } from '../../../support/pay';
import type { Recorder } from '../../../support/recorder';
import { startRelay } from '../../../support/relay';
import { disturb } from '../../../support/simulated';
import { merchantKeys } from '../../../support/vipps';

const WAIT = {
	operation: 'waitForState',
	reference: '={{ $json.reference }}',
	states: '={{ $json.states ?? ["AUTHORIZED"] }}',
	timeoutSeconds: '={{ $json.seconds ?? 60 }}',
};

/** All of them wait at the same time, as several customers do. */
const ITEMS: Array<{ reference: string; states?: unknown; seconds?: unknown }> = [
	{ reference: 'wait-approved' },
	{ reference: 'wait-approved-later' },
	{ reference: 'wait-aborted' },
	{ reference: 'wait-for-two-states', states: ['ABORTED', 'CREATED'] },
	{ reference: 'wait-for-text', states: 'authorized, created' },
	{ reference: 'wait-for-new-state', states: ['PONDERED'] },
	{ reference: 'wait-too-long', seconds: 8 },
	{ reference: 'wait-a-moment', seconds: 2 },
	{ reference: 'wait-rate-limited', seconds: 30 },
	{ reference: 'wait-disturbed', seconds: 30 },
	{ reference: 'wait-not-there' },
];

let simulator: Simulator;
let relay: Recorder;
let started: number;
let result: NodeResult;
let secondsPassed: number;
/** How late this computer was with everything, in seconds. */
let late = 0;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'empty' });
	relay = await startRelay(simulator);
	const credentials = await merchantKeys(simulator, { baseUrl: relay.url });
	const there = ITEMS.filter(({ reference }) => reference !== 'wait-not-there');
	await pay(
		simulator,
		{ ...NEW_PAYMENT, reference: '={{ $json.reference }}' },
		{ credentials, items: there as IDataObject[] },
	);
	for (const reference of ['wait-approved', 'wait-rate-limited', 'wait-disturbed']) {
		await customer(simulator, 'approve', reference);
	}
	await customer(simulator, 'abort', 'wait-aborted');
	await disturb(
		simulator,
		{ path: 'wait-rate-limited', status: 429, headers: { 'Retry-After': '2' }, body: {} },
		{ path: 'wait-disturbed', status: 503, body: '' },
		...['wait-approved-later', 'wait-for-new-state'].map((reference) => ({
			path: reference,
			skip: 1,
			status: 200,
			body: paymentIn(reference.endsWith('later') ? 'AUTHORIZED' : 'PONDERED', reference),
		})),
	);

	relay.received.length = 0;
	started = Date.now();
	let isRunning = true;
	const clock = (async () => {
		for (let before = Date.now(); isRunning; before = Date.now()) {
			await sleep(100);
			late += (Date.now() - before - 100) / 1000;
		}
	})();
	result = await pay(simulator, WAIT, {
		credentials,
		items: ITEMS as IDataObject[],
		continueOnFail: true,
	});
	isRunning = false;
	await clock;
	secondsPassed = (Date.now() - started) / 1000;
}, 60_000);

afterAll(async () => await relay.close());

/** What the API says of a payment in a state, which need not be a documented one. */
function paymentIn(state: string, reference: string) {
	const amount = { currency: 'NOK', value: 49900 };
	const none = { currency: 'NOK', value: 0 };
	return {
		reference,
		state,
		amount,
		aggregate: {
			authorizedAmount: none,
			cancelledAmount: none,
			capturedAmount: none,
			refundedAmount: none,
		},
	};
}

const outcomeOf = (reference: string) =>
	result.json[ITEMS.findIndex((item) => item.reference === reference)];

/** When a payment was read, in seconds after the start. */
const readsOf = (reference: string) =>
	relay.received
		.filter(({ url }) => url.endsWith(`/payments/${reference}`))
		.map(({ at }) => (at - started) / 1000);

/** Each read may be late by what a busy computer takes, but never early. */
function expectReads(reference: string, moments: number[]) {
	const reads = readsOf(reference);
	expect(reads).toHaveLength(moments.length);
	for (const [index, moment] of moments.entries()) {
		expect(reads[index]).toBeGreaterThanOrEqual(moment - 0.01);
		expect(reads[index]).toBeLessThan(moment + 0.9 + 3 * late);
	}
}

it('is one item each, in order, linked to its own input', () => {
	expect(result.error).toBeUndefined();
	expect(result.items[0].map(({ pairedItem }) => pairedItem)).toEqual(
		ITEMS.map((_item, item) => ({ item })),
	);
});

it('waits for all of them side by side', () => {
	expect(secondsPassed).toBeLessThan(14 + 3 * late);
});

it('reads first after 5 seconds, and ends there when the wanted state is reached', () => {
	expect(outcomeOf('wait-approved')).toMatchObject({ state: 'AUTHORIZED' });
	expectReads('wait-approved', [5]);
});

it('then reads every 2 seconds', () => {
	expect(outcomeOf('wait-approved-later')).toMatchObject({ state: 'AUTHORIZED' });
	expectReads('wait-approved-later', [5, 7]);
});

it('ends in a final state that was not wanted', () => {
	expect(outcomeOf('wait-aborted')).toMatchObject({ reference: 'wait-aborted', state: 'ABORTED' });
	expectReads('wait-aborted', [5]);
});

it.each(['wait-for-two-states', 'wait-for-text'])(
	'ends in the first of several wanted states: %s',
	(reference) => {
		expect(outcomeOf(reference)).toMatchObject({ state: 'CREATED' });
		expectReads(reference, [5]);
	},
);

it('can wait for a state that it does not know', () => {
	expect(outcomeOf('wait-for-new-state')).toMatchObject({ state: 'PONDERED' });
	expectReads('wait-for-new-state', [5, 7]);
});

it('says that time ran out, and the last state', () => {
	const item = ITEMS.findIndex(({ reference }) => reference === 'wait-too-long');
	expect(outcomeOf('wait-too-long')).toEqual({
		error: `Time ran out after 8 seconds: the payment wait-too-long is still CREATED [item ${item}]`,
		details: expect.stringMatching(/Nothing was changed.*'Cancel'.*On Error/s),
	});
	const reads = readsOf('wait-too-long');
	expect(reads.length).toBeGreaterThanOrEqual(2);
	expect(reads.length).toBeLessThanOrEqual(3);
	expect(reads.at(-1)).toBeGreaterThanOrEqual(8 - 0.01);
});

it('looks once when the time is shorter than the first pause', () => {
	expect(outcomeOf('wait-a-moment').error).toContain('Time ran out after 2 seconds');
	expectReads('wait-a-moment', [2]);
});

it('keeps away for as long as the API asks', () => {
	expect(outcomeOf('wait-rate-limited')).toMatchObject({ state: 'AUTHORIZED' });
	expectReads('wait-rate-limited', [5, 7]);
});

it('goes on after a fault that passes', () => {
	expect(outcomeOf('wait-disturbed')).toMatchObject({ state: 'AUTHORIZED' });
	expectReads('wait-disturbed', [5, 5.25]);
});

it('ends at once when there is no such payment', () => {
	expect(outcomeOf('wait-not-there').error).toContain('wait-not-there');
	expectReads('wait-not-there', [5]);
});

it('ends soon, and reads no more, when the execution is cancelled', async () => {
	relay.received.length = 0;
	const stop = new AbortController();
	const before = Date.now();
	const running = pay(
		simulator,
		{ ...WAIT, reference: 'wait-too-long' },
		{ credentials: await merchantKeys(simulator, { baseUrl: relay.url }), signal: stop.signal },
	);
	await sleep(700);
	stop.abort();
	const { run, json } = await running;
	expect(run.status).toBe('canceled');
	expect(json).toEqual([]);
	expect(Date.now() - before).toBeLessThan(10_000);
	expect(relay.received).toEqual([]);
});

it.each([
	['states', '={{ [] }}', /'States' is empty/],
	['states', '={{ " , " }}', /'States' is empty/],
	['timeoutSeconds', 0, /'Timeout in Seconds' must be a whole number, 1 to 5184000/],
	['timeoutSeconds', 1.5, /'Timeout in Seconds' must be a whole number/],
	['timeoutSeconds', '={{ "soon" }}', /'Timeout in Seconds' must be a whole number/],
	['reference', 'short', /'Reference' is not valid/],
])('%s of %s are refused before anything is sent', async (name, value, message) => {
	relay.received.length = 0;
	const { error } = await pay(
		simulator,
		{ ...WAIT, reference: 'wait-too-long', [name]: value },
		{ credentials: await merchantKeys(simulator, { baseUrl: relay.url }) },
	);
	expect(error?.message).toMatch(message);
	expect(relay.received).toEqual([]);
});
