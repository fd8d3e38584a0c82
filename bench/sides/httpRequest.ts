import type { INode, INodeExecutionData } from 'n8n-workflow';
import { runWorkflow } from '../../test/harness/run-workflow';
import { manualTriggerType } from '../../test/harness/stand-ins';
import type { Job, Run } from '../lib/job';
import { logIn } from '../lib/logIn';
import { useN8nNodes } from '../lib/n8nNodes';

const NODE = { typeVersion: 1, position: [0, 0] as [number, number] };

/**
 * What people do today: n8n's HTTP Request node with its built-in pagination. The token is a fixed
 * header, which costs it nothing.
 */
export const request = (url: string, authorization: string): INode => ({
	...NODE,
	id: 'request',
	name: 'Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		url: `=${url}/report/v2/ledgers/{{ $json.ledgerId }}/funds/feed`,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Authorization', value: authorization }] },
		options: {
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: {
						parameters: [{ type: 'qs', name: 'cursor', value: '={{ $response.body?.cursor }}' }],
					},
					paginationCompleteWhen: 'other',
					completeExpression: '={{ $response.body.tryLater }}',
				},
			},
		},
	},
});

export const splitOut: INode = {
	...NODE,
	id: 'split',
	name: 'Split',
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: 'items', options: {} },
};

export const start: INode = {
	...NODE,
	id: 'start',
	name: 'Start',
	type: manualTriggerType,
	parameters: {},
};

export const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });

/** @param splits whether a Split Out node makes an item of each entry, as ours gives them */
const side =
	(splits: boolean) =>
	async ({ simulator, ledgerIds, entries }: Job): Promise<Run> => {
		useN8nNodes();
		const node = request(simulator.url, await logIn(simulator));
		let items: INodeExecutionData[] = [];
		return {
			async go() {
				const result = await runWorkflow(
					{
						nodes: [start, node, ...(splits ? [splitOut] : [])],
						connections: { Start: to('Request'), ...(splits && { Request: to('Split') }) },
					},
					{ startNode: 'Start', startItems: ledgerIds.map((ledgerId) => ({ json: { ledgerId } })) },
				);
				if (result.error) throw new Error(result.error.message);
				items = result.itemsOf(splits ? 'Split' : 'Request');
			},
			each(add) {
				// Neither node says which ledger an item is of; they come in the order of the input.
				const perLedger = entries / ledgerIds.length;
				const all = splits
					? items.map(({ json }) => json)
					: items.flatMap(({ json }) => json.items as Array<Record<string, unknown>>);
				all.forEach(({ pspReference }, index) => {
					add(ledgerIds[Math.floor(index / perLedger)], pspReference);
				});
			},
		};
	};

export const httpRequest = side(false);
export const httpRequestSplit = side(true);
