import type { INodeExecutionData, INodeType } from 'n8n-workflow';
import { describeNode, main } from './describe';

/** Some items at a time on the second output, until all have come back; then all on the first. */
export const splitInBatchesNode: INodeType = {
	description: describeNode(
		'splitInBatches',
		[{ displayName: 'Batch Size', name: 'batchSize', type: 'number', default: 1 }],
		main(2),
	),
	async execute() {
		const context = this.getContext('node') as {
			left?: INodeExecutionData[];
			done?: INodeExecutionData[];
		};
		const items = this.getInputData();
		if (context.left) context.done = [...(context.done ?? []), ...items];
		context.left ??= items.map((given, item) => ({ ...given, pairedItem: { item } }));
		const batch = context.left.splice(0, this.getNodeParameter('batchSize', 0) as number);
		return batch.length > 0 ? [[], batch] : [context.done ?? [], []];
	},
};
