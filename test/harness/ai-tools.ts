import {
	NodeConnectionTypes,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type IVersionedNodeType,
} from 'n8n-workflow';

/**
 * The AI tools that n8n's server makes of the nodes that are usable as one: a node type of its own
 * with `Tool` behind its name, which an agent is given. The engine does the rest.
 */
export function toolsOf(
	nodes: Record<string, INodeType | IVersionedNodeType>,
): Record<string, INodeType> {
	return Object.fromEntries(
		Object.entries(nodes).flatMap(([name, type]) =>
			'nodeVersions' in type || !type.description.usableAsTool
				? []
				: [[`${name}Tool`, asTool(type)]],
		),
	);
}

function asTool(type: INodeType): INodeType {
	const { description } = type;
	const tool = {
		...description,
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		usableAsTool: undefined,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: [
			{ displayName: 'Tool Description', name: 'descriptionType', type: 'string', default: 'auto' },
			{
				displayName: 'Description',
				name: 'toolDescription',
				type: 'string',
				default: description.description,
				displayOptions: { show: { descriptionType: ['manual'] } },
			},
			...description.properties,
		],
	};
	return Object.create(type, { description: { value: tool } }) as INodeType;
}

/** What a model asks an agent to do. */
export interface ToolCall extends IDataObject {
	/** The name of the tool's node. */
	tool: string;
	args: IDataObject;
}

/** n8n's agent, whose newer versions let the engine run the tools and whose older ones run them. */
export const agentType = '@n8n/n8n-nodes-langchain.agent';

/**
 * An agent whose model always wants the same: what the input item's `calls` say, one after the
 * other. It gives one item a call, with what the model would read of it as `answer`.
 */
export const agentNode: INodeType = {
	description: {
		displayName: 'AI Agent',
		name: agentType,
		group: ['transform'],
		version: [2, 3],
		description: 'Uses tools',
		defaults: { name: 'AI Agent' },
		inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(response?: EngineResponse) {
		const calls = this.getInputData()[0].json.calls as ToolCall[];
		if (this.getNode().typeVersion < 3) return [await invokeEach(this, calls)];
		if (!response?.actionResponses.length) return askEngine(calls);
		return [
			response.actionResponses.map(({ action, data }) => ({
				json: { tool: action.nodeName, answer: data.data?.ai_tool?.[0]?.map(({ json }) => json) },
			})),
		];
	},
};

/** What an agent sees of a tool that the engine has made. */
interface Tool {
	description: string;
	schema: { shape?: object };
	metadata?: { sourceNodeName?: string };
	/** Gives JSON. */
	invoke(args: IDataObject): Promise<unknown>;
}

async function invokeEach(
	context: IExecuteFunctions,
	calls: ToolCall[],
): Promise<INodeExecutionData[]> {
	const connected = await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
	const tools = connected as Tool[];
	const results: INodeExecutionData[] = [];
	for (const { tool: name, args } of calls) {
		const tool = tools.find(({ metadata }) => metadata?.sourceNodeName === name);
		if (!tool) throw new Error(`The agent has no tool "${name}"`);
		const answer = await tool.invoke(args).then(
			(text) => JSON.parse(String(text)) as IDataObject[],
			(error: Error) => [{ error: error.message }],
		);
		const { description, schema } = tool;
		const names = Object.keys(schema.shape ?? {});
		results.push({ json: { tool: name, description, arguments: names, answer } });
	}
	return results;
}

function askEngine(calls: ToolCall[]): EngineRequest {
	return {
		actions: calls.map(({ tool, args }, index) => ({
			actionType: 'ExecutionNodeAction',
			nodeName: tool,
			input: args,
			type: NodeConnectionTypes.AiTool,
			id: `call-${index}`,
			metadata: { itemIndex: 0 },
		})),
		metadata: {},
	};
}
