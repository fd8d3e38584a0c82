import type { INodeExecutionData } from 'n8n-workflow';
import { trigger as activeTrigger } from '../../test/support/vipps';
import type { Job, Run } from '../lib/job';

/**
 * @param maxEntriesPerPoll as the user sets it
 * @param forgets whether a poll's items are let go before the next, as n8n does
 */
const side =
	(maxEntriesPerPoll: number, forgets = false) =>
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
		let polls: INodeExecutionData[][] = [];
		return {
			async go() {
				let given = 0;
				for (let items = await poller.activate(); given < entries; items = await poller.poll()) {
					if (!items) throw new Error(`The trigger stopped after ${given} entries`);
					polls = forgets ? [] : [...polls, items[0]];
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
export const trigger = side(10_000, true);
export const triggerAtOnce = side(1_000_000_000);
