import type { IDataObject } from 'n8n-workflow';
import type { CredentialStore, NodeResult, Simulator } from '../../../harness';
import { NEW_PAYMENT, pay } from '../../../support/pay';
import { Random } from './random';
import { brew, type Change } from './weather';

interface Amount {
	currency: string;
	value: number;
}

interface Event {
	name: string;
	amount: Amount;
	idempotencyKey: string | null;
	success: boolean;
}

/** A payment as the simulator knows it. */
interface Truth {
	aggregate: Record<
		'authorizedAmount' | 'capturedAmount' | 'refundedAmount' | 'cancelledAmount',
		Amount
	>;
	events: Event[];
}

/** What an item asks for; `amount` in minor units, and for everything that is left what that was. */
interface Wish {
	mode: 'full' | 'partial';
	amount: number;
	key: string;
}

/** What came of one execution. */
export interface Report {
	/** Items that were asked for, and those of them that the node said were done. */
	asked: number;
	succeeded: number;
	/** Idempotency keys of the moves that the simulator made, and of those that the node knows of. */
	moved: string[];
	known: string[];
	/** Moves that nobody asked for, and moves that the node told of and nobody made. */
	doubled: number;
	lost: number;
	/** Whether everything asked for was possible. */
	possible: boolean;
	/** Everything that is not as it must be. */
	wrong: string[];
}

const UNITS = [
	{ merchantSerialNumber: '123456', currency: 'NOK' },
	{ merchantSerialNumber: '654321', currency: 'DKK' },
	{ merchantSerialNumber: '765432', currency: 'EUR' },
];

const EVENT: Record<Change, string> = {
	capture: 'CAPTURED',
	refund: 'REFUNDED',
	cancel: 'CANCELLED',
};

const MOST_RUNS = 3;

const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

async function truthOf({ control }: Simulator, reference: string): Promise<Truth> {
	const { data } = await control.get<{ payments: Truth[] }>('/payments', { params: { reference } });
	return data.payments[0];
}

function leftFor(change: Change, { aggregate }: Truth): number {
	const { authorizedAmount, capturedAmount, refundedAmount, cancelledAmount } = aggregate;
	if (change === 'refund') return capturedAmount.value - refundedAmount.value;
	return authorizedAmount.value - capturedAmount.value - cancelledAmount.value;
}

/** Small amounts, so that there would be enough left for doing any of them twice; often the same one for all items. */
function wishes(random: Random, change: Change, left: number, name: string): Wish[] {
	if (change === 'cancel' || random.chance(0.2)) return [{ mode: 'full', amount: left, key: '' }];
	const count = random.whole(1, 3);
	const least = Math.max(1, Math.floor(left / 40));
	const first = random.whole(least, 4 * least);
	const step = random.chance(0.3) ? 0 : least;
	const ownKeys = random.chance(0.15);
	return Array.from({ length: count }, (_, item) => ({
		mode: 'partial',
		// Now and then more than there is.
		amount: random.chance(0.03) ? left + 1 + item : first + item * step,
		key: ownKeys ? `${name}-${item}` : '',
	}));
}

const inMajor = (minor: number): string => (minor / 100).toFixed(2);

interface Run {
	change: Change;
	wishes: Wish[];
	before: Truth;
	after: Truth;
	result: NodeResult;
}

/** Holds what the node said against what has happened. */
function judge({ change, wishes: asked, before, after, result }: Run): Report {
	const wrong: string[] = [];
	const news = after.events.slice(before.events.length).filter(({ success }) => success);
	const moves = news.filter(({ name }) => name === EVENT[change]);
	if (moves.length !== news.length) wrong.push(`events: ${news.map(({ name }) => name).join()}`);

	const failed = new Set(
		result.items
			.flat()
			.filter(({ json }) => json.error !== undefined)
			.map(({ pairedItem }) => (pairedItem as { item: number }).item),
	);
	const doneOf = (item: number) => result.error === undefined && !failed.has(item);
	const known: string[] = [];
	let doubled = 0;
	let lost = 0;
	const wanted = asked.map(({ amount }) => amount);
	for (const amount of new Set([...wanted, ...moves.map((move) => move.amount.value)])) {
		const made = moves.filter((move) => move.amount.value === amount);
		const wishesOfIt = asked.flatMap((wish, item) => (wish.amount === amount ? [item] : []));
		const done = wishesOfIt.filter(doneOf).length;
		doubled += Math.max(0, made.length - wishesOfIt.length);
		lost += Math.max(0, done - made.length);
		known.push(...made.slice(0, done).map(({ idempotencyKey }) => String(idempotencyKey)));
	}
	if (doubled > 0) wrong.push(`${doubled} moved that nobody asked for`);
	if (lost > 0) wrong.push(`${lost} did not move and was said to`);
	const sum = moves.reduce((total, { amount }) => total + amount.value, 0);
	if (leftFor(change, before) - leftFor(change, after) !== sum)
		wrong.push('sums and events differ');
	if (leftFor(change, after) < 0) wrong.push('more has moved than there was');

	return {
		asked: asked.length,
		succeeded: asked.filter((_, item) => doneOf(item)).length,
		moved: moves.map(({ idempotencyKey }) => String(idempotencyKey)),
		known,
		doubled,
		lost,
		possible: wanted.reduce((total, amount) => total + amount, 0) <= leftFor(change, before),
		wrong,
	};
}

export interface Storm {
	simulator: Simulator;
	credentials: CredentialStore;
	/** Whether the API knows no idempotency key again. Then the node always looks before it sends. */
	forgetful: boolean;
}

const paymentOf = (seed: number) => {
	const random = new Random(seed);
	const { merchantSerialNumber, currency } = random.pick(UNITS);
	const amount = random.whole(500, 1_000_000);
	return { reference: `storm-payment-${seed}`, merchantSerialNumber, currency, amount, random };
};

/** Creates the payments of the seeds, by one execution, before the storm. */
async function prepare({ simulator, credentials }: Storm, seeds: number[]): Promise<void> {
	const { error } = await pay(
		simulator,
		{
			...NEW_PAYMENT,
			reference: '={{ $json.reference }}',
			amount: '={{ $json.amount }}',
			currency: '={{ $json.currency }}',
			options: { merchantSerialNumber: '={{ $json.merchantSerialNumber }}' },
		},
		{ credentials, items: seeds.map((seed) => ({ ...paymentOf(seed), random: null })) },
	);
	if (error) throw error;
}

/** The life of one payment: the node captures, refunds and cancels, and the answers are bad. */
async function runSeed(storm: Storm, seed: number): Promise<Report[]> {
	const { simulator, credentials, forgetful } = storm;
	const { reference, merchantSerialNumber, currency, random } = paymentOf(seed);
	const reports: Report[] = [];
	for (let run = 0; run < MOST_RUNS; run++) {
		const before = await truthOf(simulator, reference);
		const possible = (['capture', 'refund'] as Change[]).filter((c) => leftFor(c, before) >= 120);
		const change = run > 0 && random.chance(0.15) ? 'cancel' : random.pick(possible);
		if (change === undefined || leftFor(change, before) === 0) break;
		const asked = wishes(random, change, leftFor(change, before), `own-${seed}-${run}`);
		const amountUnit = random.pick(['minor', 'major']);
		const items: IDataObject[] = asked.map(({ mode, amount: minor, key }) => ({
			mode,
			amount: amountUnit === 'major' ? inMajor(minor) : minor,
			key,
		}));
		const options: IDataObject = { merchantSerialNumber, idempotencyKey: '={{ $json.key }}' };
		// The look before sending; off now and then.
		if (!forgetful && change !== 'cancel' && random.chance(0.3)) options.checkBeforeSending = false;
		await brew(simulator, random, { reference, change, forgetful });
		const result = await pay(
			simulator,
			{
				operation: change,
				reference,
				amountMode: '={{ $json.mode }}',
				amountUnit,
				amount: '={{ $json.amount }}',
				currency,
				options,
			} as Parameters<typeof pay>[1],
			{
				credentials,
				items,
				executionId: `storm-${seed}-${run}`,
				continueOnFail: random.pick([false, true, 'continueErrorOutput'] as const),
				node: RETRY_ON_FAIL,
			},
		);
		const after = await truthOf(simulator, reference);
		reports.push(judge({ change, wishes: asked, before, after, result }));
	}
	return reports;
}

/** The pauses before repetitions take most of the time, so many payments are under way together. */
const AT_THE_SAME_TIME = 40;

/** Every seed's reports, in no particular order. */
export async function runSeeds(storm: Storm, seeds: number[]): Promise<Map<number, Report[]>> {
	await prepare(storm, seeds);
	const waiting = [...seeds];
	const reports = new Map<number, Report[]>();
	const worker = async () => {
		for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
			reports.set(seed, await runSeed(storm, seed));
		}
	};
	await Promise.all(Array.from({ length: AT_THE_SAME_TIME }, worker));
	return reports;
}
