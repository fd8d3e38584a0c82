/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs in Jest, never in n8n */
import { startSimulator, type Simulator } from '../../../harness';
import { requestLog } from '../../../support/simulated';
import { partnerKeys } from '../../../support/vipps';
import { prepare, runSeed, type Report } from './storm';

/** How many; more for a long run. */
const SEEDS = Number(process.env.STORM_SEEDS ?? 300);
/** One seed alone, to look at what went wrong with it. */
const ONE_SEED = process.env.STORM_SEED;
/** The pauses before repetitions take most of the time, so many payments are under way together. */
const AT_THE_SAME_TIME = 40;

interface Struck {
	idempotencyKey: string | null;
	carriedOut: boolean;
}

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'empty' });
	const options = { writesPerMinute: 0, readsPerMinute: 0, customer: 'approves' };
	await simulator.reset({ options });
});

/** Every seed's reports, in no particular order. */
async function runAll(seeds: number[]): Promise<Map<number, Report[]>> {
	const credentials = await partnerKeys(simulator);
	await prepare({ simulator, credentials }, seeds);
	const waiting = [...seeds];
	const reports = new Map<number, Report[]>();
	const worker = async () => {
		for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
			reports.set(seed, await runSeed({ simulator, credentials }, seed));
		}
	};
	await Promise.all(Array.from({ length: AT_THE_SAME_TIME }, worker));
	return reports;
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

it(
	'a storm of lost answers moves every amount once, and none that was not asked for',
	async () => {
		const seeds = ONE_SEED
			? [Number(ONE_SEED)]
			: Array.from({ length: SEEDS }, (_, index) => index + 1);
		const bySeed = await runAll(seeds);
		const reports = [...bySeed.values()].flat();
		const { data } = await simulator.control.get<{ struck: Struck[] }>('/faults');
		const lostAnswers = new Set(
			data.struck
				.filter(({ carriedOut }) => carriedOut)
				.map(({ idempotencyKey }) => idempotencyKey),
		);
		const moved = reports.flatMap(({ moved: keys }) => keys);
		const known = reports.flatMap(({ known: keys }) => keys);
		const wrong = [...bySeed].flatMap(([seed, all]) =>
			all.flatMap((report, run) => report.wrong.map((what) => `seed ${seed}, run ${run}: ${what}`)),
		);
		const possible = reports.filter((report) => report.possible);
		const asked = sum(possible.map((report) => report.asked));
		const succeeded = sum(possible.map((report) => report.succeeded));
		const counts = {
			seeds: seeds.length,
			executions: reports.length,
			requests: (await requestLog(simulator)).total,
			'faults struck': data.struck.length,
			'items asked for': sum(reports.map((report) => report.asked)),
			moves: moved.length,
			'succeeded after a lost answer': known.filter((key) => lostAnswers.has(key)).length,
			'possible, but failed': asked - succeeded,
			doubled: sum(reports.map((report) => report.doubled)),
			lost: sum(reports.map((report) => report.lost)),
		};
		const line = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
		process.stdout.write(`Storm: ${line.join(', ')}\n`);

		expect(wrong).toEqual([]);
		expect(new Set(moved).size).toBe(moved.length);
		expect(moved.every((key) => key.length <= 50)).toBe(true);
		// Otherwise it was no storm.
		if (!ONE_SEED) {
			expect(counts['succeeded after a lost answer']).toBeGreaterThan(seeds.length / 2);
			expect(succeeded).toBeGreaterThan(0.9 * asked);
		}
	},
	10 * 60_000,
);
