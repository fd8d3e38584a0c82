/** Remembers the dedupe keys of the latest events, up to a limit. */
export class RecentEvents {
	private readonly keys = new Set<string>();
	/** In the order in which they came; the latest of these are the keys. */
	private order: string[] = [];

	constructor(private readonly limit: number) {}

	has(key: string): boolean {
		return this.keys.has(key);
	}

	add(key: string): void {
		if (this.keys.has(key)) return;
		this.keys.add(key);
		this.order.push(key);
		if (this.keys.size <= this.limit) return;
		const [oldest] = this.keys;
		this.keys.delete(oldest);
		if (this.order.length >= 2 * this.limit) this.order = this.latest(this.limit);
	}

	/** The latest ones, at most so many, in the order in which they came. */
	latest(count: number): string[] {
		return this.order.slice(Math.max(0, this.order.length - count));
	}
}
