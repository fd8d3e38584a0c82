import fc from 'fast-check';
import { ServerClock } from '../../../nodes/shared/transport/serverClock';

const NOW = Date.parse('2026-07-01T12:00:00Z');
const HOUR_MS = 3_600_000;

describe("the API's clock", () => {
	it("is this computer's as long as no answer has come", () => {
		expect(new ServerClock().at(NOW)).toBe(NOW);
	});

	it.each([-26 * HOUR_MS, -HOUR_MS, -60_000, 60_000, HOUR_MS])(
		"is followed when this computer's clock is off by %i ms",
		(off) => {
			const clock = new ServerClock();
			clock.observe(new Date(NOW).toUTCString(), NOW + off);
			expect(clock.at(NOW + off + 5000)).toBe(NOW + 5000);
		},
	);

	it('does not run back and forth with the coarseness of the header', () => {
		const clock = new ServerClock();
		for (const late of [0, 400, 999, 1500, 3000]) {
			clock.observe(new Date(NOW).toUTCString(), NOW + late);
			expect(clock.at(NOW + late)).toBe(NOW + late);
		}
	});

	it('is followed again when the clock of this computer is put right', () => {
		const clock = new ServerClock();
		clock.observe(new Date(NOW).toUTCString(), NOW + HOUR_MS);
		clock.observe(new Date(NOW).toUTCString(), NOW);
		expect(clock.at(NOW)).toBe(NOW);
	});

	it('is left alone by an answer without a date', () => {
		const clock = new ServerClock();
		clock.observe(new Date(NOW).toUTCString(), NOW + HOUR_MS);
		for (const header of [undefined, null, '', 'noon', 5, {}, [new Date(NOW).toUTCString()]]) {
			clock.observe(header, NOW);
		}
		expect(clock.at(NOW + HOUR_MS)).toBe(NOW);
	});

	it('is never off by more than 5 seconds, and late rather than early when it is corrected', () => {
		const off = fc.integer({ min: -50 * HOUR_MS, max: 50 * HOUR_MS });
		fc.assert(
			fc.property(off, fc.nat({ max: 4000 }), fc.nat({ max: 999 }), (wrong, way, fraction) => {
				const clock = new ServerClock();
				const answered = NOW + fraction;
				const received = answered + way + wrong;
				clock.observe(new Date(answered).toUTCString(), received);
				const error = clock.at(received) - (answered + way);
				expect(Math.abs(error)).toBeLessThanOrEqual(6000);
				if (Math.abs(wrong) > 10_000) expect(error).toBeLessThanOrEqual(0);
			}),
		);
	});
});
