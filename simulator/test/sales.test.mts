import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { sales, start, type Json } from './helpers.mts';

const simulator = await start();
beforeEach(() => simulator.control('/reset', { data: 'demo' }));

const get = async (rest: string) => (await simulator.get(sales('302321', rest))).body;

test('the feed comes in pages and its cursor outlives the end', async () => {
	const counts: number[] = [];
	let query = '?pageSize=3';
	for (;;) {
		const { items, cursor, hasMore } = await get(query);
		counts.push(items.length);
		assert.ok(cursor);
		query = `?pageSize=3&cursor=${cursor}`;
		if (!hasMore) break;
	}
	assert.deepEqual(counts, [3, 3, 2]);
	await simulator.control('/sale', { ledgerId: '302321', amount: 700, paymentType: 'CASH' });
	const { items } = await get(query);
	assert.equal(items.length, 1);
	assert.deepEqual([items[0].pspReference, items[0].paymentType], [null, 'CASH']);
});

test('the demo has card, wallet and cash, two VAT rates, a terminal and a return', async () => {
	const { items } = await get('');
	const all = <T,>(pick: (sale: Json) => T) => [...new Set(items.map(pick))].sort();
	assert.deepEqual(
		all((sale) => sale.paymentType),
		['CARD', 'CASH', 'WALLET'],
	);
	assert.deepEqual(
		all((sale) => sale.classification.solution),
		['MPOS', 'SHOPPING_BASKET', 'VARIABLE_AMOUNT'],
	);
	assert.deepEqual(
		all((sale) => sale.entryType),
		['capture', 'refund'],
	);
	const rates = new Set(
		items.flatMap((sale: Json) => sale.lines.map((line: Json) => line.vatRate)),
	);
	assert.deepEqual([...rates].sort(), [1500, 2500]);
});

test('lines add up to their sale, returns included', async () => {
	const articles = [
		{ name: 'Tea', quantity: 3, unitPriceGross: 3333, discountTotal: 99, vatRate: 1500 },
		{ name: 'Pot', quantity: 1, unitPriceGross: 29901, vatRate: 2500 },
	];
	await simulator.control('/capture', { ledgerId: '302321', articles });
	await simulator.control('/refund', { ledgerId: '302321', articles });
	const { items } = await get('');
	assert.equal(items.at(-1).amounts.gross, -items.at(-2).amounts.gross);
	for (const { lines, amounts } of items) {
		if (lines.length === 0) continue;
		const sum = (field: string) =>
			lines.reduce((total: number, line: Json) => total + line[field], 0);
		assert.equal(sum('lineTotalGross'), amounts.gross);
		assert.equal(sum('vatAmount'), amounts.vat);
		assert.equal(amounts.net + amounts.vat, amounts.gross);
		for (const line of lines) {
			assert.equal(line.unitPriceGross * line.quantity - line.discountTotal, line.lineTotalGross);
		}
	}
});

test('sales are found by date, reference and psp reference', async () => {
	const day = await get('/dates/2026-05-04');
	assert.equal(day.items.length, 4);
	assert.equal(day.hasMore, false);
	const order = await get('/references/12500000001');
	assert.deepEqual(
		order.items.map((sale: Json) => sale.entryType),
		['capture', 'refund'],
	);
	const one = await get('/psp-references/35060010008');
	assert.deepEqual(
		one.items.map((sale: Json) => sale.amounts.gross),
		[-5000],
	);
	assert.deepEqual(await get('/references/unknown'), { items: [] });
});

test('the undocumented envelope of found sales can be chosen', async () => {
	const found = async (options: object) => {
		await simulator.control('/reset', { options });
		return await get('/psp-references/35060010008');
	};
	assert.ok(Array.isArray(await found({ referenceEnvelope: 'array' })));
	assert.equal((await found({ referenceEnvelope: 'object' })).entryType, 'refund');
	await found({ unknownReference: '404' });
	assert.equal((await simulator.get(sales('302321', '/references/unknown'))).status, 404);
	assert.equal((await found({ refundSign: 'positive' })).items[0].amounts.gross, 5000);
});

test('ledgers of integrated payments have no sales, and nothing precedes the history', async () => {
	await simulator.control('/ledgers', {
		ledgerId: '777777',
		settlesForRecipientHandles: ['api:777777'],
	});
	const online = await simulator.control('/capture', { ledgerId: '777777', amount: 100 });
	assert.ok(online.funds && !online.sale);
	await simulator.control('/clock', { now: '2026-03-16T09:27:59Z' });
	const before = await simulator.control('/capture', { ledgerId: '302321', amount: 100 });
	assert.ok(before.funds && !before.sale);
	await simulator.control('/clock', { now: '2026-03-16T09:28:00Z' });
	const after = await simulator.control('/capture', { ledgerId: '302321', amount: 100 });
	assert.ok(after.sale);
});
