import { startSimulator, type Simulator } from '../harness';
import { withoutIsolates } from '../support/expressions';
import { trigger } from '../support/vipps';
import { Figures } from './figures';
import { Random } from './random';
import { parametersOf } from './settings';
import { BUDGET_MS, DEEP_KINDS, SimulatedEngine } from './simulatedEngine';
import { Story } from './story';

/** Stories that are played at the same time, each with a simulator of its own. */
const LANES = 4;

withoutIsolates();

async function play(seed: number, simulator: Simulator, figures: Figures): Promise<void> {
	const random = new Random(-seed);
	const clock = { now: Date.UTC(2026, 5, 10, 5) };
	const kind = random.pick(['default', 'durable'] as const);
	const story = new Story({ seed, clock: () => clock.now, steps: [3, 8], kinds: DEEP_KINDS });
	const { ledgersPageSize, pageSize: reportPageSize } = story.world;
	const feedEnd = random.pick(['withItems', 'emptyPage']);
	const endCursor = random.pick(['next', 'same']);
	await simulator.reset({
		data: 'empty',
		now: new Date(clock.now).toISOString(),
		options: { ledgersPageSize, reportPageSize, feedEnd, endCursor },
	});
	const poller = await trigger(simulator, parametersOf(story.settings), {
		engine: kind,
		nodeId: `trigger-of-${seed}`,
		budgetMs: BUDGET_MS,
	});
	const engine = new SimulatedEngine(story, simulator, poller, kind, clock);
	try {
		await story.play(engine);
		await engine.checkWorld();
	} catch (error) {
		throw figures.failed(seed, story, error);
	}
	figures.add(story, engine);
}

test('in n8n-core, over real connections: nothing is lost and nothing comes twice', async () => {
	const figures = new Figures('deep', 60);
	const { seeds } = figures;
	const lanes = Array.from({ length: Math.min(LANES, seeds.length) }, async () => {
		const simulator = await startSimulator();
		for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
			await play(seed, simulator, figures).catch(async (error) => {
				// The other lanes shall not go on behind a test that has failed.
				seeds.length = 0;
				return await Promise.reject(error);
			});
		}
	});
	await Promise.all(lanes);
	figures.print();
}, 300_000);
