/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { isDeepStrictEqual } from 'node:util';
import { Container } from '@n8n/di';
import { PollContext, PollTriggerExecutor } from 'n8n-core';
import {
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type Workflow,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { createWorld, type World } from './additional-data';
import type { CredentialStore } from './credential-store';
import { buildWorkflow, runWorkflow } from './run-workflow';

/**
 * `default`: static data lives in the memory of the active workflow and is written down after a poll
 * that gave something. `durable`: n8n with `N8N_POLLER_DURABLE_CURSORS_ENABLED` and its companions, which
 * writes it down after every scheduled poll, together with the execution if there is one.
 */
export type PollEngine = 'default' | 'durable';

export interface PollerOptions {
	/** The full name of the node type. */
	type: string;
	typeVersion?: number;
	parameters?: INodeParameters;
	credentials?: CredentialStore;
	engine?: PollEngine;
	/** The node's name in the workflow; the default engine keeps static data under it. */
	name?: string;
	/** The node's id; durable cursors are kept under it. */
	nodeId?: string;
	/** What `getPollBudgetMs()` gives. n8n: 5 minutes, or 36 seconds in a scheduled durable poll. */
	budgetMs?: number;
	/** The workflow's time zone. */
	timezone?: string;
	/** Whether `delivered` gets a copy of every item; true when left out. Measurements do without. */
	keepsDelivered?: boolean;
	folder?: string;
}

export interface PollOptions {
	/**
	 * The server dies after the node has returned items. `beforeSave`: the execution was started, the
	 * static data not saved (default engine), or neither (durable engine: they are one transaction).
	 * `afterSave`: the static data was saved, the execution not started (default engine only).
	 */
	crash?: 'beforeSave' | 'afterSave';
}

/** What can be changed when a workflow is saved and activated again. */
export type Change = Pick<PollerOptions, 'parameters' | 'name' | 'nodeId'>;

type Items = INodeExecutionData[][];

/** The processes that were started, of all pollers. */
let processes = 0;

/** A workflow with one poll node, kept active as n8n keeps it: memory, saved data, and crashes. */
export class Poller {
	/** The `json` of every item that has reached an execution, in order, over all crashes. */
	readonly delivered: IDataObject[] = [];

	private workflow: Workflow | undefined;
	/** The workflow's column of static data, as JSON text: `{"node:<name>":{...}}`. */
	private saved = '{}';
	/** The rows of durable cursors by node id, as JSON text. */
	private readonly cursors = new Map<string, string>();

	constructor(
		private options: PollerOptions,
		private readonly world: World,
	) {
		this.startProcess();
	}

	/**
	 * Activates the workflow: n8n polls once at once. What that poll throws, activation throws.
	 * With the durable engine the cursor of this poll is kept only if it gave something.
	 */
	async activate(mode: WorkflowActivateMode = 'activate'): Promise<Items | null> {
		this.workflow = undefined;
		const workflow = this.activeWorkflow();
		const result = await this.run(workflow, mode, true);
		if (this.engine === 'default') this.save(workflow);
		return result;
	}

	/**
	 * One scheduled poll.
	 * @returns the items by output, or null when the node gave nothing
	 * @throws what the node threw (n8n records a failed execution then)
	 */
	async poll(options: PollOptions = {}): Promise<Items | null> {
		if (this.engine === 'durable') this.workflow = undefined;
		const workflow = this.activeWorkflow();
		const mode = this.engine === 'durable' ? 'update' : 'activate';
		const result = await this.run(workflow, mode, false, options.crash);
		if (options.crash) this.crash();
		return result;
	}

	/**
	 * A test run in the editor, on the saved workflow; n8n throws its static data away.
	 * @returns what the node gave and the static data that it left in the run
	 */
	async pollManually(): Promise<{ items: Items; error: unknown; staticData: IDataObject }> {
		const result = await runWorkflow(
			{ ...this.file(), staticData: JSON.parse(this.saved) as IDataObject },
			{
				folder: this.options.folder,
				credentials: this.options.credentials,
				mode: 'manual',
				startNode: this.name,
			},
		);
		const outputs = result.runData[this.name]?.at(-1)?.data?.main ?? [];
		return {
			items: outputs.map((output) => output ?? []),
			error: result.error,
			staticData: (result.staticData[`node:${this.name}`] ?? {}) as IDataObject,
		};
	}

	/** The process dies: what was not saved is gone. The next poll is the restarted server's. */
	crash(): void {
		this.workflow = undefined;
		this.startProcess();
	}

	/** Saves the workflow with changes and activates it anew, as the editor does. */
	async reactivate(change: Change = {}): Promise<Items | null> {
		this.options = { ...this.options, ...change };
		return await this.activate('update');
	}

	/** Changes parameters for the coming polls without a new activation. */
	setParameters(parameters: INodeParameters): void {
		this.options = { ...this.options, parameters };
		const staticData = this.workflow?.staticData;
		if (!staticData) return;
		const workflow = this.buildWorkflow();
		workflow.staticData = staticData;
		this.workflow = workflow;
	}

	/** What the node would find in its static data now: a plain copy. */
	get staticData(): IDataObject {
		if (this.engine === 'durable') return this.savedStaticData;
		const all = this.workflow ? JSON.stringify(this.workflow.staticData) : this.saved;
		return this.nodePart(all);
	}

	/** What has been written down and would outlive a crash: a plain copy. */
	get savedStaticData(): IDataObject {
		const cursor = this.cursors.get(this.nodeId);
		if (this.engine === 'durable' && cursor !== undefined) return JSON.parse(cursor) as IDataObject;
		return this.nodePart(this.saved);
	}

	/** Puts data into the saved workflow, as an older version of the node may have left it. */
	setSavedStaticData(data: IDataObject): void {
		const all = JSON.parse(this.saved) as IDataObject;
		this.saved = JSON.stringify({ ...all, [`node:${this.name}`]: data });
		this.cursors.delete(this.nodeId);
		this.workflow = undefined;
	}

	/** Nodes keep things in memory by workflow; a new process, and another poller, finds nothing there. */
	private startProcess(): void {
		this.world.additionalData.workflowId = `workflow-${++processes}`;
	}

	private get engine(): PollEngine {
		return this.options.engine ?? 'default';
	}

	private get name(): string {
		return this.options.name ?? 'Vipps MobilePay Trigger';
	}

	private get nodeId(): string {
		return this.options.nodeId ?? 'trigger-1';
	}

	private async run(
		workflow: Workflow,
		activation: WorkflowActivateMode,
		isActivation: boolean,
		crash?: PollOptions['crash'],
	): Promise<Items | null> {
		const node = workflow.nodes[this.name];
		let emitted: Items | null = null;
		let failure: Error | undefined;
		const cursor = this.engine === 'durable' ? this.openCursor(workflow, node) : undefined;
		const context = new PollContext(
			workflow,
			node,
			this.world.additionalData,
			'trigger',
			activation,
			(items) => {
				emitted = items;
				this.handOver(items, workflow, cursor, crash);
			},
			(error) => {
				failure = error;
			},
			async () => {
				if (!crash) cursor?.commit();
			},
			undefined,
			cursor ? () => cursor.data : undefined,
			this.budget(isActivation),
		);
		const executePoll = Container.get(PollTriggerExecutor).create(
			workflow,
			node,
			context,
			() => true,
		);
		// A scheduled poll takes its own isolate; one on activation runs in that of the activation.
		if (isActivation) {
			await workflow.expression.withIsolate(async () => await executePoll(true));
		} else {
			await executePoll();
		}
		if (failure) throw failure;
		return emitted;
	}

	private handOver(
		items: Items,
		workflow: Workflow,
		cursor: StagedCursor | undefined,
		crash: PollOptions['crash'],
	): void {
		const arrived = () => {
			if (this.options.keepsDelivered === false) return;
			this.delivered.push(...plain(items.flat().map(({ json }) => json) as IDataObject[]));
		};
		if (cursor) {
			// The cursor and the execution are written in one transaction: both or none.
			if (crash) return;
			cursor.commit();
			arrived();
			return;
		}
		if (crash !== 'beforeSave') this.save(workflow);
		if (crash !== 'afterSave') arrived();
	}

	/** Takes over the static data of the default engine where there is no row yet, as n8n does. */
	private openCursor(workflow: Workflow, node: INode): StagedCursor {
		const id = this.nodeId;
		const known = this.cursors.get(id) ?? JSON.stringify(workflow.getStaticData('node', node));
		this.cursors.set(id, known);
		const seed = JSON.parse(known) as IDataObject;
		const data = structuredClone(seed);
		return {
			data,
			commit: () => {
				if (!isDeepStrictEqual(data, seed)) this.cursors.set(id, JSON.stringify(data));
			},
		};
	}

	/** n8n writes static data down only if its watcher has seen a change. */
	private save(workflow: Workflow): void {
		const staticData = workflow.staticData as IDataObject & { __dataChanged?: boolean };
		if (staticData.__dataChanged !== true) return;
		this.saved = JSON.stringify(staticData);
		staticData.__dataChanged = false;
	}

	private budget(isActivation: boolean): (() => number) | undefined {
		const { budgetMs } = this.options;
		if (budgetMs !== undefined) return () => budgetMs;
		return this.engine === 'durable' && !isActivation ? () => scheduledPollBudgetMs : undefined;
	}

	private activeWorkflow(): Workflow {
		this.workflow ??= this.buildWorkflow();
		return this.workflow;
	}

	private buildWorkflow(): Workflow {
		const staticData = JSON.parse(this.saved) as IDataObject;
		return buildWorkflow({ ...this.file(), staticData }, this.world);
	}

	private file() {
		const { type, typeVersion = 1, parameters = {}, timezone } = this.options;
		return {
			id: this.world.additionalData.workflowId,
			nodes: [
				{
					id: this.nodeId,
					name: this.name,
					type,
					typeVersion,
					position: [0, 0] as [number, number],
					parameters,
				},
			],
			connections: {},
			settings: timezone ? { timezone } : {},
		};
	}

	private nodePart(all: string): IDataObject {
		const part = (JSON.parse(all) as IDataObject)[`node:${this.name}`];
		return (part ?? {}) as IDataObject;
	}
}

interface StagedCursor {
	/** The copy that the node works on during one poll. */
	data: IDataObject;
	commit(): void;
}

/** n8n's defaults: a lease of 60 s, a limit of 45 s per poll, less a fifth as a margin. */
const scheduledPollBudgetMs = 36_000;

function plain<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}

/** A poll node in a workflow of its own; not yet active and with nothing saved. */
export async function createPoller(options: PollerOptions): Promise<Poller> {
	const world = await createWorld({ folder: options.folder, credentials: options.credentials });
	return new Poller(options, world);
}
