import { simplifySale } from '../../../nodes/shared/simplified/sale';

const SALE = {
	entryType: 'refund',
	time: '2026-05-04T10:00:00Z',
	pspReference: null,
	reference: '12500000001',
	currency: 'DKK',
	paymentType: 'CASH',
	amounts: { gross: -8_005, net: null, vat: null },
	lines: [],
	customer: null,
	topic: 'sales',
	ledgerId: '302321',
	dedupeKey: 'sales-302321-x',
};

it('a sale is ten flat fields, its gross amount in minor units and as decimal text', () => {
	expect(Object.entries(simplifySale(SALE))).toEqual([
		['topic', 'sales'],
		['ledgerId', '302321'],
		['dedupeKey', 'sales-302321-x'],
		['entryType', 'refund'],
		['time', '2026-05-04T10:00:00Z'],
		['pspReference', null],
		['reference', '12500000001'],
		['currency', 'DKK'],
		['amount', -8_005],
		['amountDecimal', '-80.05'],
	]);
});

it.each([
	['none', {}, {}],
	['null', { amounts: null }, { amount: null }],
	['without a gross amount', { amounts: { net: 1 } }, {}],
	['that are a list', { amounts: [1] }, {}],
])('amounts that are %s give no amount', (_name, changes, amount) => {
	expect(simplifySale({ ...SALE, amounts: undefined, ...changes })).toEqual({
		topic: 'sales',
		ledgerId: '302321',
		dedupeKey: 'sales-302321-x',
		entryType: 'refund',
		time: '2026-05-04T10:00:00Z',
		pspReference: null,
		reference: '12500000001',
		currency: 'DKK',
		...amount,
	});
});
