import { setTimeout as sleep } from 'node:timers/promises';
import type { Registration } from '../world/webhooks/registrations.mts';
import type { Mischief } from './mischief.mts';
import type { Occurrence } from './occurrence.mts';

/** An event that one endpoint is to be told of. Times in milliseconds, by the simulator's clock. */
export interface Job {
	registration: Registration;
	occurrence: Occurrence;
	attempts: number;
	firstAt: number;
	dueAt: number;
	/** What has been ordered for it. */
	mischief: Mischief[];
}

/**
 * Who is told what next. What is about the same payment keeps its order within a registration: while
 * one event has not been taken, those after it wait. A registration has so many deliveries under way
 * at once, and no more.
 */
export class Queues {
	readonly #concurrency: number;
	readonly #work: (job: Job) => Promise<void>;
	readonly #lines = new Map<string, Job[]>();
	readonly #ready = new Map<Registration, Job[]>();
	readonly #active = new Map<Registration, number>();
	readonly #waiting = new Set<Job>();
	#size = 0;

	/** @param work carries a job out, and ends with `finish` or `wait` */
	constructor(concurrency: number, work: (job: Job) => Promise<void>) {
		this.#concurrency = concurrency;
		this.#work = work;
	}

	get size(): number {
		return this.#size;
	}

	add(job: Job): void {
		this.#size++;
		const line = this.#lines.get(lineOf(job));
		if (line) line.push(job);
		else {
			this.#lines.set(lineOf(job), [job]);
			this.#begin(job);
		}
	}

	/** The job is over, well or badly: the next one of its line may begin. */
	finish(job: Job): void {
		const line = this.#lines.get(lineOf(job));
		if (!line) return;
		this.#size--;
		line.shift();
		if (line[0]) this.#begin(line[0]);
		else this.#lines.delete(lineOf(job));
	}

	/**
	 * Lets the one behind it pass, if there is one within the time.
	 * @returns true when there was one; the job begins again after it
	 */
	async letPass(job: Job, withinMs: number): Promise<boolean> {
		const until = performance.now() + withinMs;
		for (; performance.now() < until; await sleep(10)) {
			const line = this.#lines.get(lineOf(job));
			const next = line?.[1];
			if (!next) continue;
			line.splice(0, 2, next, job);
			this.#begin(next);
			return true;
		}
		return false;
	}

	/** The job is tried again then. */
	wait(job: Job, dueAt: number): void {
		job.dueAt = dueAt;
		this.#waiting.add(job);
	}

	/** Begins all that has waited until now. */
	wake(now: number): void {
		for (const job of this.#waiting) {
			if (job.dueAt > now) continue;
			this.#waiting.delete(job);
			this.#begin(job);
		}
	}

	clear(): void {
		this.#lines.clear();
		this.#ready.clear();
		this.#waiting.clear();
		this.#size = 0;
	}

	#begin(job: Job): void {
		const { registration } = job;
		const ready = this.#ready.get(registration) ?? [];
		this.#ready.set(registration, ready);
		ready.push(job);
		this.#pump(registration);
	}

	#pump(registration: Registration): void {
		const active = this.#active.get(registration) ?? 0;
		if (active >= this.#concurrency) return;
		const job = this.#ready.get(registration)?.shift();
		if (!job) return;
		this.#active.set(registration, active + 1);
		void this.#work(job).finally(() => {
			this.#active.set(registration, this.#active.get(registration)! - 1);
			this.#pump(registration);
		});
	}
}

/** What has no order is in a line of its own. */
function lineOf({ registration, occurrence: { about, number } }: Job): string {
	return `${registration.id} ${about ?? `#${number}`}`;
}
