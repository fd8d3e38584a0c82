import { keys } from '../keys.mts';
import type { Topic } from '../world/entry.mts';
import type { World } from '../world/world.mts';

const ledgerDate = '2022-10-01';
const handle = 'NO:57860';

type Row = [pspReference: string, time: string, type: string, reference: string, amount: number];

const midnight = '2022-10-02T00:00:00.000000+0200';

const rows: Record<Topic, Row[]> = {
	funds: [
		['3343121302', '2022-10-01T16:33:00.824993+0200', 'capture', 'purchase-12', 10000],
		['3334234112', '2022-10-01T18:37:55.982497+0200', 'capture', 'purchase-12', 10000],
		['3259823497', '2022-10-01T19:12:54.932428+0200', 'capture', 'purchase-14', 20000],
		['1154320987', '2022-10-01T23:47:59.984224+0200', 'refund', 'purchase-12', -10000],
		['01H7W7Q6Y5R-3G58CTAZX0MHKV2', midnight, 'fees-retained', '', -1200],
		['12345-2000023', midnight, 'payout-scheduled', 'Vipps utbet. 2000023 Vippsnr 57860', -28800],
	],
	fees: [
		['3343121302', '2022-10-01T16:33:00.824993+0200', 'capture-fee', 'purchase-12', -400],
		['3334234112', '2022-10-01T18:37:55.982497+0200', 'capture-fee', 'purchase-12', -400],
		['3259823497', '2022-10-01T19:12:54.932428+0200', 'capture-fee', 'purchase-14', -400],
		['12345-2000321', midnight, 'fees-retained', '', 1200],
	],
};

/** The day that the documentation works through: ledger 12345, 2022-10-01, settled to zero. */
export function addWorkedExample(world: World): void {
	const ledger = world.addLedger({
		ledgerId: '12345',
		market: 'NO',
		name: 'Worked Example',
		settlesForRecipientHandles: [handle],
		payoutNumber: 2000024,
		openDate: '2022-10-02',
		// A real VM number has no sales unit keys. Here they reach it all the same, so that both
		// credential types can show the main job.
		alsoReachedBy: keys.merchant.merchantSerialNumber,
	});
	for (const topic of ['funds', 'fees'] as const) {
		for (const [pspReference, time, entryType, reference, amount] of rows[topic]) {
			const isSettlement = time === midnight;
			const book = ledger.book(topic);
			book.append(
				{
					pspReference,
					time,
					ledgerDate,
					entryType,
					reference,
					currency: 'NOK',
					amount,
					recipientHandle: isSettlement ? null : handle,
					balanceBefore: book.balance,
					balanceAfter: book.balance + amount,
				},
				ledgerDate,
			);
		}
	}
}
