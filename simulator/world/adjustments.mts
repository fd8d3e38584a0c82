import { microTime } from './dates.mts';
import type { RawEntry, Topic } from './entry.mts';
import type { Ledger } from './ledger.mts';
import { record } from './record.mts';
import type { World } from './world.mts';

/** An entry that is neither a sale nor the settlement of a date. */
export interface Adjustment {
	entryType: string;
	/** `fees` for a service fee, `funds` for all else, when left out. */
	topic?: Topic;
	/** Minor units, signed as in the ledger; that of the entry it is about when left out. */
	amount?: number;
	/** For what is about another entry, that entry's; its last one when left out. */
	pspReference?: string;
	reference?: string;
	/** Milliseconds; the clock's time when left out. */
	at?: number;
}

interface Kind {
	sign?: 1 | -1;
	/** The type of the entry that it is about: that has its references. */
	about?: string;
}

const kinds: Record<Topic, Record<string, Kind>> = {
	funds: {
		'retained-disputed-capture': { sign: -1, about: 'capture' },
		'returned-disputed-capture': { sign: 1, about: 'retained-disputed-capture' },
		// Assumption: the references of the payout. Nothing is documented about them.
		'payout-aborted': { sign: 1, about: 'payout-scheduled' },
		'top-up': { sign: 1 },
	},
	fees: { 'service-fee': { sign: -1 } },
};

/**
 * Records an entry of any type but capture, refund and settlement; unknown types, too.
 * @throws Error when there is nothing that it can be about, or the amount cannot be
 */
export function adjust(world: World, ledger: Ledger, adjustment: Adjustment): RawEntry {
	const { entryType, topic = entryType === 'service-fee' ? 'fees' : 'funds' } = adjustment;
	const { sign, about } = kinds[topic][entryType] ?? {};
	const subject = about === undefined ? {} : subjectOf(ledger, about, adjustment.pspReference);
	const { amount = (sign ?? 1) * Math.abs(Number(subject['amount'] ?? 0)) } = adjustment;
	if (!Number.isSafeInteger(amount) || amount === 0 || (sign ?? amount) * amount < 0) {
		const which = sign === undefined ? 'not 0' : sign > 0 ? '> 0' : '< 0';
		throw new Error(`amount of ${entryType} is a whole number of minor units ${which}`);
	}
	const at = adjustment.at ?? world.now();
	const { pspReference = subject['pspReference'] ?? world.nextPspReference() } = adjustment;
	return record(ledger, topic, {
		pspReference: String(pspReference),
		time: microTime(at, world.nextMicros()),
		ledgerDate: ledger.recordingDate(at),
		entryType,
		reference: adjustment.reference ?? String(subject['reference'] ?? ''),
		amount,
		recipientHandle: null,
	});
}

/** The last entry of that type on funds, or the one with that reference. */
function subjectOf(ledger: Ledger, type: string, pspReference?: string): RawEntry {
	const found = ledger.funds.all.findLast(
		(entry) =>
			entry['entryType'] === type &&
			(pspReference ?? entry['pspReference']) === entry['pspReference'],
	);
	if (!found) throw new Error(`There is no ${[type, pspReference].filter(Boolean).join(' ')}`);
	return found;
}
