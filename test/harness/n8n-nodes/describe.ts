import {
	NodeConnectionTypes,
	type INodeProperties,
	type INodeTypeDescription,
	type NodeConnectionType,
} from 'n8n-workflow';

/** The description of a node of n8n's own: no more of it than the engine looks at. */
export const describeNode = (
	name: string,
	properties: INodeProperties[],
	outputs: INodeTypeDescription['outputs'] = main(1),
): INodeTypeDescription => ({
	displayName: name,
	name,
	group: ['transform'],
	version: [1, 1.1, 2, 2.1, 2.2, 3, 3.1, 3.2, 3.4],
	description: `Does what n8n's ${name} does with the parameters that are given here`,
	defaults: { name },
	inputs: main(1),
	outputs,
	properties,
});

export function main(count: number): NodeConnectionType[] {
	return Array.from({ length: count }, () => NodeConnectionTypes.Main);
}
