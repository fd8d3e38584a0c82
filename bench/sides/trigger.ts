import type { INodeExecutionData } from 'n8n-workflow';
import { trigger as activeTrigger } from '../../test/support/vipps';
import type { Job, Run } from '../lib/job';

/** @param maxEntriesPerPoll as the user sets it */
const side =
	(maxEntriesPerPoll: number) =>
	async ({ simulator, ledgerIds, entries }: Job): Promise<Run> => {
		const poller = await activeTrigger(
			simulator as never,
			{
				triggerOn: ['fundsEntry'],
				ledgers: 'selected',
				ledgerIds,
				options: { maxEntriesPerPoll },
			},
			{ keepsDelivered: false },
		);
		const polls: INodeExecutionData[][] = [];
		return {
			async go() {
				let given = 0;
				for (let items = await poller.activate(); given < entries; items = await poller.poll()) {
					if (!items) throw new Error(`The trigger stopped after ${given} entries`);
					polls.push(items[0]);
					given += items[0].length;
					if (given >= entries) break;
				}
			},
			each(add) {
				for (const { json } of polls.flat()) add(String(json.ledgerId), json.pspReference);
			},
		};
	};

/** This package's trigger, poll after poll without the minutes between them. */
export const trigger = side(10_000);
export const triggerAtOnce = side(1_000_000_000);
