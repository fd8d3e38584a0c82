/* eslint-disable @n8n/community-nodes/no-dangerous-functions -- runs in Jest, never in n8n */
import type { INodeExecutionData, INodeType } from 'n8n-workflow';
import { describeNode } from './describe';

type Run = (...values: unknown[]) => INodeExecutionData[];

/** What a script may use here of all that n8n has. */
const NAMES = ['$', '$input', 'DateTime'] as const;

/** Runs its script once for all items. n8n does so in a process of its own. */
export const codeNode: INodeType = {
	description: describeNode('code', [
		{
			displayName: 'JavaScript',
			name: 'jsCode',
			type: 'string',
			noDataExpression: true,
			default: '',
		},
	]),
	async execute() {
		const script = this.getNodeParameter('jsCode', 0) as string;
		const proxy = this.getWorkflowDataProxy(0);
		const run = new Function(...NAMES, `'use strict';\n${script}`) as Run;
		return [run(...NAMES.map((name) => proxy[name] as unknown))];
	},
};
