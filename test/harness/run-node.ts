import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	NodeExecutionHint,
} from 'n8n-workflow';
import { runWorkflow, type RunWorkflowOptions, type WorkflowResult } from './run-workflow';
import { manualTriggerType } from './stand-ins';

export interface RunNodeOptions
	extends Omit<RunWorkflowOptions, 'startNode' | 'startItems' | 'passThrough'> {
	/** The full name, for example `n8n-nodes-vippsmobilepay.vippsMobilePay`. */
	type: string;
	typeVersion?: number;
	/** As in a workflow file: expressions (`={{ $json.id }}`) are resolved per item by the engine. */
	parameters?: INodeParameters;
	/** The input, exactly; plain objects are taken as the `json` of an item. One empty item by default. */
	items?: Array<INodeExecutionData | IDataObject>;
	/** `true` is "Continue" in the node's settings, `continueErrorOutput` its "Continue (using error output)". */
	continueOnFail?: boolean | 'continueErrorOutput';
	/** Further node settings: `id`, `name`, `retryOnFail`, `executeOnce` and so on. */
	node?: Partial<INode>;
}

export interface NodeResult extends WorkflowResult {
	/** Items by output; empty when the node failed. */
	items: INodeExecutionData[][];
	/** The `json` of the items on the first output. */
	json: IDataObject[];
	/** The input items as the node left them, to see that it did not change them. */
	input: INodeExecutionData[];
	/** Hints that the node showed in the editor (`addExecutionHints`). */
	executionHints: NodeExecutionHint[];
}

const sourceName = 'Input';

/** Runs one node of the package in n8n's executor, behind a node that hands it the given items. */
export async function runNode(options: RunNodeOptions): Promise<NodeResult> {
	const { type, typeVersion = 1, parameters = {}, items = [{ json: {} }], ...rest } = options;
	const name = options.node?.name ?? 'Vipps MobilePay';
	const startItems = items.map(asItem);
	const result = await runWorkflow(
		{
			nodes: [
				{
					id: 'node-0',
					name: sourceName,
					type: manualTriggerType,
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: 'node-1',
					type,
					typeVersion,
					position: [200, 0],
					parameters,
					...onError(options.continueOnFail),
					...options.node,
					name,
				},
			],
			connections: {
				[sourceName]: { main: [[{ node: name, type: 'main', index: 0 }]] },
			},
		},
		{ ...rest, startNode: sourceName, startItems },
	);
	const task = result.runData[name]?.at(-1);
	const outputs = (task?.data?.main ?? []).map((output) => output ?? []);
	return {
		...result,
		items: outputs,
		json: (outputs[0] ?? []).map(({ json }) => json),
		input: startItems,
		executionHints: task?.hints ?? [],
	};
}

function asItem(item: INodeExecutionData | IDataObject): INodeExecutionData {
	const isItem = typeof item.json === 'object' && item.json !== null;
	return isItem ? (item as INodeExecutionData) : { json: item as IDataObject };
}

function onError(continueOnFail: RunNodeOptions['continueOnFail']): Partial<INode> {
	if (!continueOnFail) return {};
	return { onError: continueOnFail === true ? 'continueRegularOutput' : continueOnFail };
}
