import type { INode, INodeExecutionData } from 'n8n-workflow';
import { runNode } from '../../test/harness/run-node';
import { ACTION, accountingKeys } from '../../test/support/vipps';
import type { Job, Run } from '../lib/job';

/** The action node, for the ledger of each input item. */
export const getMany = ({ fromDate, toDate, concurrency }: Job): INode => ({
	id: 'getMany',
	name: 'Get Many',
	type: ACTION,
	typeVersion: 1,
	position: [0, 0],
	parameters: {
		resource: 'ledgerEntry',
		operation: 'getAll',
		ledgerId: '={{ $json.ledgerId }}',
		topic: 'funds',
		fromDate,
		toDate,
		returnAll: true,
		options: concurrency === undefined ? {} : { maxConcurrency: concurrency },
	},
});

/** This package's action node: an input item for each ledger. */
export async function getAll(job: Job): Promise<Run> {
	const credentials = await accountingKeys(job.simulator as never);
	let items: INodeExecutionData[] = [];
	return {
		async go() {
			const { type, parameters } = getMany(job);
			const ledgers = job.ledgerIds.map((ledgerId) => ({ json: { ledgerId } }));
			const result = await runNode({ type, credentials, parameters, items: ledgers });
			if (result.error) throw new Error(result.error.message);
			[items] = result.items;
		},
		each(add) {
			for (const { json } of items) add(String(json.ledgerId), json.pspReference);
		},
	};
}
