import { startSimulator, type Bulk } from '../lib/bulk';
import { median, medianRatio } from '../lib/numbers';
import type { Ratio, Report } from '../lib/report';
import { rounds, type Contender, type Figures } from '../lib/rounds';

const GET_ALL: Contender = { side: 'getAll', label: 'Get Many of this package' };
const TRIGGER: Contender = { side: 'triggerAtOnce', label: 'Trigger of this package, in one poll' };
const REQUEST: Contender = { side: 'httpRequest', label: 'HTTP Request, pages' };
const SPLIT: Contender = { side: 'httpRequestSplit', label: 'HTTP Request + Split Out' };
const LOOP: Contender = { side: 'loop', label: 'axios loop' };
const LIMIT: Contender = { side: 'loopItems', label: 'axios loop, the same items' };
const loopOf = (concurrency: number): Contender => ({
	...LOOP,
	label: `axios loop, ${concurrency} at a time`,
	concurrency,
});
const LOOP_20 = loopOf(20);

const HALF_OF_SPLIT = 0.5;
const ON_THE_FLOOR = 1.15;
const ON_THE_CONCURRENT_FLOOR = 1.25;

interface Scene extends Bulk {
	contenders: Contender[];
	rounds: number;
	/** Without latency processor time is the measure: what else the machine does does not count. */
	ratiosOf(found: Map<Contender, Figures[]>, name: string): Ratio[];
}

const cpu = (figures: Figures[]) => figures.map(({ cpuMs }) => cpuMs);
const wall = (figures: Figures[]) => figures.map(({ ms }) => ms);

function onOneLedger(found: Map<Contender, Figures[]>, name: string): Ratio[] {
	const ratio = (one: Contender, other: Contender) =>
		medianRatio(cpu(found.get(one)!), cpu(found.get(other)!));
	const least = ratio(LIMIT, LOOP);
	return [GET_ALL, TRIGGER].flatMap((ours) => [
		{
			what: `${name}: ${ours.label} / HTTP Request + Split Out (processor time)`,
			ratio: ratio(ours, SPLIT),
			target: HALF_OF_SPLIT,
			limit: `the bare loop alone takes ${ratio(LOOP, SPLIT).toFixed(2)}, with the same items ${ratio(LIMIT, SPLIT).toFixed(2)}`,
		},
		{
			what: `${name}: ${ours.label} / axios loop (processor time)`,
			ratio: ratio(ours, LOOP),
			target: ON_THE_FLOOR,
			limit: `to make these items of the loop's entries takes it to ${least.toFixed(2)}`,
		},
	]);
}

function onMany(found: Map<Contender, Figures[]>, name: string): Ratio[] {
	const ratio = (one: Contender, other: Contender) =>
		medianRatio(wall(found.get(one)!), wall(found.get(other)!));
	return [GET_ALL, TRIGGER].map((ours) => ({
		what: `${name}: ${ours.label} / axios loop, 20 at a time`,
		ratio: ratio(ours, LOOP_20),
		target: ON_THE_CONCURRENT_FLOOR,
	}));
}

function onTwenty(found: Map<Contender, Figures[]>, name: string): Ratio[] {
	const split = wall(found.get(SPLIT)!);
	return [
		...[GET_ALL, TRIGGER].map((ours) => ({
			what: `${name}: ${ours.label} / HTTP Request + Split Out`,
			ratio: medianRatio(wall(found.get(ours)!), split),
			target: 1,
		})),
		...onMany(found, name),
	];
}

const MANY = [GET_ALL, TRIGGER, SPLIT, LOOP_20];

const SHORT: Scene[] = [
	{
		ledgers: 1,
		entries: 100_000,
		latencyMs: 0,
		contenders: [GET_ALL, LOOP, LIMIT, TRIGGER, SPLIT, REQUEST],
		rounds: 5,
		ratiosOf: onOneLedger,
	},
	{
		ledgers: 20,
		entries: 10_000,
		pageSize: 100,
		latencyMs: 100,
		contenders: [...MANY, loopOf(8)],
		rounds: 3,
		ratiosOf: onTwenty,
	},
	{
		ledgers: 200,
		entries: 10_000,
		pageSize: 50,
		latencyMs: 100,
		contenders: MANY,
		rounds: 3,
		ratiosOf: onMany,
	},
];

const LONG: Scene[] = [
	{ ...SHORT[0], entries: 1_000_000, rounds: 3 },
	{
		...SHORT[0],
		latencyMs: 100,
		contenders: [...MANY.slice(0, 3), LOOP],
		rounds: 1,
		ratiosOf: () => [],
	},
	...[0, 100].flatMap((latencyMs) =>
		[100_000, 1_000_000].flatMap((entries) => [
			{ ...SHORT[1], pageSize: undefined, entries, latencyMs },
			{ ...SHORT[2], pageSize: undefined, entries, latencyMs },
		]),
	),
];

const nameOf = ({ ledgers, entries, latencyMs, pageSize }: Bulk): string =>
	[
		ledgers === 1 ? '1 ledger' : `${ledgers} ledgers`,
		`${entries} entries`,
		...(pageSize ? [`${pageSize} on a page`] : []),
		`${latencyMs} ms`,
	].join(', ');

/** Everything that a number of ledgers holds, as items. */
export async function* reading(isLong: boolean): AsyncGenerator<Report> {
	const simulator = await startSimulator();
	for (const scene of [...SHORT, ...(isLong ? LONG : [])]) {
		const found = await rounds(simulator, scene, scene.contenders, scene.rounds);
		const name = nameOf(scene);
		yield {
			title: `Reading ${name} latency (medians of ${scene.rounds} rounds)`,
			columns: ['', 'ms', 'processor ms', 'requests', 'peak MB'],
			rows: [...found].map(([{ label }, figures]) => [
				label,
				Math.round(median(wall(figures))),
				Math.round(median(cpu(figures))),
				median(figures.map(({ requests }) => requests)),
				Math.round(median(figures.map(({ peakMb }) => peakMb))),
			]),
			ratios: scene.ratiosOf(found, name),
		};
	}
	await simulator.stop();
}
