let random = Math.random;

/**
 * Makes all that is drawn from now on depend on a seed.
 *
 * @param {number} seed a whole number
 */
export function useSeed(seed) {
	let state = seed >>> 0;
	// Mulberry32, which is in the public domain.
	random = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A whole number from `from` up to, but not including, `to`. */
export const randomWhole = (from, to) => Math.floor(from + random() * (to - from));

/** One of a list. */
export const pick = (list) => list[randomWhole(0, list.length)];
