import { entryDateIn } from '../../../nodes/shared/ledger/entryDate';

const inOslo = entryDateIn({ currency: 'NOK' });
const inHelsinki = entryDateIn({ currency: 'EUR' });

describe('the ledger date of an entry', () => {
	it('is the one that the entry names, even when its time is on another day', () => {
		const entry = { ledgerDate: '2026-04-01', time: '2026-04-02T01:00:00Z' };
		expect(inOslo(entry)).toBe('2026-04-01');
	});

	it("is the date of its time in the ledger's market when the entry names none", () => {
		const entry = { time: '2026-07-01T21:30:00.123456Z' };
		expect(inOslo(entry)).toBe('2026-07-01');
		expect(inHelsinki(entry)).toBe('2026-07-02');
	});

	it('does not depend on the offset in which the time is written', () => {
		expect(inOslo({ time: '2026-07-01T23:59:59+0200' })).toBe('2026-07-01');
		expect(inOslo({ time: '2026-07-02T03:00:00+0500' })).toBe('2026-07-02');
		expect(inOslo({ time: '2026-07-02T02:59:59+0500' })).toBe('2026-07-01');
	});

	it('is right in the hours around the change to summer time and back', () => {
		expect(inOslo({ time: '2026-03-28T22:59:59Z' })).toBe('2026-03-28');
		expect(inOslo({ time: '2026-03-28T23:00:00Z' })).toBe('2026-03-29');
		expect(inOslo({ time: '2026-03-29T22:00:00Z' })).toBe('2026-03-30');
		expect(inOslo({ time: '2026-10-24T22:00:00Z' })).toBe('2026-10-25');
		expect(inOslo({ time: '2026-10-25T22:59:59Z' })).toBe('2026-10-25');
		expect(inOslo({ time: '2026-10-25T23:00:00Z' })).toBe('2026-10-26');
	});

	it('falls back on the time when the named date does not exist', () => {
		expect(inOslo({ ledgerDate: '2026-02-30', time: '2026-03-02T12:00:00Z' })).toBe('2026-03-02');
	});

	it('is unknown when the entry has neither', () => {
		expect(inOslo({})).toBeUndefined();
		expect(inOslo({ time: 'noon', ledgerDate: '' })).toBeUndefined();
		expect(inOslo({ time: null, ledgerDate: null })).toBeUndefined();
	});
});
