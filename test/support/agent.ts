import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { runWorkflow, type CredentialStore, type WorkflowResult } from '../harness';
import { agentType, type ToolCall } from '../harness/ai-tools';
import { ACTION } from './vipps';

interface Agent {
	/** By name, what is filled in in each tool that the node is turned into. */
	tools: Record<string, INodeParameters>;
	/** Agents run their tools by themselves before version 3, from then on through the engine. */
	version: 2 | 3;
	credentials: CredentialStore;
	/** Further settings of the tools' nodes. */
	settings?: Partial<INode>;
}

/** Lets an AI agent call tools, one after the other, and gives what it has been told of each. */
export async function askAgent(
	{ tools, version, credentials, settings = {} }: Agent,
	calls: ToolCall[],
): Promise<WorkflowResult & { json: IDataObject[] }> {
	const node = (name: string, type: string, more: Partial<INode> = {}): INode => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const toAgent = (type: 'main' | 'ai_tool') => ({
		[type]: [[{ node: 'AI Agent', type, index: 0 }]],
	});
	const toolNodes = Object.entries(tools).map(([name, parameters]) =>
		node(name, `${ACTION}Tool`, {
			...settings,
			parameters: { authentication: 'merchantApi', ...parameters },
		}),
	);
	const result = await runWorkflow(
		{
			nodes: [
				node('Chat', 'n8n-nodes-base.manualTrigger'),
				node('AI Agent', agentType, { typeVersion: version }),
				...toolNodes,
			],
			connections: {
				Chat: toAgent('main'),
				...Object.fromEntries(toolNodes.map(({ name }) => [name, toAgent('ai_tool')])),
			},
		},
		{ credentials, startNode: 'Chat', startItems: [{ json: { calls } }] },
	);
	return { ...result, json: result.itemsOf('AI Agent').map(({ json }) => json) };
}
