import { keys } from '../keys.mts';
import type { DataSettings } from '../options.mts';
import { adjust, type Adjustment } from '../world/adjustments.mts';
import { addDays, startOfDate } from '../world/dates.mts';
import type { Ledger, LedgerTerms } from '../world/ledger.mts';
import { capture, cashSale, refund, type Movement } from '../world/movements.mts';
import { closeDate } from '../world/settlement.mts';
import type { World } from '../world/world.mts';
import { defaultUntil, invent } from './merchants.mts';

const hourMs = 3_600_000;

/** The terms on which merchants are settled; ledgers have them in turn. */
const terms: Partial<LedgerTerms>[] = [
	{ market: 'NO', solution: 'api' },
	{ market: 'NO', solution: 'mpos' },
	{ market: 'DK', solution: 'vmNumber' },
	{ market: 'NO', solution: 'vmNumber', settlement: 'gross', frequency: 'weekly' },
	{ market: 'FI', solution: 'mpos', reserve: 50_000 },
	{ market: 'NO', solution: 'vmNumber', frequency: 'monthly' },
	{ market: 'NO', solution: 'api', frequency: 'weekly', cutoffHour: 4 },
	{ market: 'DK', solution: 'mpos', settlement: 'gross' },
	{ market: 'FI', solution: 'api' },
];

type Event = (world: World, ledger: Ledger, at: number) => void;

const entry =
	(adjustment: Adjustment): Event =>
	(world, ledger, at) => {
		adjust(world, ledger, { ...adjustment, at });
	};

/** An entry about another one, which must be there and is taken once. */
const about =
	(entryType: string, subject: string): Event =>
	(world, ledger, at) => {
		const referencesOf = (type: string) =>
			ledger.funds.all
				.filter((one) => one['entryType'] === type)
				.map((one) => String(one['pspReference']));
		const taken = referencesOf(entryType);
		const pspReference = referencesOf(subject).findLast((one) => !taken.includes(one));
		if (pspReference !== undefined) adjust(world, ledger, { entryType, pspReference, at });
	};

/** More is given back than there is, so that the balance becomes negative. */
const largeRefund: Event = (world, ledger, at) => {
	const amount = Math.max(ledger.funds.balance, 0) + 100 * world.random.int(500, 3000);
	refund(world, ledger, { at, amount, reference: `${ledger.id}-${world.random.letters(10)}` });
};

/** What happens besides sales: one of them a day, in turn. */
const events: Event[] = [
	about('retained-disputed-capture', 'capture'),
	entry({ entryType: 'correction', amount: -1250 }),
	entry({ entryType: 'correction', topic: 'fees', amount: 75 }),
	about('payout-aborted', 'payout-scheduled'),
	entry({ entryType: 'service-fee', amount: -9900 }),
	about('returned-disputed-capture', 'retained-disputed-capture'),
	entry({ entryType: 'credit-note', amount: 3300 }),
	largeRefund,
	entry({ entryType: 'credit-note', topic: 'fees', amount: 410 }),
	entry({ entryType: 'top-up', amount: 20_000 }),
	entry({ entryType: 'loyalty-adjustment', amount: -150 }),
	entry({ entryType: 'terminal-rent', topic: 'fees', amount: -4900 }),
];

/**
 * Generated ledgers on all terms, whose dates have everything that a settlement has to cope
 * with: late fees and several a capture, disputes, corrections, aborted payouts, negative
 * balances, reserves, cash, types that nobody knows, and days on which nothing happens.
 */
export function addSettlement(world: World, settings: DataSettings): void {
	const { ledgers = terms.length, days = 60, salesPerDay = 8, until = defaultUntil } = settings;
	const firstDate = addDays(until, 1 - days);
	for (let index = 0; index < ledgers; index++) {
		const ledger = addLedger(world, index, firstDate);
		for (let day = 0; day < days; day++) {
			const date = addDays(firstDate, day);
			if (!world.random.chance(0.15)) addDay(world, ledger, date, salesPerDay, index + day);
			closeDate(ledger, date, world.random);
		}
	}
}

function addLedger(world: World, index: number, openDate: string): Ledger {
	const own = terms[index % terms.length]!;
	const number = 120_001 + index;
	// The first ledger belongs to the sales unit keys.
	const msn = index === 0 ? keys.merchant.merchantSerialNumber : String(number + 100_000);
	return world.addLedger({
		...own,
		ledgerId: String(600_001 + index),
		name: `Settled shop ${index + 1}`,
		settlesForRecipientHandles: [own.solution === 'api' ? `api:${msn}` : `${own.market}:${number}`],
		openDate,
	});
}

function addDay(world: World, ledger: Ledger, date: string, sales: number, turn: number): void {
	const { random } = world;
	// Where dates end after midnight, sales go on after midnight.
	const opening = startOfDate(ledger.market.timeZone, date, 8 + ledger.terms.cutoffHour);
	let last: Movement | null = null;
	for (let index = 0; index < sales; index++) {
		const at = opening + Math.floor(((index + random.next()) / sales) * 14 * hourMs);
		if (last && random.chance(0.06)) {
			const part = last.amount === undefined ? last : { ...last, amount: last.amount / 2 };
			refund(world, ledger, { ...part, at });
			last = null;
			continue;
		}
		const sale = invent(world, ledger, at);
		if (ledger.terms.solution === 'mpos' && random.chance(0.1)) {
			cashSale(world, ledger, sale);
			continue;
		}
		capture(world, ledger, {
			...sale,
			...(random.chance(0.05) && { furtherFees: [random.int(1, 99), random.int(1, 99)] }),
			lateFee: random.chance(index === sales - 1 ? 0.4 : 0.02),
		});
		last = sale;
	}
	events[turn % events.length]!(world, ledger, opening + 14.5 * hourMs);
}
