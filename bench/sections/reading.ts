import { startSimulator, type Bulk } from '../lib/bulk';
import { median, medianRatio } from '../lib/numbers';
import type { Ratio, Report } from '../lib/report';
import { rounds, type Contender, type Figures } from '../lib/rounds';

const GET_ALL: Contender = { side: 'getAll', label: 'Get Many of this package' };
const TRIGGER: Contender = { side: 'triggerAtOnce', label: 'Trigger of this package, in one poll' };
const REQUEST: Contender = { side: 'httpRequest', label: 'HTTP Request, pages' };
const SPLIT: Contender = { side: 'httpRequestSplit', label: 'HTTP Request + Split Out' };
const LOOP: Contender = { side: 'loop', label: 'axios loop' };
const LOOP_ITEMS: Contender = { side: 'loopItems', label: 'axios loop, the same items' };
const LEAST_NODE: Contender = { side: 'leastNode', label: 'a node that only reads' };
const atATime = (concurrency: number, contender: Contender): Contender => ({
	...contender,
	label: `${contender.label}, ${concurrency} at a time`,
	concurrency,
});
const LOOP_20 = atATime(20, LOOP);
const LEAST_20 = atATime(20, LEAST_NODE);

/** How long ours may take, as a multiple of what another takes. */
interface Aim {
	than: Contender;
	target: number;
	/** What stands in the way where it is more. */
	limit?: string;
	/** Others whose ratios show the limit. */
	floors?: Contender[];
}

interface Scene extends Bulk {
	contenders: Contender[];
	rounds: number;
	aims: Aim[];
}

/** What each costs before it has read anything worth mentioning. */
const NOTHING: Scene = {
	ledgers: 1,
	entries: 1,
	latencyMs: 0,
	contenders: [GET_ALL, TRIGGER, SPLIT, LEAST_NODE, LOOP],
	rounds: 7,
	aims: [],
};

/** Without latency all that counts is the work itself. */
const NEAR: Scene = {
	ledgers: 1,
	entries: 100_000,
	latencyMs: 0,
	contenders: [GET_ALL, LOOP, LOOP_ITEMS, LEAST_NODE, TRIGGER, SPLIT, REQUEST],
	rounds: 7,
	aims: [
		{ than: SPLIT, target: 0.5, floors: [LEAST_NODE, LOOP_ITEMS, LOOP] },
		{ than: LOOP, target: 1.15, floors: [LEAST_NODE, LOOP_ITEMS] },
	],
};

const ONE_BY_ONE = 'in a feed, only a page tells where the next one begins';

/** With it, what counts is not to wait for one page after the other. */
const FAR: Scene = {
	ledgers: 1,
	entries: 20_000,
	latencyMs: 100,
	contenders: [GET_ALL, TRIGGER, LOOP, SPLIT],
	rounds: 3,
	aims: [
		{ than: SPLIT, target: 0.5, limit: ONE_BY_ONE, floors: [LOOP] },
		{ than: LOOP, target: 1.15, limit: ONE_BY_ONE },
	],
};

const A_POLL = "a poll begins with what n8n does for it, see '1 entry'";

const MANY = [GET_ALL, TRIGGER, SPLIT, LEAST_20, LOOP_20];

const TWENTY: Scene = {
	ledgers: 20,
	entries: 10_000,
	pageSize: 100,
	latencyMs: 100,
	contenders: [...MANY, atATime(8, GET_ALL), atATime(8, LOOP)],
	rounds: 3,
	aims: [
		{ than: SPLIT, target: 1 },
		{ than: LOOP_20, target: 1.25, limit: A_POLL, floors: [LEAST_20] },
	],
};

const TWO_HUNDRED: Scene = {
	ledgers: 200,
	entries: 10_000,
	pageSize: 50,
	latencyMs: 100,
	contenders: [...MANY, ...[8, 50, 200].map((most) => atATime(most, GET_ALL))],
	rounds: 3,
	aims: [{ than: LOOP_20, target: 1.25, floors: [LEAST_20] }],
};

const SHORT = [NOTHING, NEAR, FAR, TWENTY, TWO_HUNDRED];

const LONG: Scene[] = [
	{ ...NEAR, entries: 1_000_000, rounds: 3 },
	{ ...FAR, entries: 100_000, rounds: 1 },
	...[0, 100].flatMap((latencyMs) =>
		[100_000, 1_000_000].flatMap((entries) =>
			[TWENTY, TWO_HUNDRED].map((scene) => ({
				...scene,
				pageSize: undefined,
				entries,
				latencyMs,
				contenders: MANY,
				aims: scene.aims.filter(({ than }) => than === LOOP_20),
			})),
		),
	),
];

const nameOf = ({ ledgers, entries, latencyMs, pageSize }: Bulk): string =>
	[
		ledgers === 1 ? '1 ledger' : `${ledgers} ledgers`,
		entries === 1 ? '1 entry' : `${entries} entries`,
		...(pageSize ? [`${pageSize} on a page`] : []),
		`${latencyMs} ms`,
	].join(', ');

function ratiosOf(scene: Scene, found: Map<Contender, Figures[]>): Ratio[] {
	const timesOf = (contender: Contender) => found.get(contender)!.map(({ ms }) => ms);
	return scene.aims.flatMap(({ than, target, limit, floors = [] }) => {
		const ratioOf = (one: Contender) => medianRatio(timesOf(one), timesOf(than));
		const shown = floors.map((floor) => `${floor.label} ${ratioOf(floor).toFixed(2)}`);
		return [GET_ALL, TRIGGER].map((ours) => ({
			what: `${nameOf(scene)}: ${ours.label} / ${than.label}`,
			ratio: ratioOf(ours),
			target,
			limit: [...(limit ? [limit] : []), ...shown].join(', '),
		}));
	});
}

/** Everything that a number of ledgers holds, as items. */
export async function* reading(isLong: boolean): AsyncGenerator<Report> {
	const simulator = await startSimulator();
	for (const scene of [...SHORT, ...(isLong ? LONG : [])]) {
		const found = await rounds(simulator, scene, scene.contenders, scene.rounds);
		const medianOf = (figures: Figures[], value: keyof Figures) =>
			Math.round(median(figures.map((one) => Number(one[value]))));
		yield {
			title: `Reading ${nameOf(scene)} latency (medians of ${scene.rounds} rounds)`,
			columns: ['', 'ms', 'processor ms', 'requests'],
			rows: [...found].map(([{ label }, figures]) => [
				label,
				...(['ms', 'cpuMs', 'requests'] as const).map((value) => medianOf(figures, value)),
			]),
			ratios: ratiosOf(scene, found),
		};
	}
	await simulator.stop();
}
