/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs in Jest, never in n8n */
const SAMPLE_EVERY_MS = 10;

const heapMb = () => process.memoryUsage().heapUsed / 1024 ** 2;

/** How far the heap of this process grows above where it stood, in MB. */
export class PeakHeap {
	mb = 0;
	private readonly base: number;
	private readonly sampler: NodeJS.Timeout;

	constructor() {
		global.gc?.();
		this.base = heapMb();
		this.sampler = setInterval(() => this.look(), SAMPLE_EVERY_MS);
	}

	/** Looks now, in addition to the regular looks. */
	look(): void {
		this.mb = Math.max(this.mb, heapMb() - this.base);
	}

	stop(): void {
		clearInterval(this.sampler);
	}
}
