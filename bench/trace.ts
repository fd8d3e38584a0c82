import { createHash, type Hash } from 'node:crypto';

/** Counts and running hashes of the entries of each stream, in their order. Memory does not grow with them. */
export class Trace {
	private readonly streams = new Map<string, { hash: Hash; count: number }>();

	add(stream: string, pspReference: unknown): void {
		const known = this.streams.get(stream) ?? { hash: createHash('sha256'), count: 0 };
		known.hash.update(`${String(pspReference)}\n`);
		known.count++;
		this.streams.set(stream, known);
	}

	/** How many entries of a stream were added. */
	count(stream: string): number {
		return this.streams.get(stream)?.count ?? 0;
	}

	get total(): number {
		return [...this.streams.values()].reduce((sum, { count }) => sum + count, 0);
	}

	/** To be asked for once, at the end. */
	digests(): Record<string, string> {
		const sorted = [...this.streams].sort(([a], [b]) => a.localeCompare(b));
		return Object.fromEntries(sorted.map(([stream, { hash }]) => [stream, hash.digest('hex')]));
	}
}
