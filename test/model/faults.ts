import type { Random } from './random';

export const FAULT_KINDS = [
	'500',
	'502 in HTML',
	'503',
	'404',
	'401',
	'429 for seconds',
	'429 until a date',
	'429 for half an hour',
	'reset',
	'broken off',
	'truncated JSON',
	'lost answer',
	'slow',
	'hanging',
	'same page twice',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A disturbance that waits for a request. */
export interface Fault {
	kind: FaultKind;
	/** The key of a feed, `ledgers` for their list, or `any`. */
	target: string;
	/** How many requests pass before it sets in, and how many it then hits. */
	skip: number;
	times: number;
}

/** @param targets feeds that may be hit */
export function someFaults(
	random: Random,
	targets: string[],
	kinds: readonly FaultKind[],
): Fault[] {
	const count = random.pick([1, 1, 2, 3]);
	return Array.from({ length: count }, () => ({
		kind: random.pick(kinds),
		target: random.pick(['any', 'any', 'ledgers', ...targets]),
		skip: random.pick([0, 0, 1, 2, 5]),
		times: random.pick([1, 1, 2, 4, 1000]),
	}));
}

export const describeFault = ({ kind, target, skip, times }: Fault): string =>
	`${kind} on ${target}, ${times} times after ${skip}`;

/** Faults that are armed, in the order in which they strike. */
export class Faults {
	private armed: Fault[] = [];

	arm(faults: Fault[]): void {
		this.armed.push(...faults.map((fault) => ({ ...fault })));
	}

	clear(): void {
		this.armed = [];
	}

	get all(): readonly Fault[] {
		return this.armed;
	}

	get areArmed(): boolean {
		return this.armed.length > 0;
	}

	/** The fault that hits a request, if one does. */
	due(target: string): FaultKind | undefined {
		let due: FaultKind | undefined;
		for (const fault of this.armed) {
			if (fault.target !== 'any' && fault.target !== target) continue;
			if (fault.skip > 0) fault.skip--;
			else if (due === undefined && fault.times > 0) {
				fault.times--;
				due = fault.kind;
			}
		}
		this.armed = this.armed.filter(({ times }) => times > 0);
		return due;
	}
}
