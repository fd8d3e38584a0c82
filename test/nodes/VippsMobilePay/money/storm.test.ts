/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs in Jest, never in n8n */
import { startSimulator, type Simulator } from '../../../harness';
import { requestLog } from '../../../support/simulated';
import { partnerKeys } from '../../../support/vipps';
import { runSeeds } from './storm';

/** How many; more for a long run. */
const SEEDS = Number(process.env.STORM_SEEDS ?? 300);
/** One seed alone, to look at what went wrong with it. */
const ONE_SEED = process.env.STORM_SEED;

const LONGEST_MS = 30 * 60_000;

interface Struck {
	idempotencyKey: string | null;
	carriedOut: boolean;
}

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** Runs the seeds, prints what came of them, and holds it against what was asked for. */
async function expectOnce(name: string, count: number, forgetful: boolean): Promise<void> {
	const options = { writesPerMinute: 0, readsPerMinute: 0, customer: 'approves' };
	await simulator.reset({ options: { ...options, ...(forgetful && { idempotency: 'forgets' }) } });
	const seeds = ONE_SEED ? [Number(ONE_SEED)] : Array.from({ length: count }, (_, i) => i + 1);
	const credentials = await partnerKeys(simulator);
	const bySeed = await runSeeds({ simulator, credentials, forgetful }, seeds);

	const reports = [...bySeed.values()].flat();
	const { data } = await simulator.control.get<{ struck: Struck[] }>('/faults');
	const lostAnswers = new Set(
		data.struck.filter(({ carriedOut }) => carriedOut).map(({ idempotencyKey }) => idempotencyKey),
	);
	const moved = reports.flatMap((report) => report.moved);
	const known = reports.flatMap((report) => report.known);
	const possible = reports.filter((report) => report.possible);
	const asked = sum(possible.map((report) => report.asked));
	const succeeded = sum(possible.map((report) => report.succeeded));
	const afterLostAnswer = known.filter((key) => lostAnswers.has(key)).length;
	const counts = {
		seeds: seeds.length,
		executions: reports.length,
		requests: (await requestLog(simulator)).total,
		'faults struck': data.struck.length,
		'items asked for': sum(reports.map((report) => report.asked)),
		moves: moved.length,
		'succeeded after a lost answer': afterLostAnswer,
		'possible, but failed': asked - succeeded,
		doubled: sum(reports.map((report) => report.doubled)),
		lost: sum(reports.map((report) => report.lost)),
	};
	const line = Object.entries(counts).map(([what, number]) => `${what} ${number}`);
	process.stdout.write(`${name}: ${line.join(', ')}\n`);

	const wrong = [...bySeed].flatMap(([seed, all]) =>
		all.flatMap((report, run) => report.wrong.map((what) => `seed ${seed}, run ${run}: ${what}`)),
	);
	expect(wrong).toEqual([]);
	expect(new Set(moved).size).toBe(moved.length);
	expect(Math.max(...moved.map((key) => key.length))).toBeLessThanOrEqual(50);
	if (ONE_SEED) return;
	// Otherwise it was no storm.
	expect(afterLostAnswer).toBeGreaterThan(seeds.length / 3);
	expect(succeeded).toBeGreaterThan(0.9 * asked);
}

it(
	'a storm of lost answers moves every amount once, and none that was not asked for',
	async () => await expectOnce('Storm', SEEDS, false),
	LONGEST_MS,
);

// Only as far as it looks before it sends: what the transport itself sends again within seconds,
// after a connection that broke or a 5xx, is the same to an API that forgets as something new.
it(
	'with an API that forgets keys, the look at the payment keeps a retry from moving it again',
	async () => await expectOnce('Storm without memory', SEEDS / 3, true),
	LONGEST_MS,
);
