import type { INodeExecutionData } from 'n8n-workflow';
import { runNode } from '../../test/harness/run-node';
import { ACTION, accountingKeys } from '../../test/support/vipps';
import type { Job, Run } from '../lib/job';

/** This package's action node: an input item for each ledger. */
export async function getAll(job: Job): Promise<Run> {
	const credentials = await accountingKeys(job.simulator as never);
	let items: INodeExecutionData[] = [];
	return {
		async go() {
			const result = await runNode({
				type: ACTION,
				credentials,
				parameters: {
					resource: 'ledgerEntry',
					operation: 'getAll',
					ledgerId: '={{ $json.ledgerId }}',
					topic: 'funds',
					fromDate: job.fromDate,
					toDate: job.toDate,
					returnAll: true,
				},
				items: job.ledgerIds.map((ledgerId) => ({ json: { ledgerId } })),
			});
			if (result.error) throw new Error(result.error.message);
			[items] = result.items;
		},
		each(add) {
			for (const { json } of items) add(String(json.ledgerId), json.pspReference);
		},
	};
}
