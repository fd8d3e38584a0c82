import fc from 'fast-check';
import type { Entry, FeedPage, Topic } from '../../../nodes/shared/ledger/feed';
import { markEntries } from '../../../nodes/shared/ledger/readDates';
import type { Stream } from '../../../nodes/shared/trigger/readStreams';
import type { StreamState } from '../../../nodes/shared/trigger/state';

/** What feeds do at their end; the documentation leaves room for all of these. */
export const ENDS = [
	/** A page that is not full comes with the cursor that leads to it. */
	'sameCursor',
	/** A page that is not full is followed by a cursor of its own. */
	'moves',
	/** As above, but only the empty page behind it says that it is the last. */
	'movesThenEmpty',
	/** A page that is not full has no cursor. */
	'noCursor',
	/** Only an empty page has no cursor. */
	'noCursorWhenEmpty',
] as const;

export interface Plan {
	topic: Topic;
	ledgerId: string;
	entries: Entry[];
	pageSize: number;
	end: (typeof ENDS)[number];
	/** Positions before which the feed has an empty page. */
	gaps: number[];
}

/** A feed that grows. It keeps nothing of its readers: all that they know is the cursor. */
export class Feed {
	published = 0;

	entriesRead = 0;

	constructor(readonly plan: Plan) {}

	publish(count: number): void {
		this.published = Math.min(this.plan.entries.length, this.published + count);
	}

	page(cursor: string | undefined): FeedPage {
		const { end, entries, gaps, pageSize } = this.plan;
		const [kind, at] = (cursor ?? 'at:0').split(':');
		if (kind === 'gap') return { entries: [], cursor: `at:${at}`, atEnd: false };

		const start = Number(at);
		const stop = Math.min(start + pageSize, this.published);
		// Whoever reads a page owns it.
		const some = roundTrip(entries.slice(start, stop));
		this.entriesRead += some.length;
		const behind = gaps.includes(stop) && stop > start ? `gap:${stop}` : `at:${stop}`;
		if (stop === start + pageSize) return { entries: some, cursor: behind, atEnd: false };
		if (end === 'sameCursor') return { entries: some, cursor: this.same(cursor), atEnd: true };
		if (end === 'noCursor') return { entries: some, atEnd: true };
		if (end === 'noCursorWhenEmpty' && some.length === 0) return { entries: [], atEnd: true };
		return { entries: some, cursor: behind, atEnd: end === 'moves' || some.length === 0 };
	}

	/** A report has a cursor even for its beginning. */
	private same(cursor: string | undefined): string | undefined {
		return this.plan.topic === 'sales' ? cursor : (cursor ?? 'at:0');
	}

	/** The items of everything that is published, as they have to arrive. */
	get expected(): Entry[] {
		const { entries, ledgerId, topic } = this.plan;
		return markEntries(topic, ledgerId, [{ entries: roundTrip(entries.slice(0, this.published)) }]);
	}

	stream(initialState: StreamState = {}): Stream {
		const { ledgerId, topic } = this.plan;
		return {
			key: `${topic}:${ledgerId}`,
			ledgerId,
			topic,
			dateOf: ({ time }) => String(time).slice(0, 10),
			initialState: () => initialState,
			readPage: async (cursor) => await Promise.resolve(this.page(cursor)),
		};
	}
}

export const timeAt = (second: number): string =>
	new Date(Date.UTC(2026, 6, 1) + second * 1000).toISOString();

/** Entries of which many share a time; sales may be alike in everything. */
export const entriesOf = (topic: Topic, maxLength: number): fc.Arbitrary<Entry[]> =>
	fc
		.array(
			fc.record({
				pause: fc.constantFrom(0, 0, 0, 1, 1, 40_000),
				till: fc.constantFrom('till-1', 'till-2'),
			}),
			{ maxLength },
		)
		.map((steps) => {
			let second = 0;
			return steps.map(({ pause, till }, i): Entry => {
				second += pause;
				const entry = { entryType: 'capture', time: timeAt(second), reference: till };
				return topic === 'sales'
					? { ...entry, pspReference: null, paymentType: 'CASH', amounts: { gross: 3900 } }
					: { ...entry, pspReference: '1', amount: 100, balanceBefore: 100 * i };
			});
		});

const planOf = (index: number): fc.Arbitrary<Plan> =>
	fc.constantFrom<Topic>('funds', 'fees', 'sales').chain((topic) =>
		fc.record({
			topic: fc.constant(topic),
			ledgerId: fc.constant(String(1000 + index)),
			entries: entriesOf(topic, 24),
			pageSize: fc.integer({ min: 1, max: 6 }),
			end: fc.constantFrom(...ENDS),
			gaps: fc.array(fc.nat({ max: 24 }), { maxLength: 3 }),
		}),
	);

/** One to five feeds. */
export const plans: fc.Arbitrary<Plan[]> = fc
	.integer({ min: 1, max: 5 })
	.chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => planOf(index))));

export const roundTrip = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Makes any write to a state an error. */
export function frozen<T>(value: T): T {
	if (typeof value === 'object' && value !== null) {
		Object.values(value).forEach(frozen);
		Object.freeze(value);
	}
	return value;
}
