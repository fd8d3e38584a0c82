import { Figures } from './figures';
import { InProcessEngine } from './inProcessEngine';
import { Random } from './random';
import { Story } from './story';
import { VirtualTime } from './virtualTime';

const HOUR_MS = 3_600_000;

async function play(seed: number, figures: Figures): Promise<void> {
	const random = new Random(-seed);
	const time = new VirtualTime(Date.UTC(2026, 5, 10) + random.int(0, 47) * HOUR_MS);
	const skewMs = random.pick([0, 0, 0, 2 * HOUR_MS, -3 * HOUR_MS, 400]);
	time.install();
	const story = new Story({ seed, clock: () => time.now + skewMs, steps: [4, 14] });
	const engine = new InProcessEngine(story, time, {
		kind: random.pick(['default', 'durable']),
		skewMs,
		tellsBudget: random.chance(0.8),
	});
	try {
		await story.play(engine);
	} catch (error) {
		throw figures.failed(seed, story, error);
	} finally {
		jest.restoreAllMocks();
	}
	figures.add(story, engine);
}

test('nothing is lost and nothing comes twice, whatever happens', async () => {
	const figures = new Figures('wide', 5_000);
	for (const seed of figures.seeds) await play(seed, figures);
	figures.print();
}, 300_000);
