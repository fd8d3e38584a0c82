import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { dates, feed, start, type Json } from './helpers.mts';

const simulator = await start({ data: 'empty' });
beforeEach(() => simulator.control('/reset', { data: 'empty', now: '2026-06-29T10:00:00Z' }));

const entries = async (ledgerId: string, topic: string): Promise<Json[]> =>
	(await simulator.get(feed(ledgerId, topic))).body.items;

const inShort = ({ entryType, amount, balanceAfter, ledgerDate, time }: Json) => [
	entryType,
	amount,
	balanceAfter,
	ledgerDate,
	time.slice(0, 16),
];

async function assertChain(ledgerId: string): Promise<void> {
	for (const topic of ['funds', 'fees']) {
		let balance = 0;
		for (const entry of await entries(ledgerId, topic)) {
			assert.equal(entry.balanceBefore, balance);
			balance = entry.balanceBefore + entry.amount;
			assert.equal(entry.balanceAfter, balance);
		}
	}
}

test('midnight settles a net ledger to zero on both topics', async () => {
	await simulator.control('/ledgers', { ledgerId: '100', market: 'NO' });
	const { funds, fee } = await simulator.control('/capture', {
		ledgerId: '100',
		amount: 10000,
		fee: 400,
		reference: 'order-1',
	});
	assert.equal(fee.pspReference, funds.pspReference);
	await simulator.control('/refund', { ledgerId: '100', amount: 3000, reference: 'order-1' });
	const open = await simulator.get(dates('100', 'funds', '2026-06-29'));
	assert.deepEqual([open.body.items.length, open.body.tryLater], [2, true]);

	// Midnight in Oslo is 22:00 UTC.
	await simulator.control('/clock', { now: '2026-06-29T22:00:00Z' });
	const closed = await simulator.get(dates('100', 'funds', '2026-06-29'));
	assert.equal(closed.body.tryLater, false);
	const [day, midnight] = ['2026-06-29', '2026-06-29T22:00'];
	assert.deepEqual((await entries('100', 'funds')).map(inShort), [
		['capture', 10000, 10000, day, '2026-06-29T10:00'],
		['refund', -3000, 7000, day, '2026-06-29T10:00'],
		['fees-retained', -400, 6600, day, midnight],
		['payout-scheduled', -6600, 0, day, midnight],
	]);
	assert.deepEqual((await entries('100', 'fees')).map(inShort), [
		['capture-fee', -400, -400, day, '2026-06-29T10:00'],
		['fees-retained', 400, 0, day, midnight],
	]);
	const payout = (await entries('100', 'funds')).at(-1);
	assert.match(payout.pspReference, /^100-\d+$/);
	assert.equal(payout.reference, '');

	await simulator.control('/capture', { ledgerId: '100', amount: 100 });
	assert.equal((await entries('100', 'funds')).at(-1).ledgerDate, '2026-06-30');
	await simulator.control('/clock', { advanceSeconds: 86_400 });
	const payouts = (await entries('100', 'funds')).filter(
		({ entryType }) => entryType === 'payout-scheduled',
	);
	const numbers = payouts.map(({ pspReference }) => Number(pspReference.split('-')[1]));
	assert.equal(numbers[1], numbers[0]! + 1);
	await assertChain('100');
});

test('a negative balance is not paid out but carried over', async () => {
	await simulator.control('/ledgers', { ledgerId: '100' });
	await simulator.control('/refund', { ledgerId: '100', amount: 5000 });
	await simulator.control('/clock', { advanceSeconds: 86_400 });
	assert.equal((await entries('100', 'funds')).length, 1);
	await simulator.control('/capture', { ledgerId: '100', amount: 6000, fee: 100 });
	await simulator.control('/clock', { advanceSeconds: 86_400 });
	assert.equal((await entries('100', 'funds')).at(-1).amount, -900);
	await assertChain('100');
});

test('a gross ledger pays out everything and gets its fees invoiced when the month is over', async () => {
	await simulator.control('/ledgers', { ledgerId: '200', market: 'DK', settlement: 'gross' });
	await simulator.control('/capture', { ledgerId: '200', amount: 10000, fee: 150 });
	await simulator.control('/clock', { now: '2026-06-30T12:00:00Z' });
	const funds = await entries('200', 'funds');
	assert.deepEqual(
		funds.map(({ entryType, amount }) => [entryType, amount]),
		[
			['capture', 10000],
			['payout-scheduled', -10000],
		],
	);
	assert.match(funds[1].reference, /^0200000200001300626\d$/);
	assert.equal((await entries('200', 'fees')).length, 1);
	await simulator.control('/clock', { now: '2026-07-01T12:00:00Z' });
	assert.deepEqual((await entries('200', 'fees')).slice(1).map(inShort), [
		['fees-invoiced', 150, 0, '2026-06-30', '2026-06-30T22:00'],
	]);
	await assertChain('200');
});

test('weekly ledgers settle on Sunday only', async () => {
	// 2026-06-29 is a Monday.
	await simulator.control('/ledgers', { ledgerId: '300', frequency: 'weekly' });
	await simulator.control('/capture', { ledgerId: '300', amount: 10000 });
	await simulator.control('/clock', { now: '2026-07-05T12:00:00Z' });
	assert.equal((await entries('300', 'funds')).length, 1);
	await simulator.control('/clock', { now: '2026-07-06T12:00:00Z' });
	assert.equal((await entries('300', 'funds')).at(-1).ledgerDate, '2026-07-05');
});

test('markets have their own midnight, and a ledger may have its own cutoff', async () => {
	await simulator.control('/ledgers', { ledgerId: '400', market: 'FI' });
	await simulator.control('/ledgers', { ledgerId: '401', market: 'NO' });
	await simulator.control('/ledgers', { ledgerId: '402', market: 'NO', cutoffHour: 4 });
	const dateAt = async (ledgerId: string) => {
		const { funds } = await simulator.control('/capture', { ledgerId, amount: 100 });
		return funds.ledgerDate;
	};
	await simulator.control('/clock', { now: '2026-06-29T21:30:00Z' });
	assert.equal(await dateAt('400'), '2026-06-30');
	assert.equal(await dateAt('401'), '2026-06-29');
	await simulator.control('/clock', { now: '2026-06-29T22:30:00Z' });
	assert.equal(await dateAt('401'), '2026-06-30');
	assert.equal(await dateAt('402'), '2026-06-29');
	await simulator.control('/clock', { now: '2026-06-30T02:00:00Z' });
	assert.equal(await dateAt('402'), '2026-06-30');
	const last = (await entries('402', 'funds')).find((entry) => entry.entryType !== 'capture');
	assert.equal(last.time, '2026-06-30T02:00:00.000000Z');
});

test('a late fee lands on the next ledger date', async () => {
	await simulator.control('/ledgers', { ledgerId: '500' });
	const { funds, fee } = await simulator.control('/capture', {
		ledgerId: '500',
		amount: 10000,
		fee: 200,
		lateFee: true,
	});
	assert.equal(fee, null);
	await simulator.control('/clock', { advanceSeconds: 86_400 });
	const [late] = await entries('500', 'fees');
	assert.deepEqual([late.pspReference, late.ledgerDate], [funds.pspReference, '2026-06-30']);
	assert.equal((await entries('500', 'funds')).at(-1).amount, -10000);
});

test('a clock set back does not reopen a settled date for new entries', async () => {
	await simulator.control('/ledgers', { ledgerId: '600' });
	await simulator.control('/capture', { ledgerId: '600', amount: 10000 });
	await simulator.control('/clock', { advanceSeconds: 86_400 });
	await simulator.control('/clock', { now: '2026-06-29T10:00:00Z' });
	const { funds } = await simulator.control('/capture', { ledgerId: '600', amount: 10000 });
	assert.equal(funds.ledgerDate, '2026-06-30');
});
