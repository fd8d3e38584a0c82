import { startSimulator, type Bulk } from '../lib/bulk';
import { median, medianRatio } from '../lib/numbers';
import type { Report } from '../lib/report';
import { peakMb, type Contender } from '../lib/rounds';

const TRIGGER: Contender = { side: 'trigger', label: 'Trigger, 10,000 entries per poll' };
const GET_ALL: Contender = { side: 'getAll', label: 'Get Many' };
const SPLIT: Contender = { side: 'httpRequestSplit', label: 'HTTP Request + Split Out' };
const LOOP: Contender = { side: 'loopItems', label: 'axios loop, the same items' };

/** The peak is that of a few polls and not of the feed: four times the feed may cost a bit of noise. */
const STAYS = 1.3;
const QUARTER = 0.25;

const many = (ledgers: number, entries: number): Bulk => ({ ledgers, entries, latencyMs: 0 });

/** How far processes grow as the feed grows, and with hundreds of ledgers. */
export async function* memory(isLong: boolean): AsyncGenerator<Report> {
	const simulator = await startSimulator();
	const count = isLong ? 5 : 3;
	const sizes = [100_000, 400_000, ...(isLong ? [1_000_000] : [])];
	const grown: number[][] = [];
	for (const entries of sizes)
		grown.push(await peakMb(simulator, many(20, entries), TRIGGER, count));
	yield {
		title: `Memory of the trigger as the feed grows, 20 ledgers (medians of ${count})`,
		columns: ['entries', 'peak MB'],
		rows: sizes.map((entries, at) => [String(entries), Math.round(median(grown[at]))]),
		ratios: [
			{
				what: `Trigger: peak memory for ${sizes.at(-1)} entries / for ${sizes[0]}`,
				ratio: medianRatio(grown.at(-1)!, grown[0]),
				target: STAYS,
			},
		],
	};

	const bulk = many(500, isLong ? 500_000 : 100_000);
	const contenders = [TRIGGER, GET_ALL, SPLIT, LOOP];
	const peaks: number[][] = [];
	for (const contender of contenders) peaks.push(await peakMb(simulator, bulk, contender, count));
	const [trigger, getAll, split, loop] = peaks;
	yield {
		title: `Memory for ${bulk.entries} entries of 500 ledgers (medians of ${count})`,
		columns: ['', 'peak MB'],
		rows: contenders.map(({ label }, at) => [label, Math.round(median(peaks[at]))]),
		ratios: [
			{
				what: '500 ledgers: memory of the trigger / HTTP Request + Split Out',
				ratio: medianRatio(trigger, split),
				target: QUARTER,
			},
			{
				what: '500 ledgers: memory of Get Many / HTTP Request + Split Out',
				ratio: medianRatio(getAll, split),
				target: QUARTER,
				limit: `it gives all items at once, and these take ${medianRatio(loop, split).toFixed(2)} even in the bare loop`,
			},
		],
	};
	await simulator.stop();
}
