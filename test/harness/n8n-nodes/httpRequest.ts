import type { IDataObject, IHttpRequestMethods, INodeType } from 'n8n-workflow';
import { describeNode } from './describe';

/** Sends a body of JSON for each item, one after the other, without a credential. */
export const httpRequestNode: INodeType = {
	description: describeNode(
		'httpRequest',
		['method', 'url', 'specifyBody', 'jsonBody'].map((name) => ({
			displayName: name,
			name,
			type: 'string',
			default: '',
		})),
	),
	async execute() {
		const output = [];
		for (const item of this.getInputData().keys()) {
			const answer = (await this.helpers.httpRequest({
				method: this.getNodeParameter('method', item) as IHttpRequestMethods,
				url: this.getNodeParameter('url', item) as string,
				body: JSON.parse(this.getNodeParameter('jsonBody', item) as string) as IDataObject,
				json: true,
			})) as IDataObject | '';
			output.push({ json: answer || {}, pairedItem: { item } });
		}
		return [output];
	},
};
