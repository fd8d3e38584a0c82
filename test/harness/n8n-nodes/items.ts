import type { IDataObject, INodeType } from 'n8n-workflow';
import { describeNode } from './describe';

interface Assignment {
	name: string;
	type: string;
	value: unknown;
}

/** The fields that are set, and no others: n8n's default since version 3.3. */
export const editFieldsNode: INodeType = {
	description: describeNode('set', [
		{
			displayName: 'Fields to Set',
			name: 'assignments',
			type: 'assignmentCollection',
			default: {},
		},
	]),
	async execute() {
		const items = this.getInputData().map((_, item) => {
			const { assignments } = this.getNodeParameter('assignments', item) as {
				assignments: Assignment[];
			};
			for (const { name, type, value } of assignments) {
				if (typeof value !== type) throw new Error(`${name} is no ${type}: ${String(value)}`);
			}
			const json = Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
			return { json: json as IDataObject, pairedItem: { item } };
		});
		return [items];
	},
};

export const limitNode: INodeType = {
	description: describeNode('limit', [
		{ displayName: 'Max Items', name: 'maxItems', type: 'number', default: 1 },
	]),
	async execute() {
		return [this.getInputData().slice(0, this.getNodeParameter('maxItems', 0) as number)];
	},
};
