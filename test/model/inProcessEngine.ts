/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
	ObservableObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IPollFunctions,
	type NodeApiError,
} from 'n8n-workflow';
import { packageFolder } from '../harness/package';
import { Violation } from './checker';
import { InProcessApi, noReads, type Reads } from './inProcessApi';
import { parametersOf } from './settings';
import type { Engine, PollStep, Story } from './story';
import type { VirtualTime } from './virtualTime';

type Items = INodeExecutionData[][] | null;

// What is shipped, not what it was compiled from.
const built = join(packageFolder, 'dist/nodes/VippsMobilePayTrigger/poll.js');
const { poll } = jest.requireActual<{ poll: (context: IPollFunctions) => Promise<Items> }>(built);

/** n8n's own limits: of a scheduled poll with durable cursors, and of any other. */
const DURABLE_BUDGET_MS = 36_000;
const BUDGET_MS = 300_000;

/** Reading ends before this, in every poll that is not held up. */
const UNHURRIED_MS = 20_000;
const HOUR_MS = 3_600_000;

/** How long a node may believe that n8n is about to store what it gave. */
const STORED_MS = 60_000;

/** Static data that n8n watches for changes. */
type Watched = ReturnType<typeof ObservableObject.create>;

let engines = 0;

type ActivationMode = 'activate' | 'update' | 'init';

/** A poll that is under way. */
interface Run {
	isDone: boolean;
	/** The engine has stopped waiting for it. */
	isGivenUp: boolean;
	staticData: IDataObject;
	before: string;
	reads: Reads;
	started: number;
	isAlone: boolean;
	isActivation: boolean;
	diesBeforeSave: boolean;
}

interface Options {
	kind: 'default' | 'durable';
	/** How far the API's clock is ahead of this computer's. */
	skewMs: number;
	/** Older versions of n8n tell no budget. */
	tellsBudget: boolean;
}

/**
 * n8n's two ways to keep a trigger's state, without n8n around them.
 *
 * Default: an object in memory, written down after a poll that gave something and after an
 * activation; a crash or a new activation brings the written one back. Durable: a copy of the
 * stored row for each poll, stored again together with what the poll gave, whoever else has
 * stored the row meanwhile; dropped when the poll throws or is given up.
 *
 * The default engine writes the state down milliseconds before it stores the execution. That a
 * crash hits this gap is a documented limit of n8n and does not happen here.
 */
export class InProcessEngine implements Engine {
	readonly api: InProcessApi;

	polls = 0;

	crashes = 0;

	givenUp = 0;

	/** What went wrong first; a poll that ends on its own has nobody to throw to. */
	failure: unknown;

	private name = 'Vipps MobilePay Trigger';

	/** Modules of the node keep things in memory, by workflow: each engine has its own. */
	private readonly id = ++engines;

	/** Counts the processes: modules of the node keep things in memory, by workflow. */
	private process = 0;

	private isActive = false;

	private mode: ActivationMode = 'activate';

	/** The column with the static data of the workflow, and the row of the durable cursor. */
	private saved = '{}';

	private row = '{}';

	private memory: Watched | undefined;

	/** The state that the last poll to end has left behind. */
	private current = '{}';

	private readonly underWay = new Set<Run>();

	/** Up to this moment the node may take what n8n has dropped for stored. */
	private quietUntil = 0;

	/** When a feed was last reported to be broken, by this process. */
	private reported = new Map<string, number>();

	constructor(
		private readonly story: Story,
		private readonly time: VirtualTime,
		private readonly options: Options,
	) {
		this.api = new InProcessApi(story.world, story.faults, time, story.random);
	}

	async pass(ms: number): Promise<void> {
		await this.time.until(() => false, this.time.now + ms);
	}

	get state(): string {
		return this.isDurable ? this.row : JSON.stringify(this.staticData());
	}

	async activate(mode: ActivationMode): Promise<void> {
		this.memory = undefined;
		this.mode = mode;
		this.isActive = true;
		await this.waitFor(this.start(true));
	}

	async poll({ ending, growth }: PollStep): Promise<void> {
		if (!this.isActive) return await this.activate('activate');
		// A restarted server activates its workflows; only the default engine polls at that.
		if (!this.isDurable && !this.memory) return await this.activate('init');
		const { random, world } = this.story;
		this.api.latencyMs = ending === 'by itself' ? random.pick([0, 0, 0, 200]) : 500;
		const run = this.start(false, ending === 'crash before the save');
		if (growth) this.time.after(random.int(0, 300), () => world.grow());
		if (ending === 'crash') {
			await this.time.until(() => run.isDone, this.time.now + random.int(0, 3_000));
			this.crash();
		} else if (ending === 'overlap') {
			await this.time.until(() => run.isDone, this.time.now + random.int(0, 1_000));
			await this.waitFor(this.start(false));
			await this.waitFor(run);
		} else {
			await this.waitFor(run);
		}
		if (this.failure) throw this.failure;
	}

	/** The default engine keeps the state under the name; durable cursors know the node by its id. */
	async rename(name: string): Promise<void> {
		this.name = name;
		await this.activate('update');
	}

	crash(): void {
		this.crashes++;
		this.process++;
		this.memory = undefined;
		this.quietUntil = 0;
		this.underWay.clear();
		this.time.forgetTimers();
		this.reported = new Map();
		this.story.checker.forgetProcess();
	}

	private get isDurable(): boolean {
		return this.options.kind === 'durable';
	}

	private get clock(): number {
		return this.story.world.clock();
	}

	/** The node's part of the static data in memory; n8n watches it for changes. */
	private staticData(): IDataObject {
		this.memory ??= ObservableObject.create(JSON.parse(this.saved) as IDataObject, undefined, {
			ignoreEmptyOnFirstChild: true,
		});
		const key = `node:${this.name}`;
		if (this.memory[key] === undefined) {
			this.memory[key] = ObservableObject.create({}, this.memory as never);
		}
		return this.memory[key] as IDataObject;
	}

	private save(): void {
		if (this.memory?.__dataChanged !== true) return;
		this.saved = JSON.stringify(this.memory);
		this.memory.__dataChanged = false;
	}

	private start(isActivation: boolean, diesBeforeSave = false): Run {
		const { story, time } = this;
		if (this.underWay.size === 0) this.current = this.state;
		this.polls++;
		const staticData = this.isDurable ? (JSON.parse(this.row) as IDataObject) : this.staticData();
		const run: Run = {
			isDone: false,
			isGivenUp: false,
			staticData,
			before: JSON.stringify(staticData),
			reads: noReads(),
			started: time.now,
			isAlone: this.underWay.size === 0 && time.now >= this.quietUntil,
			isActivation,
			diesBeforeSave,
		};
		for (const other of this.underWay) other.isAlone = false;
		this.underWay.add(run);
		const { settings, world, checker } = story;
		const publishedBefore = new Map(
			[...world.feeds].map(([key, { facts }]) => [key, facts.length]),
		);
		const mode = this.isDurable && !isActivation ? 'update' : this.mode;
		const facts = {
			settings,
			before: run.before,
			started: this.clock,
			isActivation: mode === 'activate',
			publishedBefore,
			openLedgers: world.ledgers.filter((l) => l.isOpen).map((l) => l.ledgerId),
		};
		checker.begin(settings, this.clock);

		const { process } = this;
		const end = (items: Items | undefined, error?: unknown) => {
			run.isDone = true;
			if (process !== this.process) return;
			this.underWay.delete(run);
			if (run.isGivenUp) {
				this.quietUntil = time.now + STORED_MS;
				return;
			}
			const isInTime = time.now - run.started < this.budget(isActivation);
			if (isInTime) this.checkReport(run, items, error as NodeApiError);
			const wanted = settings.ledgerIds ?? facts.openLedgers;
			const isCalm =
				items !== undefined &&
				run.isAlone &&
				!run.reads.isDisturbed &&
				time.now - run.started < UNHURRIED_MS &&
				world.ledgers.every((l) => l.isOpen || !wanted.includes(l.ledgerId));
			const { hasPage, last } = run.reads;
			const hasNoFeeds = last.size === 1 && last.get('ledgers') === true;
			const hasRead = items !== undefined && (hasPage || hasNoFeeds);
			const after = JSON.stringify(staticData);
			if (this.isDurable && !isDeepStrictEqual(JSON.parse(after), staticData)) {
				throw new Violation('the state is no plain JSON');
			}
			if (!this.keep(run, items, after)) return;
			const json = items?.flat().map((item) => item.json) ?? (items as null | undefined);
			checker.settle({ ...facts, after, items: json, arrived: true, hasRead, isCalm });
			if (run.diesBeforeSave && items) this.crash();
		};
		const guarded = (items: Items | undefined, error?: unknown) => {
			try {
				end(items, error);
			} catch (violation) {
				this.failure ??= violation;
			}
		};
		void poll(this.context(run, mode)).then(guarded, (error) => guarded(undefined, error));
		return run;
	}

	/** Does with state and items what n8n does. @returns false when it drops both */
	private keep(
		{ before, isActivation, diesBeforeSave }: Run,
		items: Items | undefined,
		after: string,
	): boolean {
		if (items === undefined && isActivation) {
			this.isActive = false;
			this.memory = undefined;
		}
		if (items && before !== this.current) {
			throw new Violation('gave something from a state that another poll had moved');
		}
		if (this.isDurable) {
			if (items && diesBeforeSave) {
				this.crash();
				return false;
			}
			const isStored = items !== undefined && !(items === null && isActivation);
			// Whatever another poll has stored meanwhile, n8n stores this one's as well.
			if (isStored && after !== before) this.row = after;
			if (isStored) this.current = this.row;
			return true;
		}
		this.current = after;
		if (items === undefined || (!items && !isActivation) || diesBeforeSave) return true;
		this.save();
		const saved = JSON.parse(this.saved) as IDataObject;
		if (JSON.stringify(saved[`node:${this.name}`] ?? {}) !== after) {
			throw new Violation('n8n has not seen that the state has changed');
		}
		return true;
	}

	/** Trouble has to be told: at once when nothing could be read or nothing else is there. */
	private checkReport(
		{ reads }: Run,
		items: Items | undefined,
		error: NodeApiError | undefined,
	): void {
		const feeds = [...reads.last].filter(([target]) => target !== 'ledgers');
		if (reads.last.get('ledgers') === false || feeds.length === 0) return;
		const broken = feeds.filter(([, isGood]) => !isGood).map(([key]) => key);
		const { now } = this.time;
		if (items === undefined) {
			if (broken.length === 0) throw new Violation(`threw for no reason: ${error?.message}`);
			if (reads.hasPage && error?.failure?.cause !== 'temporarily-unavailable') {
				throw new Violation(`told n8n ${JSON.stringify(error?.failure)} of a part`);
			}
			for (const key of broken) this.reported.set(key, now);
		} else if (broken.length > 0) {
			if (!reads.hasPage) throw new Violation('was silent about everything');
			const isDue = (key: string) => now - (this.reported.get(key) ?? -Infinity) >= HOUR_MS;
			if (items === null && broken.some(isDue)) throw new Violation('was silent about a feed');
		}
		for (const key of this.reported.keys()) {
			if (!broken.includes(key)) this.reported.delete(key);
		}
	}

	private async waitFor(run: Run): Promise<void> {
		// Only with durable cursors does n8n stop waiting.
		const limit = this.isDurable && !run.isActivation ? run.started + DURABLE_BUDGET_MS : Infinity;
		if (await this.time.until(() => run.isDone, limit)) return;
		run.isGivenUp = true;
		this.givenUp++;
	}

	private budget(isActivation: boolean): number {
		if (!this.options.tellsBudget) return 50_000;
		return this.isDurable && !isActivation ? DURABLE_BUDGET_MS : BUDGET_MS;
	}

	/** What the node sees of n8n. */
	private context(run: Run, mode: string): IPollFunctions {
		const parameters = parametersOf(this.story.settings);
		const node = {
			id: 'trigger-1',
			name: this.name,
			type: 'n8n-nodes-vippsmobilepay.vippsMobilePayTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters,
		} as INode;
		const budget = this.budget(run.isActivation);
		const context = {
			getNodeParameter: (name: string, fallback?: unknown) => parameters[name] ?? fallback,
			getNode: () => node,
			getCredentials: async () => ({}),
			getWorkflow: () => ({ id: `workflow ${this.id} of process ${this.process}` }),
			getMode: () => 'trigger',
			getActivationMode: () => mode,
			getWorkflowStaticData: () => run.staticData,
			...(this.options.tellsBudget && { getPollBudgetMs: () => budget }),
			logger: { warn: () => {} },
			helpers: {
				httpRequestWithAuthentication: async (_: string, options: never) =>
					await this.api.answer(options, run.reads),
			},
		};
		return context as unknown as IPollFunctions;
	}
}
