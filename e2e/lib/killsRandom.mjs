/** A whole number from `from` up to, but not including, `to`. */
export const randomWhole = (from, to) => Math.floor(from + Math.random() * (to - from));

/** One of a list. */
export const pick = (list) => list[randomWhole(0, list.length)];
