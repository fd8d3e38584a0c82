import fc from 'fast-check';
import { startSimulator, type Simulator } from '../../harness';
import { anyCutHistory, anyHistory } from './history';
import {
	expectBreaks,
	expectPayoutNumbers,
	expectReconciled,
	expectSummaries,
	expectVouchers,
} from './laws';
import { settledWorld } from './worlds';

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
	const cuts = ['2026-09-01', '2026-09-02', '2026-09-14'];
	let simulator: Simulator;

	beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

	it.each([1, 2])('all of it holds (seed %d)', async (seed) => {
		const histories = await settledWorld(simulator, { seed, days: 33, until: '2026-09-30' });
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
