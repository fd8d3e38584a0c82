/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs in Jest, never in n8n */
import type { Story } from './story';

interface Counted {
	polls: number;
	crashes: number;
	givenUp: number;
	api: { requests: number; disturbed: number };
}

/** Which seeds are played, and what was counted over all of them. */
export class Figures {
	private readonly total = {
		seeds: 0,
		polls: 0,
		requests: 0,
		disturbed: 0,
		entries: 0,
		crashes: 0,
		'given up': 0,
		'repeated with the same key': 0,
	};

	private readonly began = performance.now();

	/**
	 * @param depth the name of the test file, up to its first dot
	 * @param usual how many seeds are played unless MODEL_SEEDS or MODEL_SEED says otherwise
	 */
	constructor(
		private readonly depth: string,
		private readonly usual: number,
	) {}

	/** A list of its own for each who asks. */
	get seeds(): number[] {
		const { MODEL_SEED, MODEL_SEEDS = this.usual } = process.env;
		if (MODEL_SEED !== undefined) return [Number(MODEL_SEED)];
		return Array.from({ length: Number(MODEL_SEEDS) }, (_, i) => i + 1);
	}

	add({ checker }: Story, { polls, crashes, givenUp, api }: Counted): void {
		const { total } = this;
		total.seeds++;
		total.polls += polls;
		total.requests += api.requests;
		total.disturbed += api.disturbed;
		total.entries += checker.entries;
		total.crashes += crashes;
		total['given up'] += givenUp;
		total['repeated with the same key'] += checker.repeats;
	}

	/** Has got this far only if every seed has kept the promise. */
	print(): void {
		const counted = Object.entries(this.total).map(([name, count]) => `${name} ${count}`);
		const seconds = ((performance.now() - this.began) / 1000).toFixed(1);
		const line = [`model, ${this.depth}`, ...counted, 'lost 0', 'doubled 0', `${seconds} s`];
		process.stdout.write(`${line.join(' · ')}\n`);
	}

	/** The failure of a seed, with what led to it and how to see it again. */
	failed(seed: number, story: Story, error: unknown): Error {
		const { message, stack } = error as Error;
		const again = `MODEL_SEED=${seed} npx jest test/model/${this.depth}`;
		const text = [`Seed ${seed}: ${message}`, `Play it again: ${again}`, ...story.trace];
		return Object.assign(new Error(text.join('\n')), { stack: `${text.join('\n')}\n${stack}` });
	}
}
