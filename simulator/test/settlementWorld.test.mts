import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { start, type Json } from './helpers.mts';

const simulator = await start({ data: 'empty' });
const ledgerId = '700001';

/** Where the clock stands: 2026-06-01, noon in Norway. */
const noon = '2026-06-01T10:00:00Z';

async function entries(topic?: string): Promise<Json[]> {
	const truth = await simulator.control('/truth');
	return truth.entries.filter((entry: Json) => (topic ?? entry.topic) === entry.topic);
}

const move = (body: object) => simulator.control('/movement', { ledgerId, ...body });
const nextDay = () => simulator.control('/clock', { advanceSeconds: 86_400 });

const expectBalances = (rows: Json[]) => {
	const balances = new Map<string, number>();
	for (const { ledgerId: id, topic, balanceBefore, amount, balanceAfter } of rows) {
		assert.equal(balanceBefore, balances.get(`${id} ${topic}`) ?? 0);
		assert.equal(balanceAfter, balanceBefore + amount);
		balances.set(`${id} ${topic}`, balanceAfter);
	}
};

beforeEach(async () => {
	await simulator.control('/reset', { data: 'empty', now: noon });
	await simulator.control('/ledgers', { ledgerId });
});

test('a dispute has the references and the amount of its capture', async () => {
	const first = { ledgerId, amount: 500, pspReference: '1', reference: 'a' };
	await simulator.control('/capture', first);
	await simulator.control('/capture', { ledgerId, amount: 700, pspReference: '2', reference: 'b' });
	const retained = await move({ entryType: 'retained-disputed-capture', pspReference: '1' });
	assert.deepEqual(
		[retained.amount, retained.pspReference, retained.reference, retained.recipientHandle],
		[-500, '1', 'a', null],
	);
	const returned = await move({ entryType: 'returned-disputed-capture', amount: 200 });
	assert.deepEqual([returned.amount, returned.pspReference], [200, '1']);
	const last = await move({ entryType: 'retained-disputed-capture' });
	assert.deepEqual([last.amount, last.pspReference], [-700, '2']);
	expectBalances(await entries());
});

test('an aborted payout comes back to the ledger and is paid out again', async () => {
	await simulator.control('/capture', { ledgerId, amount: 10_000, fee: 100 });
	await nextDay();
	const aborted = await move({ entryType: 'payout-aborted' });
	assert.deepEqual([aborted.amount, aborted.pspReference], [9900, '700001-2000101']);
	assert.equal(aborted.ledgerDate, '2026-06-02');
	await nextDay();
	const payouts = (await entries('funds')).filter((row) => row.entryType === 'payout-scheduled');
	assert.deepEqual(
		payouts.map(({ amount, pspReference }) => [amount, pspReference]),
		[
			[-9900, '700001-2000101'],
			[-9900, '700001-2000102'],
		],
	);
});

test('any other entry is as it was ordered, on the topic that it belongs to', async () => {
	await move({ entryType: 'service-fee', amount: -9900 });
	await move({ entryType: 'correction', topic: 'fees', amount: 75, reference: 'a word' });
	await move({ entryType: 'correction', amount: -75 });
	await move({ entryType: 'never-heard-of', amount: 5, pspReference: 'own' });
	assert.deepEqual(
		(await entries()).map((row) => [row.topic, row.entryType, row.amount, row.reference]),
		[
			['funds', 'correction', -75, ''],
			['funds', 'never-heard-of', 5, ''],
			['fees', 'service-fee', -9900, ''],
			['fees', 'correction', 75, 'a word'],
		],
	);
	assert.equal((await entries('funds'))[1].pspReference, 'own');
});

test('a movement that cannot be is refused with the reason', async () => {
	const refusals: [object, RegExp][] = [
		[{ entryType: 'top-up', amount: -1 }, /amount of top-up is a whole number .* > 0/],
		[{ entryType: 'service-fee', amount: 1 }, /< 0/],
		[{ entryType: 'correction' }, /amount of correction/],
		[{ entryType: 'correction', amount: 0.5 }, /amount of correction/],
		[{ entryType: 'retained-disputed-capture' }, /There is no capture/],
		[{ entryType: 'payout-aborted', pspReference: '9' }, /There is no payout-scheduled 9/],
		[{ entryType: 'capture', amount: 5 }, /capture is no such movement/],
		[{ entryType: 'correction', amount: 5, topic: 'sales' }, /topic is funds or fees/],
	];
	for (const [body, reason] of refusals) await assert.rejects(move(body), reason);
	assert.deepEqual(await entries(), []);
});

test('a capture has several fees, the last of them late', async () => {
	const fees = { fee: 100, furtherFees: [20, 3], lateFee: true };
	await simulator.control('/capture', { ledgerId, amount: 10_000, pspReference: '1', ...fees });
	await nextDay();
	const charged = (await entries('fees')).filter((row) => row.entryType === 'capture-fee');
	assert.deepEqual(
		charged.map(({ amount, pspReference, ledgerDate }) => [amount, pspReference, ledgerDate]),
		[
			[-100, '1', '2026-06-01'],
			[-20, '1', '2026-06-01'],
			[-3, '1', '2026-06-02'],
		],
	);
});

test('a reserve stays on the ledger, and less than it is not paid out', async () => {
	await simulator.control('/ledgers', { ledgerId: '700002', reserve: 1000 });
	const capture = async (amount: number) =>
		await simulator.control('/capture', { ledgerId: '700002', amount, fee: 0 });
	await capture(1000);
	await nextDay();
	assert.equal((await entries('funds')).length, 1);
	await capture(400);
	await nextDay();
	const { entryType, amount, balanceAfter } = (await entries('funds')).at(-1)!;
	assert.deepEqual([entryType, amount, balanceAfter], ['payout-scheduled', -400, 1000]);
});

test('the data set settlement has everything, and its balances hold', async () => {
	await simulator.control('/reset', { data: 'settlement', now: '2026-10-05T12:00:00Z' });
	const { ledgers, entries: rows, sales } = await simulator.control('/truth');
	expectBalances(rows);
	const distinct = (field: string) =>
		[...new Set(ledgers.map((ledger: Json) => String(ledger[field])))].sort();
	assert.deepEqual(distinct('currency'), ['DKK', 'EUR', 'NOK']);
	assert.deepEqual(distinct('frequency'), ['daily', 'monthly', 'weekly']);
	assert.deepEqual(distinct('settlement'), ['gross', 'net']);
	assert.deepEqual(distinct('reserve'), ['0', '50000']);
	const types = new Set(rows.map((row: Json) => `${row.topic} ${row.entryType}`));
	assert.deepEqual([...types].sort(), [
		'fees capture-fee',
		'fees correction',
		'fees credit-note',
		'fees fees-invoiced',
		'fees fees-retained',
		'fees service-fee',
		'fees terminal-rent',
		'funds capture',
		'funds correction',
		'funds credit-note',
		'funds fees-retained',
		'funds loyalty-adjustment',
		'funds payout-aborted',
		'funds payout-scheduled',
		'funds refund',
		'funds retained-disputed-capture',
		'funds returned-disputed-capture',
		'funds top-up',
	]);
	assert.ok(sales.some((sale: Json) => sale.paymentType === 'CASH'));

	const captured = new Map<string, Json>(
		rows
			.filter((row: Json) => row.entryType === 'capture')
			.map((row: Json) => [row.pspReference, row]),
	);
	const fees = rows.filter((row: Json) => row.entryType === 'capture-fee');
	const late = fees.filter(
		(fee: Json) => fee.ledgerDate > captured.get(fee.pspReference)!.ledgerDate,
	);
	assert.ok(late.length > 50, String(late.length));
	assert.ok(fees.length > captured.size + 50, 'several fees of one capture');

	for (const { ledgerId: id, reserve } of ledgers) {
		const funds = rows.filter((row: Json) => row.ledgerId === id && row.topic === 'funds');
		const paid = funds.filter((row: Json) => row.entryType === 'payout-scheduled');
		assert.ok(paid.length > 0, id);
		for (const { balanceAfter } of paid) assert.equal(balanceAfter, reserve);
		assert.ok(new Set(funds.map((row: Json) => row.ledgerDate)).size < 60, 'days without entries');
	}
	const negative = rows.filter((row: Json) => row.topic === 'funds' && row.balanceAfter < 0);
	assert.ok(negative.length > 0);
	// Dates of this ledger change at four in the morning.
	const inOslo = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' });
	const afterMidnight = rows.filter(
		(row: Json) =>
			row.ledgerId === '600007' &&
			row.entryType === 'capture' &&
			inOslo.format(Date.parse(row.time)) > row.ledgerDate,
	);
	assert.ok(afterMidnight.length > 0);

	const merchant = await simulator.getAs('merchant', '/settlement/v1/ledgers');
	assert.deepEqual(
		merchant.body.items.map((ledger: Json) => ledger.ledgerId),
		['600001'],
	);
});

test('the same seed gives the same settlement, another seed another', async () => {
	const world = async (seed: number) => {
		await simulator.control('/reset', { data: 'settlement', seed, options: { days: 20 } });
		return JSON.stringify(await simulator.control('/truth'));
	};
	const first = await world(1);
	assert.equal(await world(1), first);
	assert.notEqual(await world(2), first);
});
