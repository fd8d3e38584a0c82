import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';
import { runNode } from '../../test/harness/run-node';
import { passThroughNode, standIns } from '../../test/harness/stand-ins';
import type { Job, Run } from '../lib/job';
import { logIn } from '../lib/logIn';

const NAME = 'least';

interface Body {
	items: IDataObject[];
	cursor: string;
	tryLater: boolean;
}

/** Reads by n8n's request helper, some ledgers at a time, and gives each entry as it comes. */
const least = (baseURL: string, authorization: string, concurrency: number): INodeType => ({
	...passThroughNode(NAME),
	async execute() {
		const found: INodeExecutionData[] = [];
		const ledgers = [...this.getInputData().entries()];
		const worker = async () => {
			for (let next = ledgers.shift(); next; next = ledgers.shift()) {
				const [item, { json }] = next;
				const url = `/report/v2/ledgers/${String(json.ledgerId)}/funds/feed`;
				for (let cursor: string | undefined, more = true; more; ) {
					const qs = cursor === undefined ? {} : { cursor };
					const headers = { Authorization: authorization };
					const body = (await this.helpers.httpRequest({ baseURL, url, qs, headers })) as Body;
					for (const entry of body.items) found.push({ json: entry, pairedItem: item });
					({ cursor } = body);
					more = !body.tryLater;
				}
			}
		};
		await Promise.all(Array.from({ length: concurrency }, worker));
		return [found];
	},
});

/** The least that a node of n8n can do to read a ledger: the floor within n8n. */
export async function leastNode(job: Job): Promise<Run> {
	const type = `n8n-nodes-base.${NAME}`;
	const { simulator, concurrency = 1 } = job;
	standIns[type] = least(simulator.url, await logIn(simulator), concurrency);
	let items: INodeExecutionData[] = [];
	return {
		async go() {
			const ledgers = job.ledgerIds.map((ledgerId) => ({ json: { ledgerId } }));
			const result = await runNode({ type, items: ledgers });
			if (result.error) throw new Error(result.error.message);
			[items] = result.items;
		},
		each(add) {
			for (const { json, pairedItem } of items) {
				add(job.ledgerIds[pairedItem as number], json.pspReference);
			}
		},
	};
}
