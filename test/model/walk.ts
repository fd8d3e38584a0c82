import type { Fact } from './world';

/** The moment from which entries are new lies between these two (milliseconds). */
export interface Since {
	may: number;
	must: number;
}

/** Where a feed starts. */
export type Start =
	| { from: 'beginning' }
	| { from: 'date'; date: string }
	| ({ from: 'now' } & Since);

/** `must`: has to be handed out; `never`: must not be; `may`: the documentation leaves it open. */
export type Verdict = 'must' | 'may' | 'never';

/** Goes along the entries of a feed, in their order, and tells which of them are wanted. */
export class Walk {
	private isOver = false;

	/** @param walked from this position on the walk is known to be over */
	constructor(
		private readonly start: Start,
		private readonly walked: number,
	) {}

	judge({ time, published, ledgerDate }: Fact, position: number): Verdict {
		const { start } = this;
		if (start.from === 'beginning') return 'must';
		if (start.from === 'date') return ledgerDate >= start.date ? 'must' : 'never';
		// All that follows the first new entry is new as well, also what comes late.
		this.isOver ||= position >= this.walked || time >= start.must;
		if (this.isOver) return 'must';
		return published < start.may ? 'never' : 'may';
	}
}
