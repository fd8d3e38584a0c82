/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a measurement, never in n8n */
const SAMPLE_EVERY_MS = 10;
const COLLECT_EVERY_MS = 50;

/** How far the memory of this process (heap and buffers) grows above where it stood. */
export class PeakMemory {
	private peak = 0;
	private readonly base = inUse();
	private readonly sampler: NodeJS.Timeout;

	/** @param collects whether garbage is collected before each look; slow */
	constructor(private readonly collects = false) {
		this.sampler = setInterval(() => this.look(), collects ? COLLECT_EVERY_MS : SAMPLE_EVERY_MS);
	}

	private look(): void {
		if (this.collects) global.gc?.();
		this.peak = Math.max(this.peak, inUse() - this.base);
	}

	/** Looks a last time. @returns megabytes */
	stop(): number {
		clearInterval(this.sampler);
		this.look();
		return this.peak / 1024 ** 2;
	}
}

function inUse(): number {
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
