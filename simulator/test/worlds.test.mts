import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed, sales, start, type Json } from './helpers.mts';

const simulator = await start({ data: 'empty' });
const big = { ledgers: 20, days: 26, salesPerDay: 100 };
const now = '2026-10-05T12:00:00Z';

async function truthText(setup: object): Promise<string> {
	await simulator.control('/reset', { now, ...setup });
	return await (await fetch(`${simulator.url}/simulator/truth`)).text();
}

test('the same seed gives the same world, another seed another', async () => {
	for (const data of ['demo', 'merchants', 'bulk']) {
		const world = await truthText({ data, seed: 7 });
		assert.equal(await truthText({ data, seed: 7 }), world);
		assert.notEqual(await truthText({ data, seed: 8 }), world);
	}
});

test('100,000 entries over 20 ledgers are there within seconds and their balances hold', async () => {
	const started = performance.now();
	await simulator.control('/reset', { data: 'merchants', seed: 1, options: big, now });
	// About one second; the rest is for slow machines.
	assert.ok(performance.now() - started < 5000);
	const { entries } = await simulator.control('/truth');
	assert.ok(entries.length > 95_000 && entries.length < 110_000, String(entries.length));
	const balances = new Map<string, number>();
	for (const { ledgerId, topic, balanceBefore, amount, balanceAfter } of entries) {
		const key = `${ledgerId} ${topic}`;
		assert.equal(balanceBefore, balances.get(key) ?? 0);
		assert.equal(balanceAfter, balanceBefore + amount);
		balances.set(key, balanceAfter);
	}
	assert.equal(balances.size, 40);
});

test('what the API gives is what is true, page by page', async () => {
	await simulator.control('/reset', {
		data: 'merchants',
		options: { ledgers: 3, reportPageSize: 50 },
		now,
	});
	const truth = await simulator.control('/truth');
	for (const { ledgerId } of truth.ledgers) {
		for (const topic of ['funds', 'fees']) {
			const read: Json[] = [];
			let query = '';
			for (;;) {
				const { body } = await simulator.get(feed(ledgerId, topic, query));
				read.push(...body.items);
				if (body.tryLater) break;
				query = `?cursor=${body.cursor}`;
			}
			const expected = truth.entries
				.filter((entry: Json) => entry.ledgerId === ledgerId && entry.topic === topic)
				.map(({ ledgerId: _ledger, topic: _topic, ...entry }: Json) => entry);
			assert.ok(expected.length > 0);
			assert.deepEqual(read, expected);
		}
		const { body } = await simulator.get(sales(ledgerId, '?pageSize=1000'));
		const sold = truth.sales.filter((sale: Json) => sale.ledgerId === ledgerId);
		assert.equal(body.items.length, sold.length);
	}
});

test('merchants have three currencies, both settlements, and no reference twice', async () => {
	await simulator.control('/reset', { data: 'merchants', options: { ledgers: 12 }, now });
	const { ledgers, entries } = await simulator.control('/truth');
	const distinct = (field: string) => [...new Set(ledgers.map((ledger: Json) => ledger[field]))];
	assert.deepEqual(distinct('currency').sort(), ['DKK', 'EUR', 'NOK']);
	assert.deepEqual(distinct('settlement').sort(), ['gross', 'net']);
	assert.deepEqual(distinct('solution').sort(), ['api', 'mpos', 'vmNumber']);
	const references = entries
		.filter(({ entryType }: Json) => entryType === 'capture' || entryType === 'refund')
		.map(({ pspReference }: Json) => pspReference);
	assert.equal(new Set(references).size, references.length);
	const merchant = await simulator.getAs('merchant', '/settlement/v1/ledgers');
	assert.equal(merchant.body.items.length, 1);
});

test('bulk has exactly as many entries as it was told', async () => {
	await simulator.control('/reset', {
		data: 'bulk',
		options: { ledgers: 3, entriesPerLedger: 1234, topic: 'fees' },
	});
	const { entries } = await simulator.control('/truth');
	assert.equal(entries.length, 3 * 1234);
	assert.ok(entries.every(({ topic }: Json) => topic === 'fees'));
});

test('bulk can have one ledger with a long history among short ones', async () => {
	await simulator.control('/reset', {
		data: 'bulk',
		options: { ledgers: 3, entriesPerLedger: 2, firstLedgerEntries: 1234 },
	});
	const { entries } = await simulator.control('/truth');
	const of = (id: string) => entries.filter(({ ledgerId }: Json) => ledgerId === id).length;
	assert.deepEqual(['400001', '400002', '400003'].map(of), [1234, 2, 2]);
});

test('a page of a thousand entries is there within milliseconds', async () => {
	await simulator.control('/reset', { data: 'bulk', options: { entriesPerLedger: 1000 } });
	const times: number[] = [];
	for (let round = 0; round < 20; round++) {
		const started = performance.now();
		const { body } = await simulator.get(feed('400001', 'funds'));
		times.push(performance.now() - started);
		assert.equal(body.items.length, 1000);
	}
	// Serving takes about two; the token, the transfer and the parsing are in this number too.
	assert.ok(Math.min(...times) < 20, String(Math.min(...times)));
});
