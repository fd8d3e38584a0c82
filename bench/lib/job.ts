/** What every side has to read: all funds entries of some ledgers, from the first to the last. */
export interface Job {
	simulator: { url: string; keys: Record<string, Record<string, string>> };
	ledgerIds: string[];
	/** How many entries the ledgers have in all. */
	entries: number;
	/** The dates that they are spread over. */
	fromDate: string;
	toDate: string;
	/** Ledgers that the bare loop reads at the same time, or requests of ours; one, or the default. */
	concurrency?: number;
	/** Whether only memory that is in use counts: what is garbage is collected before each look. */
	collects?: boolean;
}

export type Add = (ledgerId: string, pspReference: unknown) => void;

/** One run of a side; its clock stops when it has every entry in memory. */
export interface Run {
	go(): Promise<void>;
	/** Afterwards, off the clock: every entry that it gave, ledger by ledger in its order. */
	each(add: Add): void;
}

/** A way of reading; what is prepared is off the clock. */
export type Side = (job: Job) => Promise<Run>;

/** What a side reports of one run. */
export interface Measured {
	ms: number;
	/** Processor time of the side's process. */
	cpuMs: number;
	entries: number;
	/** A hash over the entries of all ledgers in order. */
	digest: string;
	/** How far the process grew above where it stood before the run. */
	peakMb: number;
}
