import { ledgerItem } from '../../../nodes/shared/ledger/ledgerItem';
import { ledgerName } from '../../../nodes/shared/ledger/ledgerName';

describe('the name of a ledger in the picker', () => {
	it('shows the sales units, the recipient handles, the currency and the number', () => {
		const name = ledgerName({
			ledgerId: '302321',
			currency: 'NOK',
			settlesForRecipientHandles: ['api:123455'],
			salesUnits: [{ name: 'ACME Fitness Oslo' }],
		});
		expect(name).toBe('ACME Fitness Oslo · api:123455 · NOK · ledger 302321');
	});

	it('is the number alone when the API tells nothing else', () => {
		expect(ledgerName({ ledgerId: '302321' })).toBe('ledger 302321');
		expect(ledgerName({ ledgerId: '302321', salesUnits: [], settlesForRecipientHandles: [] })).toBe(
			'ledger 302321',
		);
	});

	it('leaves sales units out that have no name', () => {
		const name = ledgerName({ ledgerId: '1', salesUnits: [{}, { name: 'Kiosk' }] });
		expect(name).toBe('Kiosk · ledger 1');
	});

	it('names three sales units and counts the others, so that it stays readable', () => {
		const salesUnits = Array.from({ length: 40 }, (_, i) => ({ name: `Shop ${i + 1}` }));
		const name = ledgerName({ ledgerId: '1', salesUnits });
		expect(name).toBe('Shop 1, Shop 2, Shop 3 and 37 more · ledger 1');
	});
});

describe('a ledger as an item', () => {
	it('carries its topic and a key of its own, and every field of the API', () => {
		const ledger = { ledgerId: '302321', currency: 'NOK', comesWithNextVersion: { a: 1 } };
		expect(ledgerItem(ledger)).toEqual({
			...ledger,
			topic: 'ledger',
			dedupeKey: 'ledger-302321',
		});
	});
});
