import type { INodeType } from 'n8n-workflow';
import { describeNode } from './describe';

const parameter = (name: string) => ({
	displayName: name,
	name,
	type: 'string' as const,
	default: '',
});

/** A text of each item as a file in UTF-8. */
export const convertToFileNode: INodeType = {
	description: describeNode('convertToFile', [
		parameter('operation'),
		parameter('sourceProperty'),
		{ displayName: 'Options', name: 'options', type: 'json', default: {} },
	]),
	async execute() {
		const files = this.getInputData().map(({ json }, item) => {
			if (this.getNodeParameter('operation', item) !== 'toText') throw new Error('Only text here');
			const text = json[this.getNodeParameter('sourceProperty', item) as string];
			if (typeof text !== 'string') throw new Error('There is no text to make a file of');
			const { addBOM, fileName } = this.getNodeParameter('options', item) as {
				addBOM?: boolean;
				fileName: string;
			};
			const data = Buffer.from((addBOM ? '\uFEFF' : '') + text, 'utf8').toString('base64');
			const file = { data, fileName, mimeType: 'text/plain' };
			return { json: {}, binary: { data: file }, pairedItem: { item } };
		});
		return [files];
	},
};
