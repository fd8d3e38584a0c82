import { countRequests, load, type Bulk, type Simulator } from './bulk';
import type { Measured } from './job';
import { SideProcess } from './sides';

/** One way of reading, in the words of the table. */
export interface Contender {
	/** What its side is called. */
	side: string;
	label: string;
	concurrency?: number;
}

export type Figures = Measured & { requests: number };

/**
 * Lets contenders read the same data in turns, round after round, each in a process of its own,
 * against one simulator, and checks that all give the same entries. The first round, in which the
 * code is loaded and compiled, does not count.
 */
export async function rounds(
	simulator: Simulator,
	bulk: Bulk,
	contenders: Contender[],
	count: number,
): Promise<Map<Contender, Figures[]>> {
	const job = await load(simulator, bulk);
	const processes = await Promise.all(contenders.map(({ side }) => SideProcess.start(side)));
	const found = new Map<Contender, Figures[]>(contenders.map((one) => [one, []]));
	const digests = new Set<string>();
	for (let round = 0; round <= count; round++) {
		for (const [at, contender] of contenders.entries()) {
			await countRequests(simulator);
			const { concurrency } = contender;
			const measured = await processes[at].run({ ...job, concurrency });
			digests.add(`${measured.entries} ${measured.digest}`);
			if (digests.size > 1) throw new Error(`${contender.label} gave other entries than the rest`);
			const requests = await countRequests(simulator);
			if (round > 0) found.get(contender)!.push({ ...measured, requests });
		}
	}
	await Promise.all(processes.map(async (one) => await one.stop()));
	return found;
}

/** How much memory a fresh process of a contender has in use at most while it reads, in MB. */
export async function peakMb(
	simulator: Simulator,
	bulk: Bulk,
	contender: Contender,
	count: number,
): Promise<number[]> {
	const job = await load(simulator, bulk);
	const peaks: number[] = [];
	for (let round = 0; round < count; round++) {
		const side = await SideProcess.start(contender.side);
		const [ledgerId] = job.ledgerIds;
		const entries = job.entries / job.ledgerIds.length;
		// Loads and compiles what reading needs.
		await side.run({ ...job, ledgerIds: [ledgerId], entries });
		const { concurrency } = contender;
		peaks.push((await side.run({ ...job, concurrency, collects: true })).peakMb);
		await side.stop();
	}
	return peaks;
}
