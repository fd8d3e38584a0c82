/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import fc from 'fast-check';
import { listDates } from '../../../nodes/shared/ledger/dates';
import type { DatePage, Entry } from '../../../nodes/shared/ledger/feed';
import { readDates } from '../../../nodes/shared/ledger/readDates';

/** The pages of each date; the cursor of a page is the number of the next one. */
type Book = Record<string, DatePage[]>;

const pagesOf = (entries: Entry[][], open = false): DatePage[] =>
	entries.map((some, i) => ({
		entries: some,
		open,
		cursor: i < entries.length - 1 ? `page-${i + 1}` : undefined,
	}));

function reader(book: Book) {
	const asked: string[] = [];
	const read = async (date: string, cursor?: string) => {
		asked.push(date);
		return await Promise.resolve(book[date][cursor ? Number(cursor.slice(5)) : 0]);
	};
	return { asked, read };
}

const numbered = (...numbers: number[]): Entry[] => numbers.map((n) => ({ n }));

describe('reading ledger dates', () => {
	it('reads every page of a date, also behind an empty one', async () => {
		const { read } = reader({ '2026-03-01': pagesOf([numbered(1, 2), [], numbered(3)]) });
		const [reading] = await readDates(['2026-03-01'], read);
		expect(reading).toEqual({ date: '2026-03-01', entries: numbered(1, 2, 3), open: false });
	});

	it('says of a date whether more may follow, as its last page says', async () => {
		const first = { entries: numbered(1), cursor: 'page-1', open: true };
		const { read } = reader({
			'2026-03-01': [first, { entries: [], open: false }],
			'2026-03-02': [first, { entries: numbered(2), open: true }],
		});
		const readings = await readDates(['2026-03-01', '2026-03-02'], read);
		expect(readings.map(({ open }) => open)).toEqual([false, true]);
	});

	it('gives a date without entries, too', async () => {
		const { read } = reader({ '2026-03-01': pagesOf([[]]) });
		expect(await readDates(['2026-03-01'], read)).toEqual([
			{ date: '2026-03-01', entries: [], open: false },
		]);
	});

	it('refuses to go on when the API gives the same cursor again', async () => {
		let requests = 0;
		const read = async () => {
			requests++;
			return await Promise.resolve({ entries: numbered(requests), cursor: 'same', open: false });
		};
		await expect(readDates(['2026-03-01'], read)).rejects.toThrow('2026-03-01');
		expect(requests).toBeLessThanOrEqual(3);
	});

	it('does not count open dates towards the limit when they are skipped', async () => {
		const { read } = reader({
			'2026-03-01': [{ entries: numbered(1, 2), open: true }],
			'2026-03-02': pagesOf([numbered(3, 4)]),
		});
		const limits = { enough: 2, skipOpen: true };
		const readings = await readDates(['2026-03-01', '2026-03-02'], read, limits);
		expect(readings.map(({ date }) => date)).toEqual(['2026-03-02']);
	});

	it('gives nothing at all when one date cannot be read', async () => {
		const dates = listDates('2026-03-01', '2026-03-09');
		const read = async (date: string) => {
			if (date === '2026-03-08') throw new Error('out of order');
			return await Promise.resolve({ entries: numbered(1), open: false });
		};
		await expect(readDates(dates, read)).rejects.toThrow('out of order');
	});

	it('asks for no further date, nor for further pages, once one cannot be read', async () => {
		const asked: string[] = [];
		const read = async (date: string, cursor = '') => {
			asked.push(date);
			await new Promise((resolve) => setImmediate(resolve));
			if (date === '2026-03-03') throw new Error('out of order');
			return { entries: numbered(1), cursor: `${cursor}+`, open: false };
		};
		const dates = listDates('2026-03-03', '2026-03-31');
		await expect(readDates(dates, read, { sideBySide: 3 })).rejects.toThrow('out of order');
		const soFar = asked.length;
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(new Set(asked)).toEqual(new Set(['2026-03-03', '2026-03-04', '2026-03-05']));
		expect(asked.length - soFar).toBeLessThanOrEqual(2);
	});

	it('begins a date as soon as another has ended, without waiting for the slowest', async () => {
		const dates = listDates('2026-03-01', '2026-03-10');
		let free = () => {};
		const slowest = new Promise<void>((resolve) => (free = resolve));
		const asked: string[] = [];
		const read = async (date: string) => {
			asked.push(date);
			if (date === '2026-03-01') await slowest;
			if (date === '2026-03-10') free();
			return { entries: numbered(Number(date.slice(8))), open: false };
		};
		const readings = await readDates(dates, read, { sideBySide: 2 });
		expect(asked).toEqual(dates);
		expect(readings.map(({ date }) => date)).toEqual(dates);
	});

	it('stops with the date that fills the limit and asks for none in vain', async () => {
		const dates = listDates('2026-03-01', '2026-03-31');
		const { asked, read } = reader(
			Object.fromEntries(dates.map((date) => [date, pagesOf([numbered(1), numbered(2)])])),
		);
		const readings = await readDates(dates, read, { enough: 3 });
		expect(readings.map(({ date }) => date)).toEqual(['2026-03-01', '2026-03-02']);
		expect(new Set(asked)).toEqual(new Set(['2026-03-01', '2026-03-02']));
	});

	it('never has more than a handful of dates under way', async () => {
		let underWay = 0;
		let most = 0;
		const read = async () => {
			most = Math.max(most, ++underWay);
			await new Promise((resolve) => setImmediate(resolve));
			underWay--;
			return { entries: [], open: false };
		};
		await readDates(listDates('2026-01-01', '2026-03-31'), read);
		expect(most).toBeGreaterThan(1);
		expect(most).toBeLessThanOrEqual(10);
	});

	it('gives all entries of all dates in order, however the pages are cut and the answers race', async () => {
		const page = fc.array(fc.integer(), { maxLength: 3 });
		const book = fc.array(fc.array(page, { minLength: 1, maxLength: 4 }), { maxLength: 12 });
		await fc.assert(
			fc.asyncProperty(book, fc.scheduler(), async (pages, scheduler) => {
				const dates = listDates('2026-03-01', '2026-03-31').slice(0, pages.length);
				const world = Object.fromEntries(
					dates.map((date, i) => [date, pagesOf(pages[i].map((ns) => numbered(...ns)))]),
				);
				const read = scheduler.scheduleFunction(reader(world).read);
				const readings = await scheduler.waitFor(readDates(dates, read));
				expect(readings).toEqual(
					dates.map((date, i) => ({ date, entries: numbered(...pages[i].flat()), open: false })),
				);
			}),
			{ numRuns: 200 },
		);
	});
});
