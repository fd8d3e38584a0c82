import fc from 'fast-check';
import type { Entry, FeedPage } from '../../../nodes/shared/ledger/feed';
import { markEntries } from '../../../nodes/shared/ledger/readDates';
import type { StreamState } from '../../../nodes/shared/trigger/state';
import { takePage, type StreamId } from '../../../nodes/shared/trigger/takePage';
import { entriesOf, frozen, roundTrip, timeAt } from './world';

const FUNDS: StreamId = {
	ledgerId: '302321',
	topic: 'funds',
	dateOf: ({ ledgerDate }) => ledgerDate as string | undefined,
};

const at = (second: number, more: Entry = {}): Entry => ({
	time: timeAt(second),
	ledgerDate: timeAt(second).slice(0, 10),
	amount: second,
	...more,
});

const page = (entries: Entry[], cursor?: string, atEnd = false): FeedPage => ({
	entries,
	cursor,
	atEnd,
});

const amountsOf = (items: Entry[]): unknown[] => items.map(({ amount }) => amount);

/** Takes a page of its own with a state that came out of n8n's database and must not be written to. */
const take = (from: FeedPage, state: StreamState = {}, room = 100, stream = FUNDS) =>
	takePage(stream, roundTrip(from), frozen(roundTrip(state)), room);

describe('an item of the trigger', () => {
	it('is the entry as the API gives it, with topic, ledger and key', () => {
		const entry = at(1, { entryType: 'a-type-of-next-year', nested: { a: [1] }, note: null });
		const { items } = take(page([entry], 'c1', true));
		expect(items).toEqual([
			{ ...entry, topic: 'funds', ledgerId: '302321', dedupeKey: expect.any(String) as string },
		]);
	});
});

describe('taking a page', () => {
	it('moves the cursor when the page is used up', () => {
		const { more, state } = take(page([at(1), at(2)], 'c1'));
		expect([state.cursor, more]).toEqual(['c1', true]);
	});

	it('keeps the cursor as long as something of the page is left', () => {
		const three = page([at(1), at(2), at(3)], 'c2');
		const first = take(three, { cursor: 'c1' }, 2);
		expect([amountsOf(first.items), first.state.cursor, first.more]).toEqual([[1, 2], 'c1', true]);
		const second = take(three, first.state, 2);
		expect([amountsOf(second.items), second.state.cursor]).toEqual([[3], 'c2']);
	});

	it('moves over an empty page in the middle of the feed', () => {
		const { items, more, state } = take(page([], 'c2'), { cursor: 'c1' });
		expect([items, state.cursor, more]).toEqual([[], 'c2', true]);
	});

	it('stays where it is when the end gives the same cursor again', () => {
		const state = { cursor: 'c1' };
		expect(take(page([], 'c1', true), state)).toEqual({ items: [], state, more: false });
	});

	it('keeps its cursor when the end gives none', () => {
		const { state, more } = take(page([at(1)], undefined, true), { cursor: 'c1' });
		expect([state.cursor, more]).toEqual(['c1', false]);
		expect(take(page([], undefined, true), { cursor: 'c1' }).state.cursor).toBe('c1');
	});

	it('gives only what was added when a page that was not full comes again', () => {
		const first = take(page([at(1), at(2)], 'c1', true), { cursor: 'c1' });
		const second = take(page([at(1), at(2), at(3)], 'c1', true), first.state);
		const third = take(page([at(1), at(2), at(3), at(4)], 'c2'), second.state);
		expect([first, second, third].map(({ items }) => amountsOf(items))).toEqual([[1, 2], [3], [4]]);
		expect(third.state.cursor).toBe('c2');
	});

	it('takes nothing when there is no room, and loses nothing by it', () => {
		const full = page([at(1)], 'c2', true);
		const { items, more, state } = take(full, { cursor: 'c1' }, 0);
		expect([items, state, more]).toEqual([[], { cursor: 'c1' }, true]);
	});

	it('does not go round in circles with a page that brings nothing and does not move', () => {
		expect(take(page([], 'c1', false), { cursor: 'c1' }).more).toBe(false);
		const taken = take(page([at(1)], 'c1', false), { cursor: 'c1' });
		expect(take(page([at(1)], 'c1', false), taken.state)).toMatchObject({ items: [], more: false });
	});

	it('hands a page out again with the same keys when it is not what it was', () => {
		const first = take(page([at(1), at(2), at(3)], 'c2'), { cursor: 'c1' }, 2);
		const other = take(page([at(0), at(1), at(2), at(3)], 'c2'), first.state);
		expect(amountsOf(other.items)).toEqual([0, 1, 2, 3]);
		const keys = first.items.map(({ dedupeKey }) => dedupeKey);
		expect(other.items.slice(1, 3).map(({ dedupeKey }) => dedupeKey)).toEqual(keys);
		const shorter = take(page([at(1)], 'c2'), first.state);
		expect(shorter.items.map(({ dedupeKey }) => dedupeKey)).toEqual(keys.slice(0, 1));
	});

	it('never leaves an entry out when a page is not what it was', () => {
		const first = take(page([at(1), at(2), at(3)], 'c2'), { cursor: 'c1' }, 2);
		const { items } = take(page([at(4), at(5)], 'c2'), first.state);
		expect(amountsOf(items)).toEqual([4, 5]);
	});
});

describe('the very first page of a report, when it is the last one, too', () => {
	const first = take(page([at(1), at(2)], 'c0', true));

	it('is not handed out again when its cursor leads to it', () => {
		const second = take(page([at(1), at(2)], 'c0', true), first.state);
		expect([second.items, second.more]).toEqual([[], false]);
		const third = take(page([at(1), at(2), at(3)], 'c0', true), second.state);
		expect(amountsOf(third.items)).toEqual([3]);
		expect(amountsOf(take(page([at(1), at(2), at(3), at(4)], 'c1'), third.state).items)).toEqual([
			4,
		]);
	});

	it('is followed by all that is new when its cursor leads behind it', () => {
		const second = take(page([], 'c0', true), first.state);
		const third = take(page([at(3), at(4)], 'c1', true), second.state);
		expect(amountsOf(third.items)).toEqual([3, 4]);
		expect(amountsOf(take(page([at(5), at(6)], 'c2', true), third.state).items)).toEqual([5, 6]);
	});

	it('brings no old entries when the trigger starts from now', () => {
		const old = take(page([at(1), at(2)], 'c0', true), { since: timeAt(100) });
		const again = take(page([at(1), at(2), at(101)], 'c0', true), old.state);
		expect([old.items, amountsOf(again.items)]).toEqual([[], [101]]);
	});
});

describe('starting from now', () => {
	const since = timeAt(100);

	it('leaves out what was there before and includes the very moment of activation', () => {
		const { items } = take(page([at(98), at(99), at(100), at(101)], 'c1'), { since });
		expect(amountsOf(items)).toEqual([100, 101]);
	});

	it('compares to the millisecond and in whatever offset the time is written', () => {
		const spelt = (time: string, amount: number) => ({ time, amount });
		const { items } = take(
			page(
				[
					spelt('2026-07-01T02:01:39.999999+0200', 1),
					spelt('2026-07-01T02:01:40.000000+0200', 2),
					spelt('2026-07-01T00:01:40.000001Z', 3),
				],
				'c1',
			),
			{ since },
		);
		expect(amountsOf(items)).toEqual([2, 3]);
	});

	it('includes an entry that comes after a new one but names an earlier time', () => {
		const { items } = take(page([at(99), at(101), at(50)], 'c1'), { since });
		expect(amountsOf(items)).toEqual([101, 50]);
	});

	it('includes everything once the end has been seen, also entries booked late', () => {
		const first = take(page([at(1), at(2)], 'c1', true), { since });
		expect(first.state.since).toBeUndefined();
		expect(amountsOf(take(page([at(50)], 'c2', true), first.state).items)).toEqual([50]);
	});

	it('goes on with the walk when an old page comes twice by mistake', () => {
		const first = take(page([at(1), at(2)], 'c1'), { cursor: 'c1', since });
		const again = take(page([at(1), at(2)], 'c1'), first.state);
		expect([again.state.since, again.more]).toEqual([since, false]);
		expect(take(page([at(1), at(2)], 'c2'), again.state).state.cursor).toBe('c2');
	});

	it('walks over many old pages without giving anything', () => {
		let state: StreamState = { since };
		for (let i = 0; i < 90; i++) state = take(page([at(i)], `c${i}`), state, 1).state;
		expect(state).toMatchObject({ cursor: 'c89', since });
		expect(amountsOf(take(page([at(100)], 'c90'), state, 1).items)).toEqual([100]);
	});

	it('does not forget what is new when the poll has no room for it', () => {
		const both = page([at(99), at(100), at(101)], 'c1');
		const first = take(both, { since }, 0);
		expect(first.items).toEqual([]);
		expect(amountsOf(take(both, first.state, 1).items)).toEqual([100]);
	});

	it('goes by the ledger date when an entry has no time, and then only by later days', () => {
		const dated = (ledgerDate: string, amount: number) => ({ ledgerDate, amount });
		const { items } = take(
			page([dated('2026-06-30', 1), dated('2026-07-01', 2), dated('2026-07-02', 3)], 'c1'),
			{ since },
		);
		expect(amountsOf(items)).toEqual([3]);
	});
});

describe('starting from a date', () => {
	const day = (ledgerDate: string | undefined, amount: number) => ({ ledgerDate, amount });

	it('includes that date and every later one', () => {
		const { items } = take(
			page([day('2026-06-30', 1), day('2026-07-01', 2), day('2026-07-02', 3)], 'c1'),
			{ fromDate: '2026-07-01' },
		);
		expect(amountsOf(items)).toEqual([2, 3]);
	});

	it('leaves out a late entry of an earlier date, for good', () => {
		const first = take(page([day('2026-07-01', 1)], 'c1', true), { fromDate: '2026-07-01' });
		const second = take(
			page([day('2026-06-30', 2), day('2026-07-01', 3)], 'c2', true),
			first.state,
		);
		expect(amountsOf(second.items)).toEqual([3]);
	});

	it('gives an entry whose date is unknown rather than losing it', () => {
		const { items } = take(page([day(undefined, 1)], 'c1'), { fromDate: '2026-07-01' });
		expect(amountsOf(items)).toEqual([1]);
	});
});

describe('any page with any room', () => {
	const given = fc.record({
		entries: entriesOf('sales', 20),
		rooms: fc.array(fc.nat({ max: 5 }), { maxLength: 8 }),
		atEnd: fc.boolean(),
	});
	const SALES: StreamId = { ...FUNDS, topic: 'sales' };

	it('never gives more than there is room for, and moves only past what it has given', () => {
		fc.assert(
			fc.property(given, ({ atEnd, entries, rooms }) => {
				let state: StreamState = { cursor: 'c1' };
				const received: Entry[] = [];
				const whole = page(entries, 'c2', atEnd);
				for (const room of rooms) {
					const taken = take(whole, state, room, SALES);
					expect(taken.items.length).toBeLessThanOrEqual(room);
					received.push(...taken.items);
					({ state } = taken);
					if (state.cursor === 'c2') break;
					expect(taken.more).toBe(true);
				}
				const expected = markEntries('sales', SALES.ledgerId, [{ entries }]);
				expect(received).toEqual(expected.slice(0, received.length));
				expect(state.cursor === 'c2').toBe(received.length === entries.length && rooms.length > 0);
			}),
			{ numRuns: 500 },
		);
	});

	it('gives the same keys with and without personal data between two polls', () => {
		fc.assert(
			fc.property(entriesOf('funds', 12), fc.nat({ max: 12 }), (entries, room) => {
				const personal = entries.map((entry) => ({ ...entry, name: 'Ola N.', message: 'Hei' }));
				const first = take(page(entries, 'c2'), { cursor: 'c1' }, room);
				const rest =
					first.state.cursor === 'c2' ? [] : take(page(personal, 'c2'), first.state).items;
				const keys = [...first.items, ...rest].map(({ dedupeKey }) => dedupeKey);
				const expected = markEntries('funds', FUNDS.ledgerId, [{ entries }]);
				expect(keys).toEqual(expected.map(({ dedupeKey }) => dedupeKey));
			}),
		);
	});
});
