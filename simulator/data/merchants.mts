import { keys } from '../keys.mts';
import type { DataSettings } from '../options.mts';
import { addDays, startOfDate } from '../world/dates.mts';
import type { Ledger, LedgerInput } from '../world/ledger.mts';
import type { MarketName } from '../world/markets.mts';
import { capture, cashSale, refund, type Movement } from '../world/movements.mts';
import type { Article } from '../world/sale.mts';
import { closeDate } from '../world/settlement.mts';
import type { World } from '../world/world.mts';

const hourMs = 3_600_000;
const goods = ['Coffee', 'Bread', 'Bicycle bell', 'Wool hat', 'Notebook', 'Candle', 'Lamp'];
const towns = ['Oslo', 'Bergen', 'Aarhus', 'Helsinki', 'Trondheim', 'Odense', 'Tampere'];
const marketOrder: MarketName[] = ['NO', 'DK', 'NO', 'FI'];
const solutions = ['api', 'vmNumber', 'mpos'] as const;

export const defaultUntil = '2026-09-30';

/** The moment after which all of a data set's dates are over in every market. */
export function notBeforeUntil({ until = defaultUntil }: DataSettings): number {
	return startOfDate('UTC', addDays(until, 1), 6);
}

/** Generated ledgers of all three markets, with settled days of sales, refunds, fees and payouts. */
export function addMerchants(world: World, settings: DataSettings): void {
	const { ledgers = 6, days = 14, salesPerDay = 10, until = defaultUntil } = settings;
	const firstDate = addDays(until, 1 - days);
	for (let index = 0; index < ledgers; index++) {
		const ledger = world.addLedger(ledgerInput(index, firstDate));
		for (let date = firstDate; date <= until; date = addDays(date, 1)) {
			addDay(world, ledger, date, salesPerDay);
			closeDate(ledger, date, world.random);
		}
	}
}

function ledgerInput(index: number, openDate: string): LedgerInput {
	const market = marketOrder[index % marketOrder.length]!;
	const solution = solutions[index % solutions.length]!;
	const number = 100_001 + index;
	// The first ledger belongs to the sales unit keys.
	const msn = index === 0 ? keys.merchant.merchantSerialNumber : String(number + 100_000);
	return {
		ledgerId: String(300_001 + index),
		name: `Shop ${index + 1} ${towns[index % towns.length]}`,
		market,
		solution,
		settlement: index % 5 === 4 ? 'gross' : 'net',
		settlesForRecipientHandles: [solution === 'api' ? `api:${msn}` : `${market}:${number}`],
		openDate,
	};
}

function addDay(world: World, ledger: Ledger, date: string, sales: number): void {
	const { random } = world;
	const opening = startOfDate(ledger.market.timeZone, date, 8);
	let last: Movement | null = null;
	for (let index = 0; index < sales; index++) {
		const at = opening + Math.floor(((index + random.next()) / sales) * 14 * hourMs);
		if (last && random.chance(0.04)) {
			// Counts as one of the day's sales.
			refund(world, ledger, { ...last, at });
			last = null;
			continue;
		}
		const sale = invent(world, ledger, at);
		if (ledger.terms.solution === 'mpos' && random.chance(0.1)) {
			cashSale(world, ledger, sale);
			continue;
		}
		capture(world, ledger, { ...sale, lateFee: index === sales - 1 && random.chance(0.3) });
		last = sale;
	}
}

/** A sale at that moment, with articles where the ledger's tills know them. */
export function invent({ random }: World, ledger: Ledger, at: number): Movement {
	const reference = `${ledger.id}-${random.letters(10)}`;
	const hasBasket = ledger.terms.solution === 'mpos' || random.chance(0.5);
	if (ledger.terms.solution === 'api' || !hasBasket) {
		return { at, reference, amount: random.int(10, 900) * 100 };
	}
	const articles: Article[] = [];
	for (let count = random.int(1, 3); count > 0; count--) {
		articles.push({
			name: random.pick(goods),
			quantity: random.int(1, 4),
			unitPriceGross: random.int(20, 400) * 100,
			discountTotal: random.chance(0.2) ? random.int(1, 10) * 100 : 0,
			vatRate: random.pick(ledger.market.vatRates),
		});
	}
	return { at, reference, articles };
}
