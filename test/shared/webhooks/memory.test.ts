import { sleep } from 'n8n-workflow';
import { RecentEvents } from '../../../nodes/shared/webhooks/recentEvents';
import { Turns } from '../../../nodes/shared/webhooks/turns';
import { isTimely } from '../../../nodes/shared/webhooks/dateWindow';

describe('recent events', () => {
	it('are remembered up to the limit, and the oldest is forgotten first', () => {
		const recent = new RecentEvents(1_000);
		for (let number = 0; number < 100_000; number++) recent.add(`event-${number}`);
		expect(recent.has('event-98999')).toBe(false);
		expect(recent.has('event-99000')).toBe(true);
		expect(recent.has('event-99999')).toBe(true);
		expect(recent.latest(100_000)).toHaveLength(1_000);
	});

	it('take no more room when they come again', () => {
		const recent = new RecentEvents(2);
		for (const key of ['a', 'b', 'b', 'b']) recent.add(key);
		expect(recent.latest(5)).toEqual(['a', 'b']);
	});

	it.each([
		[0, []],
		[1, ['c']],
		[2, ['b', 'c']],
		[9, ['a', 'b', 'c']],
	])('the latest %p are in their order', (count, expected) => {
		const recent = new RecentEvents(5);
		for (const key of ['a', 'b', 'c']) recent.add(key);
		expect(recent.latest(count)).toEqual(expected);
	});
});

describe('turns', () => {
	const settle = async () => await sleep(0);

	it('of one subject come one after the other, in the order in which they were asked for', async () => {
		const turns = new Turns();
		const order: string[] = [];
		const ends: Array<() => void> = [];
		for (const name of ['a', 'b', 'c']) {
			void turns.take('payment').then((end) => {
				order.push(name);
				ends.push(end);
			});
		}
		await settle();
		expect(order).toEqual(['a']);
		ends[0]();
		ends[0]();
		await settle();
		expect(order).toEqual(['a', 'b']);
		ends[1]();
		await settle();
		expect(order).toEqual(['a', 'b', 'c']);
		ends[2]();
		await settle();
		expect(await turns.take('payment')).toBeInstanceOf(Function);
	});

	it('of other subjects do not wait, and nothing is kept of those that are over', async () => {
		const turns = new Turns();
		await turns.take('one');
		const end = await turns.take('other');
		end();
		await settle();
		expect((turns as unknown as { last: Map<string, unknown> }).last.size).toBe(1);
	});
});

describe('the date of a delivery', () => {
	const now = Date.parse('2026-11-21T12:00:00Z');
	const eightDays = 8 * 86_400_000;

	it.each([
		['Sat, 21 Nov 2026 12:00:00 GMT', true],
		['Fri, 13 Nov 2026 12:00:00 GMT', true],
		['Fri, 13 Nov 2026 11:59:59 GMT', false],
		['Sat, 21 Nov 2026 13:00:00 GMT', true],
		['Sat, 21 Nov 2026 13:00:01 GMT', false],
		['Thu, 30 Mar 2023 08:38:32 GMT', false],
		['Sat, 21 Nov 9999 12:00:00 GMT', false],
		['tomorrow', false],
		['', false],
		[undefined, false],
		[['Sat, 21 Nov 2026 12:00:00 GMT'], false],
		[now, false],
	])('%p counts as timely: %p', (date, expected) => {
		expect(isTimely(date, now, eightDays)).toBe(expected);
	});
});
