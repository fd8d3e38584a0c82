import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { FeedTopic as Topic } from '../../nodes/shared/ledger/feed';
import type { Poller, Simulator } from '../harness';
import { Violation } from './checker';
import type { Fault, FaultKind } from './faults';
import { parametersOf } from './settings';
import type { Engine, PollStep, Story } from './story';
import type { Change } from './world';

type Items = INodeExecutionData[][] | null;

/** Disturbances that a server can make by itself, as the simulator's control takes them. */
const ORDERS: Partial<Record<FaultKind, object>> = {
	'500': { status: 500, body: { title: 'Internal Server Error' } },
	'502 in HTML': { status: 502, body: '<html><title>Bad Gateway</title></html>' },
	'503': { status: 503, body: '', headers: { 'Retry-After': '0' } },
	'404': { status: 404, body: { title: 'Not Found' } },
	'401': { status: 401, body: { title: 'Unauthorized' } },
	'429 for seconds': { status: 429, headers: { 'Retry-After': '0' } },
	'429 for half an hour': { status: 429, headers: { 'Retry-After': '1800' } },
	reset: { reset: true },
	'broken off': { truncate: true },
	'truncated JSON': { status: 200, body: '{"items": [{"amount"' },
	'lost answer': { carryOut: true, reset: true },
};

export const DEEP_KINDS = Object.keys(ORDERS) as FaultKind[];

/** What the node does not repeat may last; the rest would cost the test real time. */
const ENDS_AT_ONCE: FaultKind[] = ['404', '401', '429 for half an hour'];

const LONGEST = 2;

/** Far from the time after which a poll stops reading. */
const UNHURRIED_MS = 5_000;

export const BUDGET_MS = 10_000;

interface RunOptions {
	activation?: 'activate' | 'update';
	/** Whether another poll is under way. */
	overlaps?: boolean;
	/** The state that it starts from. */
	found?: string;
}

/** n8n-core's own poll engine and credentials, over real connections to the simulator. */
export class SimulatedEngine implements Engine {
	readonly api = { requests: 0, disturbed: 0 };

	readonly givenUp = 0;

	polls = 0;

	crashes = 0;

	private isActive = false;

	private name = '';

	private readonly savedUnder = new Map<string, string>();

	private areFaultsOrdered = false;

	/**
	 * States from which this process has given something. The minutes of a story pass in no time,
	 * so that to the node n8n may still be about to store it; it then gives nothing yet.
	 */
	private givenFrom = new Set<string>();

	constructor(
		private readonly story: Story,
		private readonly simulator: Simulator,
		private readonly poller: Poller,
		private readonly kind: 'default' | 'durable',
		private readonly clock: { now: number },
	) {}

	async pass(ms: number): Promise<void> {
		this.clock.now += ms;
	}

	get state(): string {
		return JSON.stringify(this.poller.staticData);
	}

	async activate(mode: 'activate' | 'update'): Promise<void> {
		await this.prepare();
		this.poller.setParameters(parametersOf(this.story.settings));
		this.isActive = true;
		await this.run(async () => await this.poller.activate(mode), { activation: mode });
	}

	async poll({ ending, growth }: PollStep): Promise<void> {
		if (!this.isActive) return await this.activate('activate');
		await this.prepare();
		const { poller } = this;
		const saved = poller.savedStaticData;
		const overlaps = ending === 'overlap';
		const polling = this.run(async () => await poller.poll(), { overlaps });
		if (growth) {
			this.story.world.grow();
			await this.tell();
		}
		if (overlaps) await this.run(async () => await poller.poll(), { overlaps });
		await polling;
		if (ending === 'crash') this.crash();
		if (ending === 'crash before the save' && this.kind === 'default') {
			poller.setSavedStaticData(saved);
			this.crash();
		}
	}

	async rename(name: string): Promise<void> {
		await this.prepare();
		this.isActive = true;
		// The default engine keeps a state under each name that there has been.
		const saved = JSON.stringify(this.poller.savedStaticData);
		this.savedUnder.set(this.name, saved);
		this.name = name;
		const found = this.kind === 'durable' ? saved : (this.savedUnder.get(name) ?? '{}');
		await this.run(async () => await this.poller.reactivate({ name }), {
			activation: 'update',
			found,
		});
	}

	crash(): void {
		this.crashes++;
		this.poller.crash();
		this.givenFrom = new Set();
		this.story.checker.forgetProcess();
	}

	/** The simulated world has to be the world of the story, or nothing is proved. */
	async checkWorld(): Promise<void> {
		await this.tell();
		const { entries, sales } = (await this.simulator.truth()) as Record<string, unknown[]>;
		const facts = [...this.story.world.feeds.values()].reduce((n, { facts: f }) => n + f.length, 0);
		if (entries.length + sales.length !== facts) throw new Error('The simulator has another world');
		const { total } = (await this.simulator.requests()) as { total: number };
		this.api.requests = total;
	}

	private async run(
		poll: () => Promise<Items>,
		{ activation, overlaps = false, found = this.foundBy(activation) }: RunOptions = {},
	): Promise<void> {
		const { checker, settings, world, faults } = this.story;
		this.polls++;
		const publishedBefore = new Map(
			[...world.feeds].map(([key, { facts }]) => [key, facts.length]),
		);
		const openLedgers = world.ledgers.filter((l) => l.isOpen).map((l) => l.ledgerId);
		const started = this.clock.now;
		const began = performance.now();
		const isUndisturbed = !overlaps && !faults.areArmed && !this.givenFrom.has(found);
		checker.begin(settings, started);
		const items = await poll().catch((error: unknown) => {
			if (error instanceof Violation) throw error;
			return undefined;
		});
		const after = this.state;
		if (items) this.givenFrom.add(found);
		if (items === undefined && activation) this.isActive = false;
		// n8n drops the state of an activation that gave nothing.
		const isDropped = this.kind === 'durable' && activation !== undefined && !items;
		const wanted = settings.ledgerIds ?? openLedgers;
		checker.settle({
			settings,
			before: found,
			after,
			started,
			isActivation: this.kind === 'default' ? true : activation === 'activate',
			items: items?.flat().map(({ json }) => json) ?? (items as null | undefined),
			hasRead: items !== undefined,
			arrived: true,
			isCalm:
				isUndisturbed &&
				items !== undefined &&
				!isDropped &&
				performance.now() - began < UNHURRIED_MS &&
				world.ledgers.every((l) => l.isOpen || !wanted.includes(l.ledgerId)),
			publishedBefore,
			openLedgers,
		});
	}

	private foundBy(activation: string | undefined): string {
		const { poller } = this;
		return JSON.stringify(activation ? poller.savedStaticData : poller.staticData);
	}

	/** Gives the simulator the world, the time and the faults of the story. */
	private async prepare(): Promise<void> {
		const { faults, random } = this.story;
		const { control } = this.simulator;
		await this.tell();
		await control.post('/clock', { now: new Date(this.clock.now).toISOString() });
		if (this.areFaultsOrdered) {
			const { data } = await control.get<{ struck: unknown[] }>('/faults');
			this.api.disturbed += data.struck.length;
			await control.delete('/faults');
		}
		this.areFaultsOrdered = faults.areArmed;
		for (const fault of faults.all) await control.post('/faults', orderOf(fault));
		if (random.chance(0.1)) await control.post('/tokens/expire');
	}

	private async tell(): Promise<void> {
		for (const [path, body] of requestsOf(this.story.world.changes.splice(0))) {
			await this.simulator.control.post(path, body);
		}
	}
}

function orderOf({ kind, target, skip, times }: Fault): object {
	const [topic, ledgerId] = target.split(':');
	const path =
		target === 'any'
			? '/(feed|sales|settlement)'
			: target === 'ledgers'
				? '/settlement/'
				: topic === 'sales'
					? `/sales/report/v1/ledgers/${ledgerId}`
					: `/ledgers/${ledgerId}/${topic}/feed`;
	const most = ENDS_AT_ONCE.includes(kind) ? times : Math.min(times, LONGEST);
	return { path, skip, times: most, ...ORDERS[kind] };
}

/** Entries of one feed go together: only within a feed does their order count. */
function requestsOf(changes: Change[]): Array<[path: string, body: IDataObject]> {
	const ledgers: Array<[string, IDataObject]> = [];
	const feeds = new Map<string, { ledgerId: string; topic?: Topic; entries: IDataObject[] }>();
	for (const change of changes) {
		const { ledgerId, market, isOpen } = change.ledger;
		if (change.kind === 'ledger') {
			ledgers.push(['/ledgers', { ledgerId, market, solution: 'mpos' }]);
		} else if (change.kind === 'access') {
			ledgers.push(['/access', { ledgerId, granted: isOpen }]);
		} else {
			const { topic, entry } = change;
			const key = `${topic}:${ledgerId}`;
			const isSale = topic === 'sales';
			const feed = feeds.get(key) ?? { ledgerId, ...(!isSale && { topic }), entries: [] };
			feeds.set(key, feed);
			// The name is shown only to those who ask for it.
			feed.entries.push({ ...entry, ...(!isSale && { name: 'Ada' }) } as IDataObject);
		}
	}
	const entries = [...feeds.values()].map((feed): [string, IDataObject] => [
		feed.topic ? '/entries' : '/sales',
		feed,
	]);
	return [...ledgers, ...entries];
}
