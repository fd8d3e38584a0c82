import fc from 'fast-check';
import { timeZoneOf } from '../../../nodes/shared/ledger/market';

describe("the time zone of a ledger's dates", () => {
	test.each([
		['a Norwegian company', { owner: { scheme: 'business:NO:ORG' } }, 'Europe/Oslo'],
		['a Danish company', { owner: { scheme: 'business:DK:CVR' } }, 'Europe/Copenhagen'],
		['a Finnish company', { owner: { scheme: 'business:FI:Y-tunnus' } }, 'Europe/Helsinki'],
		['a Danish number', { settlesForRecipientHandles: ['DK:123456'] }, 'Europe/Copenhagen'],
		[
			'a sales unit and a Finnish number',
			{ settlesForRecipientHandles: ['api:654321', 'FI:123456'] },
			'Europe/Helsinki',
		],
		['Norwegian kroner', { currency: 'NOK' }, 'Europe/Oslo'],
		['Danish kroner', { currency: 'DKK' }, 'Europe/Copenhagen'],
		['euro', { currency: 'EUR' }, 'Europe/Helsinki'],
	])('is known from %s', (_, ledger, zone) => {
		expect(timeZoneOf(ledger)).toBe(zone);
	});

	it('follows the owner rather than the numbers, and the numbers rather than the currency', () => {
		const ledger = {
			owner: { scheme: 'business:FI:Y-tunnus' },
			settlesForRecipientHandles: ['DK:123456'],
			currency: 'NOK',
		};
		expect(timeZoneOf(ledger)).toBe('Europe/Helsinki');
		expect(timeZoneOf({ ...ledger, owner: undefined })).toBe('Europe/Copenhagen');
		expect(timeZoneOf({ ...ledger, owner: { scheme: 'business:XX:1' } })).toBe('Europe/Copenhagen');
	});

	it('is the Norwegian one when nothing tells', () => {
		expect(timeZoneOf({})).toBe('Europe/Oslo');
		expect(timeZoneOf({ settlesForRecipientHandles: ['api:123455'], currency: 'USD' })).toBe(
			'Europe/Oslo',
		);
	});

	it('is always one that the calendar knows, whatever the API says', () => {
		const ledger = fc.record(
			{
				owner: fc.record({ scheme: fc.string() }, { requiredKeys: [] }),
				settlesForRecipientHandles: fc.array(fc.string(), { maxLength: 3 }),
				currency: fc.string(),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(ledger, (given) => {
				expect(() => new Intl.DateTimeFormat('en', { timeZone: timeZoneOf(given) })).not.toThrow();
			}),
			{
				numRuns: 1000,
				examples: [[{ currency: 'constructor' }], [{ owner: { scheme: 'toString' } }]],
			},
		);
	});
});
