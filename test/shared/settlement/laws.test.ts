import fc from 'fast-check';
import { startSimulator, type Simulator } from '../../harness';
import { truthOf } from '../../support/simulated';
import { addDays, listDates } from '../../../nodes/shared/ledger/dates';
import { currencyOf, toMoneyEntry } from '../../../nodes/shared/settlement/entry';
import { anyCutHistory, anyHistory, type History } from './history';
import {
	expectBreaks,
	expectPayoutNumbers,
	expectReconciled,
	expectSummaries,
	expectVouchers,
} from './laws';

describe('on any ledger', () => {
	const always = <T>(arbitrary: fc.Arbitrary<T>, law: (value: T) => void) =>
		fc.assert(fc.property(arbitrary, law), { numRuns: 100 });

	it('balances before, groups and balances after add up, date by date and together', () => {
		always(anyHistory, ({ book }) => expectSummaries(book));
	});

	it('a missing entry is found wherever it is missing', () => {
		always(anyHistory, ({ book }) => expectBreaks(book));
	});

	it('every movement, fee and sale is reconciled once, however the period is cut', () => {
		always(anyCutHistory, ({ history, cuts }) => expectReconciled(history, cuts));
	});

	it('every movement knows the payout that pays it out, however the period is cut', () => {
		always(anyCutHistory, ({ history, cuts }) => expectPayoutNumbers(history, cuts));
	});

	it('vouchers are balanced, complete, and the same however the period is cut', () => {
		always(anyCutHistory, ({ history, cuts }) => expectVouchers(history, cuts));
	});
});

describe('on the ledgers of the simulator, of every market and on all terms', () => {
	const until = '2026-09-30';
	const days = 33;
	const dates = listDates(addDays(until, 1 - days), until);
	const cuts = ['2026-08-29', '2026-09-01', '2026-09-02', '2026-09-14'];
	let simulator: Simulator;

	beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

	async function historiesOf(seed: number): Promise<History[]> {
		const options = { days, until };
		await simulator.reset({ data: 'settlement', seed, options, now: `${until}T12:00:00Z` });
		const { ledgers, entries, sales } = await truthOf(simulator);
		return ledgers.map(({ ledgerId }) => {
			const rows = (topic: 'funds' | 'fees') =>
				entries
					.filter((entry) => entry.ledgerId === ledgerId && entry.topic === topic)
					.filter(({ ledgerDate }) => String(ledgerDate) <= until)
					.map((entry) => toMoneyEntry(entry, topic, String(entry.ledgerDate)));
			const [funds, fees] = [rows('funds'), rows('fees')];
			const currency = currencyOf([...funds, ...fees]);
			return {
				book: { ledgerId: String(ledgerId), currency, dates, funds, fees },
				// A sale of the small hours is looked for among those of its own date only.
				sales: sales
					.filter((sale) => sale.ledgerId === ledgerId)
					.map((sale) => ({ date: String(sale.time).slice(0, 10), sale })),
			};
		});
	}

	it.each([1, 2])('all of it holds (seed %d)', async (seed) => {
		const histories = await historiesOf(seed);
		expect(histories).toHaveLength(9);
		for (const history of histories) {
			expect(history.book.funds.length).toBeGreaterThan(100);
			expectSummaries(history.book);
			expectBreaks(history.book);
			expectReconciled(history, cuts);
			expectPayoutNumbers(history, cuts);
			expectVouchers(history, cuts);
		}
	});
});
