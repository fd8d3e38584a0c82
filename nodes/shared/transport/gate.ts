import type { Outcome } from './outcome';
import { pause } from './pause';

/** How much may be asked of the API; the user can set both. */
export interface Limits {
	/** Requests at the same time. */
	concurrency: number;
	/** Requests that begin within a second; Infinity for no limit. */
	perSecond: number;
}

/** As many as read twenty ledgers at once; more is for the user to decide. */
export const DEFAULT_LIMITS: Limits = { concurrency: 20, perSecond: Infinity };

/** More would only wait in the sockets of this computer. */
export const MOST_SIDE_BY_SIDE = 200;

/** @param perSecond 0 for no limit */
export const limitsOf = (concurrency: number, perSecond: number): Limits => ({
	concurrency,
	perSecond: perSecond === 0 ? Infinity : perSecond,
});

/** What the API has asked for with a `Retry-After`. */
export interface Quiet {
	/** Milliseconds since 1970. */
	until: number;
	/** The answer that asked for it. */
	outcome: Outcome;
}

/**
 * What every request of a node's run passes through, whichever item, ledger or page it is for:
 * it lets no more through than the limits allow, in the order in which they came, and remembers
 * when the API has asked for quiet.
 */
export class Gate {
	private underWay = 0;
	private readonly waiting: Array<() => void> = [];
	private nextStart = 0;
	private quiet: Quiet | undefined;

	constructor(readonly limits: Limits = DEFAULT_LIMITS) {}

	/** Waits until a request may begin. Who has entered must leave. */
	async enter(isCancelled: () => boolean): Promise<void> {
		if (this.underWay < this.limits.concurrency) this.underWay++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		if (this.limits.perSecond === Infinity) return;
		const now = Date.now();
		const start = Math.max(now, this.nextStart);
		this.nextStart = start + 1000 / this.limits.perSecond;
		if (start > now) await pause(start - now, isCancelled);
	}

	leave(): void {
		const next = this.waiting.shift();
		// The place goes over to the one who has waited longest.
		if (next) next();
		else this.underWay--;
	}

	/** The quiet that the API has asked for, while it lasts. */
	get quietNow(): Quiet | undefined {
		return this.quiet && this.quiet.until > Date.now() ? this.quiet : undefined;
	}

	/** Keeps quiet for some milliseconds from now on, as an answer has asked for. */
	keepQuiet(ms: number, outcome: Outcome): void {
		const until = Date.now() + ms;
		if (until > (this.quiet?.until ?? 0)) this.quiet = { until, outcome };
	}
}
