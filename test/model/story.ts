import { Checker } from './checker';
import {
	describeFault,
	FAULT_KINDS,
	Faults,
	someFaults,
	type Fault,
	type FaultKind,
} from './faults';
import { Random } from './random';
import { changedSettings, newSettings, type Settings } from './settings';
import { World } from './world';

/** How a poll ends, besides by itself. */
export type Ending =
	| 'by itself'
	/** The server dies somewhere on the way, or right behind the end. */
	| 'crash'
	/** The server dies when the items are handed out and before the state is saved. */
	| 'crash before the save'
	/** Another poll of the same node starts from the same state. */
	| 'overlap';

export interface PollStep {
	faults: Fault[];
	ending: Ending;
	/** The world grows while the poll is under way. */
	growth: boolean;
}

/** n8n with an active workflow of one trigger node, as far as a story needs it. */
export interface Engine {
	/** Lets time pass while nothing happens. */
	pass(ms: number): Promise<void>;
	/** Activates the workflow with the settings of the story, as the editor does. */
	activate(mode: 'activate' | 'update'): Promise<void>;
	/** A scheduled poll. */
	poll(step: PollStep): Promise<void>;
	/** Gives the node another name and saves the workflow. */
	rename(name: string): Promise<void>;
	/** The server dies and comes back. */
	crash(): void;
	/** The node's state from which the next poll starts, as JSON text. */
	readonly state: string;
}

const MINUTE_MS = 60_000;

const STEPS = {
	poll: 10,
	'disturbed poll': 7,
	'poll that ends badly': 6,
	growth: 7,
	crash: 1,
	activation: 1.5,
	settings: 3,
	rename: 0.7,
	access: 1.2,
	'new ledger': 0.6,
	mending: 2,
};

const ENDINGS: Ending[] = ['crash', 'crash before the save', 'overlap'];

export interface StoryOptions {
	seed: number;
	/** The API's clock, in milliseconds. */
	clock: () => number;
	/** How many things happen before all faults end. */
	steps: [least: number, most: number];
	kinds?: readonly FaultKind[];
}

/**
 * What happens to a world, to the network and to n8n, drawn from a seed: the same in both
 * depths of the test. In the end all faults stop, and a bounded number of polls has to bring
 * everything.
 */
export class Story {
	readonly random: Random;

	readonly world: World;

	readonly checker: Checker;

	readonly faults = new Faults();

	/** What has happened, for whoever has to understand a failure. */
	readonly trace: string[] = [];

	settings: Settings;

	constructor(private readonly options: StoryOptions) {
		this.random = new Random(options.seed);
		this.world = new World(this.random, options.clock);
		this.checker = new Checker(this.world);
		this.settings = newSettings(this.random, this.world);
	}

	async play(engine: Engine): Promise<void> {
		const [least, most] = this.options.steps;
		this.tell(`settings ${JSON.stringify(this.settings)}`);
		await engine.pass(MINUTE_MS);
		await engine.activate('activate');
		for (let left = this.random.int(least, most); left > 0; left--) await this.step(engine);
		await this.bringHome(engine);
	}

	tell(what: string): void {
		this.trace.push(what);
	}

	private async step(engine: Engine): Promise<void> {
		const { random, world } = this;
		const kind = random.weighted(STEPS);
		this.tell(kind);
		// What grew before a poll is older than the poll, beyond all doubt.
		await engine.pass(random.pick([1, 1, 1, 5, 70]) * MINUTE_MS);
		switch (kind) {
			case 'poll':
				return await this.poll(engine, {});
			case 'disturbed poll':
				return await this.poll(engine, { faults: this.newFaults() });
			case 'poll that ends badly': {
				const faults = random.chance(0.3) ? this.newFaults() : [];
				return await this.poll(engine, { faults, ending: random.pick(ENDINGS) });
			}
			case 'growth':
				return world.grow();
			case 'crash':
				return engine.crash();
			case 'activation':
				return await engine.activate(random.pick(['activate', 'update']));
			case 'settings':
				this.settings = changedSettings(random, world, this.settings);
				this.tell(`settings ${JSON.stringify(this.settings)}`);
				return await engine.activate('update');
			case 'rename':
				return await engine.rename(random.pick(['Trigger', 'Ledger', 'Vipps']));
			case 'access': {
				const ledger = random.pick(world.ledgers);
				return world.setAccess(ledger, !ledger.isOpen);
			}
			case 'new ledger':
				if (world.ledgers.length < 5) world.addLedger();
				return world.grow();
			case 'mending':
				return this.faults.clear();
		}
	}

	private async poll(engine: Engine, step: Partial<PollStep>): Promise<void> {
		const growth = this.random.chance(0.15);
		const { faults = [], ending = 'by itself' } = step;
		this.tell(
			[ending, ...faults.map(describeFault), growth && 'growth'].filter(Boolean).join('; '),
		);
		this.faults.arm(faults);
		await engine.poll({ faults, ending, growth });
		// Some disturbances stay until they are mended.
		if (this.random.chance(0.7)) this.faults.clear();
	}

	private newFaults(): Fault[] {
		const { random, world, options } = this;
		return someFaults(random, [...world.feeds.keys()], options.kinds ?? FAULT_KINDS);
	}

	/** Nothing is in the way any more: what is left has to come, in as few polls as it fits in. */
	private async bringHome(engine: Engine): Promise<void> {
		const { checker, world } = this;
		this.tell('all faults are over');
		this.faults.clear();
		for (const ledger of world.ledgers) if (!ledger.isOpen) world.setAccess(ledger, true);
		const undisturbed: PollStep = { faults: [], ending: 'by itself', growth: false };
		await engine.pass(2 * 60 * MINUTE_MS);
		// The first one settles where feeds start that were never read.
		await engine.poll(undisturbed);
		const { maxEntriesPerPoll } = this.settings;
		const most = Math.ceil(checker.waiting(engine.state, this.settings) / maxEntriesPerPoll) + 1;
		for (let polls = 0; polls < most && !checker.isComplete(engine.state, this.settings); polls++) {
			await engine.pass(MINUTE_MS);
			await engine.poll(undisturbed);
		}
		checker.expectComplete(engine.state, this.settings);
	}
}
