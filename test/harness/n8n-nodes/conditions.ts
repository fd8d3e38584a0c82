import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import { describeNode, main } from './describe';

/** The engine itself evaluates a parameter of this type. */
const conditions: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'filter',
	default: {},
	typeOptions: { filter: { version: 2, caseSensitive: true, typeValidation: 'strict' } },
};

const holds = (context: IExecuteFunctions, item: number, name = 'conditions'): boolean =>
	context.getNodeParameter(name, item, false, { extractValue: true }) as unknown as boolean;

function split(context: IExecuteFunctions): [INodeExecutionData[], INodeExecutionData[]] {
	const items = context.getInputData();
	const passes = items.map((_, item) => holds(context, item));
	return [items.filter((_, item) => passes[item]), items.filter((_, item) => !passes[item])];
}

export const ifNode: INodeType = {
	description: describeNode('if', [conditions], main(2)),
	async execute() {
		return split(this);
	},
};

export const filterNode: INodeType = {
	description: describeNode('filter', [conditions]),
	async execute() {
		return [split(this)[0]];
	},
};

/** With rules, and what fits none of them on an output of its own. */
export const switchNode: INodeType = {
	description: describeNode(
		'switch',
		[
			{
				displayName: 'Rules',
				name: 'rules',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				options: [{ displayName: 'Values', name: 'values', values: [conditions] }],
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: [
					{ displayName: 'Fallback Output', name: 'fallbackOutput', type: 'string', default: '' },
				],
			},
		],
		main(3),
	),
	async execute() {
		const outputs: INodeExecutionData[][] = [];
		for (const [item, given] of this.getInputData().entries()) {
			const rules = this.getNodeParameter('rules.values', item) as unknown[];
			while (outputs.length <= rules.length) outputs.push([]);
			const first = rules.findIndex((_, rule) =>
				holds(this, item, `rules.values[${rule}].conditions`),
			);
			const hasFallback = this.getNodeParameter('options.fallbackOutput', item, '') === 'extra';
			if (first >= 0 || hasFallback) outputs.at(first)?.push(given);
		}
		return outputs;
	},
};
