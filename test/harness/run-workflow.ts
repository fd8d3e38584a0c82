import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IConnections,
	type IDataObject,
	type ExecutionError,
	type INode,
	type INodeExecutionData,
	type IPinData,
	type IRun,
	type IRunData,
	type IRunExecutionData,
	type IWorkflowSettings,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { createWorld, declaredCredentials, type World, type WorldOptions } from './additional-data';

/** The parts of a workflow file that matter here. */
export interface WorkflowFile {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
	staticData?: IDataObject;
}

export interface RunWorkflowOptions extends Omit<WorldOptions, 'currentNodeParameters'> {
	/** `trigger` (default): a production run. `manual`: a run by hand in the editor. */
	mode?: WorkflowExecuteMode;
	/** The name of the node to start from; the workflow's trigger when left out. */
	startNode?: string;
	/** What the start node hands on in a production run, or gets as input. */
	startItems?: INodeExecutionData[];
	/** Stops the run when aborted, as a user does with the Stop button. */
	signal?: AbortSignal;
}

export interface WorkflowResult {
	/** Why the run stopped, as n8n stores it (a plain object), or undefined. */
	error: ExecutionError | undefined;
	/** All that the engine recorded, by node name. */
	runData: IRunData;
	/** The items that a node gave on one of its outputs in its last run; none when it did not run. */
	itemsOf(nodeName: string, output?: number): INodeExecutionData[];
	run: IRun;
	/** Whether it waits for a time, a form or a call. */
	isWaiting: boolean;
	/**
	 * Goes on after a wait, from what n8n would have in its database.
	 * @param items what the form or the call has brought; the time is up when left out
	 */
	resume(items?: INodeExecutionData[]): Promise<WorkflowResult>;
	/** The static data that the run left behind, as plain JSON. */
	staticData: IDataObject;
	world: World;
}

let executions = 0;

/** Runs a whole workflow in n8n's executor until it ends. A failed run is a result, not an exception. */
export async function runWorkflow(
	file: WorkflowFile,
	options: RunWorkflowOptions = {},
): Promise<WorkflowResult> {
	const { mode = 'trigger' } = options;
	const executionId = options.executionId ?? String(++executions);
	const world = await createWorld({ ...options, executionId });
	const workflow = buildWorkflow(file, world);
	const startNode = options.startNode
		? workflow.getNode(options.startNode)
		: workflow.getStartNode();
	if (!startNode) throw new Error('The workflow has no node to start from');

	world.additionalData.workflowId = workflow.id;
	world.additionalData.hooks = new ExecutionLifecycleHooks(mode, executionId, {
		id: workflow.id,
		name: workflow.name ?? '',
		active: true,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: file.nodes,
		connections: file.connections,
	});
	const runExecutionData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [
				{ node: startNode, data: { main: [options.startItems ?? [{ json: {} }]] }, source: null },
			],
		},
		resultData: { pinData: file.pinData },
	});
	const again = () => buildWorkflow(file, world);
	return await execute(workflow, again, world, mode, runExecutionData, options.signal);
}

/** @param again builds the workflow anew, for what n8n reads from its database */
async function execute(
	workflow: Workflow,
	again: () => Workflow,
	world: World,
	mode: WorkflowExecuteMode,
	runExecutionData: IRunExecutionData,
	signal?: AbortSignal,
): Promise<WorkflowResult> {
	const running = new WorkflowExecute(
		world.additionalData,
		mode,
		runExecutionData,
	).processRunExecutionData(workflow);
	signal?.addEventListener('abort', () => running.cancel(), { once: true });
	const run = await running;

	const { runData, error } = run.data.resultData;
	return {
		error,
		runData,
		itemsOf: (nodeName, output = 0) => runData[nodeName]?.at(-1)?.data?.main?.[output] ?? [],
		run,
		isWaiting: run.status === 'waiting',
		resume: async (items) =>
			await execute(again(), again, world, mode, resumed(run.data, items), signal),
		staticData: JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject,
		world,
	};
}

/** The data of a waiting run as n8n prepares it for going on. */
function resumed(waiting: IRunExecutionData, items?: INodeExecutionData[]): IRunExecutionData {
	const data = JSON.parse(JSON.stringify(waiting)) as IRunExecutionData;
	const [entry] = data.executionData?.nodeExecutionStack ?? [];
	if (!data.waitTill || !entry) throw new Error('The run does not wait for anything');
	// When the time is up, the engine does by itself what follows.
	if (items === undefined) return data;
	entry.node.disabled = true;
	entry.data.main = [items];
	entry.metadata = { ...entry.metadata, forwardAllOutputs: true };
	data.waitTill = undefined;
	data.resultData.runData[entry.node.name].pop();
	return data;
}

/** The engine's object for a workflow file, each node with the credentials of the store that it declares. */
export function buildWorkflow(file: WorkflowFile, world: World): Workflow {
	const nodes = file.nodes.map((node) => {
		const copy = structuredClone(node);
		const types = declaredCredentials(world.nodeTypes, node.type, node.typeVersion);
		const credentials = world.credentials.referencesFor(types);
		return Object.keys(credentials).length > 0 ? { ...copy, credentials } : copy;
	});
	return new Workflow({
		id: file.id ?? 'workflow-1',
		name: file.name ?? 'Harness workflow',
		nodes,
		connections: structuredClone(file.connections),
		active: true,
		nodeTypes: world.nodeTypes,
		staticData: structuredClone(file.staticData ?? {}),
		settings: { executionOrder: 'v1', ...file.settings },
		pinData: file.pinData,
	});
}
