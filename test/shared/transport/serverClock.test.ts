import fc from 'fast-check';
import { ServerClock } from '../../../nodes/shared/transport/serverClock';

const NOW = Date.parse('2026-07-01T12:00:00Z');
const HOUR_MS = 3_600_000;

const header = (time: number) => new Date(time).toUTCString();

describe("the API's clock", () => {
	it("is this computer's as long as no answer has come", () => {
		expect(new ServerClock().at(NOW)).toBe(NOW);
	});

	it.each([-26 * HOUR_MS, -HOUR_MS, -60_000, -3_000, 3_000, 60_000, HOUR_MS])(
		"is followed when this computer's clock is off by %i ms",
		(off) => {
			const clock = new ServerClock();
			clock.observe(header(NOW), NOW + off, NOW + off);
			expect(clock.at(NOW + off + 5000)).toBe(NOW + 5000);
		},
	);

	it('does not run back and forth with the coarseness of the header or a slow answer', () => {
		const clock = new ServerClock();
		for (const fraction of [0, 400, 999]) {
			for (const way of [0, 50, 3000, 20_000]) {
				const received = NOW + fraction + way;
				clock.observe(header(NOW + fraction), NOW + fraction, received);
				expect(clock.at(received)).toBe(received);
			}
		}
	});

	it('is followed again when the clock of this computer is put right', () => {
		const clock = new ServerClock();
		clock.observe(header(NOW), NOW + HOUR_MS, NOW + HOUR_MS);
		clock.observe(header(NOW), NOW, NOW);
		expect(clock.at(NOW)).toBe(NOW);
	});

	it('is left alone by an answer without a date', () => {
		const clock = new ServerClock();
		clock.observe(header(NOW), NOW + HOUR_MS, NOW + HOUR_MS);
		for (const none of [undefined, null, '', 'noon', 5, {}, [header(NOW)]]) {
			clock.observe(none, NOW, NOW);
		}
		expect(clock.at(NOW + HOUR_MS)).toBe(NOW);
	});

	it('is late rather than early by more than its coarseness, whatever the clocks say', () => {
		const off = fc.integer({ min: -50 * HOUR_MS, max: 50 * HOUR_MS });
		const way = fc.nat({ max: 4000 });
		fc.assert(
			fc.property(off, way, way, fc.nat({ max: 999 }), (wrong, there, back, fraction) => {
				const clock = new ServerClock();
				const answered = NOW + fraction;
				const sent = answered - there + wrong;
				const received = answered + back + wrong;
				clock.observe(header(answered), sent, received);
				const error = clock.at(received) - (answered + back);
				expect(error).toBeLessThanOrEqual(1000 + there);
				expect(error).toBeGreaterThanOrEqual(-1000 - back);
			}),
		);
	});
});
