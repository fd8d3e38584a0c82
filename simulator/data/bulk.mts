import type { DataSettings } from '../options.mts';
import { addDays, microTime, startOfDate } from '../world/dates.mts';
import { record } from '../world/record.mts';
import type { World } from '../world/world.mts';
import { defaultUntil } from './merchants.mts';

/** Load-test ledgers with exactly so many entries on one topic, spread over the days, never settled. */
export function addBulk(world: World, settings: DataSettings): void {
	const { ledgers = 1, entriesPerLedger = 1000, topic = 'funds', days = 30 } = settings;
	const { firstLedgerEntries = entriesPerLedger } = settings;
	const until = settings.until ?? defaultUntil;
	for (let index = 0; index < ledgers; index++) {
		const ledger = world.addLedger({
			ledgerId: String(400_001 + index),
			frequency: 'never',
			settlesForRecipientHandles: [`NO:${500_001 + index}`],
			openDate: addDays(until, 1),
		});
		let left = index === 0 ? firstLedgerEntries : entriesPerLedger;
		const perDay = Math.ceil(left / days);
		for (let date = addDays(until, 1 - days); left > 0; date = addDays(date, 1)) {
			const start = startOfDate(ledger.market.timeZone, date, 6);
			for (let count = 0; count < perDay && left > 0; count++, left--) {
				const pspReference = world.nextPspReference();
				record(ledger, topic, {
					pspReference,
					time: microTime(start + count * 10, world.nextMicros()),
					ledgerDate: date,
					entryType: topic === 'funds' ? 'capture' : 'capture-fee',
					reference: `bulk-${pspReference}`,
					amount: topic === 'funds' ? 100 * world.random.int(1, 500) : -world.random.int(1, 500),
					recipientHandle: ledger.handle,
				});
			}
		}
	}
}
