import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator.mts';
import { adjust, type Adjustment } from '../world/adjustments.mts';
import { ledgerOf, orRefuse, readBody, refuse } from './body.mts';

type AdjustmentBody = Omit<Adjustment, 'at'> & { ledgerId: string };

const fields = ['ledgerId', 'entryType', 'topic', 'amount', 'reference', 'pspReference'] as const;

/** What has a fixed course of its own, and is told by other requests or by the clock. */
const elsewhere = ['capture', 'refund', 'fees-retained', 'fees-invoiced', 'payout-scheduled'];

/** Disputes, corrections, payments in and all other entries that come now and then. */
export function adjustmentControl(app: FastifyInstance, simulator: Simulator): void {
	app.post('/simulator/movement', (request) => {
		const { ledgerId, ...adjustment } = readBody<AdjustmentBody>(request, fields, [
			'ledgerId',
			'entryType',
		]);
		const { entryType, topic = 'funds' } = adjustment;
		if (topic !== 'funds' && topic !== 'fees') throw refuse('topic is funds or fees');
		if (elsewhere.includes(entryType)) throw refuse(`${entryType} is no such movement`);
		const ledger = ledgerOf(simulator, ledgerId);
		// Reading the time first settles the dates that are over.
		const at = simulator.world.now();
		return orRefuse(() => adjust(simulator.world, ledger, { ...adjustment, at }));
	});
}
