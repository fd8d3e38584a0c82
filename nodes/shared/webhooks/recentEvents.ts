/** Remembers the dedupe keys of the latest events, up to a limit. */
export class RecentEvents {
	/** In the order in which they came. */
	private readonly keys = new Set<string>();

	constructor(private readonly limit: number) {}

	has(key: string): boolean {
		return this.keys.has(key);
	}

	add(key: string): void {
		this.keys.add(key);
		if (this.keys.size <= this.limit) return;
		const [oldest] = this.keys;
		this.keys.delete(oldest);
	}

	/** The latest ones, at most so many, in the order in which they came. */
	latest(count: number): string[] {
		return [...this.keys].slice(Math.max(0, this.keys.size - count));
	}
}
