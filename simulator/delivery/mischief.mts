import { forgeries } from './forgery.mts';

export type MischiefKind = 'forge' | 'repeat' | 'late' | 'delay' | 'reorder';

/** Something to be done to the deliveries that come. */
export interface Mischief {
	kind: MischiefKind;
	/** How many events pass before it sets in; 0 by default. */
	skip?: number;
	/** Then it is done to every so manieth event; 1 by default. */
	every?: number;
	/** To so many events at most; without it, to all. */
	times?: number;
	/** How many forged, repeated or late deliveries it makes of an event; 1 by default. */
	copies?: number;
	/** Repeats go out at the same moment as the event itself, not after it was accepted. */
	concurrently?: boolean;
	/** How it is forged; in all ways in turn by default. */
	forgery?: string;
	/** How old late deliveries are, in seconds; 30 days by default. */
	ageSeconds?: number;
	/** How long an event is delayed, or held at most until the next one of its payment has passed it; 1000 by default. */
	delayMs?: number;
}

const kinds: readonly string[] = ['forge', 'repeat', 'late', 'delay', 'reorder'];
const wholeFromZero = ['skip', 'delayMs', 'ageSeconds'] as const;
const wholeFromOne = ['every', 'times', 'copies'] as const;

export const mischiefFields = [
	'kind',
	...wholeFromZero,
	...wholeFromOne,
	'concurrently',
	'forgery',
] as const;

/** @throws Error that says what is wrong with it */
export function checkMischief(mischief: Mischief): void {
	if (!kinds.includes(mischief.kind)) throw new Error(`kind is one of ${kinds.join(', ')}`);
	checkForgery(mischief.forgery);
	for (const name of wholeFromZero) checkWhole(name, mischief[name], 0);
	for (const name of wholeFromOne) checkWhole(name, mischief[name], 1);
}

/** @throws Error for an unknown way to forge */
export function checkForgery(forgery: string | undefined): void {
	if (forgery !== undefined && !forgeries.includes(forgery)) {
		throw new Error(`forgery is one of ${forgeries.join(', ')}`);
	}
}

/** @throws Error unless the value is absent or a whole number that is large enough */
export function checkWhole(name: string, value: number | undefined, least: number): void {
	if (value !== undefined && !(Number.isSafeInteger(value) && value >= least)) {
		throw new Error(`${name} is a whole number, ${least} or more`);
	}
}

interface Armed {
	mischief: Mischief;
	passed: number;
	done: number;
}

/** What has been ordered for the deliveries to come. */
export class MischiefList {
	#armed: Armed[] = [];
	#forged = 0;

	add(mischief: Mischief): void {
		this.#armed.push({ mischief, passed: 0, done: 0 });
	}

	clear(): void {
		this.#armed = [];
	}

	/** What is to be done to the next event: all that is due. */
	next(): Mischief[] {
		return this.#armed.filter((armed) => isDue(armed)).map(({ mischief }) => mischief);
	}

	/** The way to forge the next delivery that is forged in any way, and which bit is changed. */
	nextForgery(): { forgery: string; bit: number } {
		const turn = this.#forged++;
		return { forgery: forgeries[turn % forgeries.length]!, bit: turn * 7 };
	}
}

function isDue(armed: Armed): boolean {
	const { skip = 0, every = 1, times = Infinity } = armed.mischief;
	const position = armed.passed++ - skip;
	if (position < 0 || position % every !== 0 || armed.done >= times) return false;
	armed.done++;
	return true;
}
