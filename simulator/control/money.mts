import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator.mts';
import { capture, cashSale, refund, type Movement } from '../world/movements.mts';
import { totalOf } from '../world/sale.mts';
import { ledgerOf, readBody, refuse } from './body.mts';

type MovementBody = Omit<Movement, 'at'> & { ledgerId: string };

const fields = [
	'ledgerId',
	'amount',
	'reference',
	'pspReference',
	'fee',
	'furtherFees',
	'lateFee',
	'paymentType',
	'solution',
	'articles',
	'salesCategory',
	'personal',
] as const;

/** Money that moves now: captures, refunds, sales at a till. */
export function moneyControl(app: FastifyInstance, simulator: Simulator): void {
	const route = (path: string, choose: (movement: Movement) => typeof capture): void => {
		app.post(path, (request) => {
			const { ledgerId, ...movement } = readBody<MovementBody>(request, fields, ['ledgerId']);
			checkAmount(movement);
			const ledger = ledgerOf(simulator, ledgerId);
			// Reading the time first settles the dates that are over.
			const at = simulator.world.now();
			return choose(movement)(simulator.world, ledger, { ...movement, at });
		});
	};

	route('/simulator/capture', () => capture);
	route('/simulator/refund', () => refund);
	route('/simulator/sale', ({ paymentType }) => (paymentType === 'CASH' ? cashSale : capture));
}

function checkAmount({ amount, articles, fee = 0, furtherFees = [] }: Movement): void {
	const total = amount ?? totalOf(articles ?? []);
	if (!Number.isSafeInteger(total) || total <= 0) {
		throw refuse('amount (or what the articles cost) is a whole number of minor units > 0');
	}
	if (amount !== undefined && articles && totalOf(articles) !== amount) {
		throw refuse('amount is not what the articles cost');
	}
	if (!Number.isSafeInteger(fee) || fee < 0) throw refuse('fee is a whole number of minor units');
	if (!furtherFees.every((further) => Number.isSafeInteger(further) && further > 0)) {
		throw refuse('furtherFees are whole numbers of minor units > 0');
	}
}
