import type { INode } from 'n8n-workflow';

/** The node that an error is about, where it does not matter which one. */
export const NODE: INode = {
	id: '1',
	name: 'Vipps MobilePay',
	type: 'n8n-nodes-vippsmobilepay.vippsMobilePay',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
