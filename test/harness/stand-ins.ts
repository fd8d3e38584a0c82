import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { n8nNodes } from './n8n-nodes';

/** n8n's own node that starts a workflow by hand; here it hands on the items that it is started with. */
export const manualTriggerType = 'n8n-nodes-base.manualTrigger';

/** A node that hands its input on, under the name of a node that the harness does not have. */
export function passThroughNode(name: string, isStart = false): INodeType {
	const description: INodeTypeDescription = {
		displayName: name,
		name,
		group: isStart ? ['trigger'] : ['transform'],
		version: [1, 1.1, 1.2, 1.3, 2, 3, 3.4, 4, 4.2, 4.5, 4.6],
		description: 'Hands its input on',
		defaults: { name },
		inputs: isStart ? [] : [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};
	return {
		description,
		async execute() {
			return [this.getInputData()];
		},
	};
}

/** The nodes of n8n-nodes-base that every workflow may hold although that package is not installed. */
export const standIns: Record<string, INodeType> = {
	...n8nNodes,
	[manualTriggerType]: passThroughNode(manualTriggerType, true),
	'n8n-nodes-base.scheduleTrigger': passThroughNode('n8n-nodes-base.scheduleTrigger', true),
	'n8n-nodes-base.noOp': passThroughNode('n8n-nodes-base.noOp'),
	'n8n-nodes-base.stickyNote': passThroughNode('n8n-nodes-base.stickyNote'),
};
