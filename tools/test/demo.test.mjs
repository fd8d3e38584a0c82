import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlatted } from '../../e2e/lib/flatted.mjs';
import { compare, expectedItems, isExact } from '../../e2e/lib/truth.mjs';
import { formatAmount, renderRows } from '../demo/table.mjs';

test('amounts are written from minor units without a float', () => {
	for (const [minor, text] of [
		[0, '0.00 NOK'],
		[5, '0.05 NOK'],
		[-5, '-0.05 NOK'],
		[-1200, '-12.00 NOK'],
		[110, '1.10 NOK'],
		[9007199254740991, '90071992547409.91 NOK'],
	]) {
		assert.equal(formatAmount(minor, 'NOK'), text);
	}
});

test('an entry and a sale become rows in UTC', () => {
	const items = [
		{
			time: '2022-10-01T16:33:00.824993+0200',
			ledgerId: '12345',
			topic: 'funds',
			entryType: 'capture',
			amount: 10000,
			currency: 'NOK',
			reference: 'purchase-12',
			dedupeKey: 'funds-12345-abcdefghijk',
		},
		{
			time: '2026-05-05T14:10:26Z',
			ledgerId: '302321',
			topic: 'sales',
			entryType: 'refund',
			amounts: { gross: -5000 },
			currency: 'NOK',
			reference: null,
			dedupeKey: 'sales-302321--b_cdefghijk',
		},
	];
	const rows = renderRows(items.map((item) => ({ keys: 'accounting', item })));
	const [entry, sale] = rows.split('\n').map((row) => row.trim().split(/ {2,}/));
	assert.deepEqual(entry, [
		'accounting',
		'2022-10-01 14:33:00',
		'12345',
		'funds',
		'capture',
		'100.00 NOK',
		'purchase-12',
		'abcdefgh',
	]);
	assert.deepEqual(sale, [
		'accounting',
		'2026-05-05 14:10:26',
		'302321',
		'sales',
		'refund',
		'-50.00 NOK',
		'-b_cdefg',
	]);
});

const truth = {
	ledgers: [{ ledgerId: '1', alsoReachedBy: '123456' }, { ledgerId: '2' }],
	entries: [
		{ topic: 'funds', ledgerId: '1', pspReference: 'a', amount: 1, message: 'Thanks!' },
		{ topic: 'fees', ledgerId: '1', pspReference: 'a', amount: -1 },
	],
	sales: [{ ledgerId: '2', pspReference: 'b', amounts: { gross: 1 } }],
};
const items = [
	{ amount: 1, topic: 'funds', ledgerId: '1', pspReference: 'a', dedupeKey: '1' },
	{ topic: 'fees', ledgerId: '1', pspReference: 'a', amount: -1, dedupeKey: '2' },
	{ topic: 'sales', ledgerId: '2', pspReference: 'b', amounts: { gross: 1 }, dedupeKey: '3' },
];

test('what came is compared with what is true', () => {
	const expected = expectedItems(truth, 'accounting', {});
	assert.ok(isExact(compare(items, expected)));
	assert.equal(compare(items.slice(1), expected).missing.length, 1);
	assert.equal(compare([...items, items[0]], expected).unexpected.length, 1);
	assert.deepEqual(compare([...items, items[0]], expected).repeatedKeys, ['1']);
	const changed = [{ ...items[0], amount: 2 }, ...items.slice(1)];
	assert.equal(compare(changed, expected).missing.length, 1);
	assert.equal(compare(changed, expected).unexpected.length, 1);
	const sameKey = [{ ...items[0], dedupeKey: '2' }, ...items.slice(1)];
	assert.ok(!isExact(compare(sameKey, expected)));
});

test('merchant keys reach the entries of their own ledger and no sales', () => {
	const own = expectedItems(truth, 'merchant', { merchantSerialNumber: '123456' });
	assert.deepEqual(
		own.map(({ ledgerId, topic }) => [ledgerId, topic]),
		[
			['1', 'funds'],
			['1', 'fees'],
		],
	);
	assert.deepEqual(expectedItems(truth, 'merchant', { merchantSerialNumber: '7' }), []);
});

test("n8n's execution data is read", () => {
	const text = '[{"a":"1","b":"2","c":3,"d":"4"},{"x":"0"},["5",true,null],"",["4"],"text"]';
	const read = parseFlatted(text);
	assert.deepEqual(read.b, ['text', true, null]);
	assert.equal(read.c, 3);
	assert.equal(read.a.x, read);
	assert.equal(read.d[0], read.d);
});
