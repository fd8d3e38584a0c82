import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '../lib/problem.mjs';
import { renderRows } from './table.mjs';

const LOOK_EVERY_MS = 1_000;

/** Collects and prints what the active workflow's executions bring. */
export class Follower {
	/** Every item so far, with the kind of keys it came by: `{ keys, item }`. */
	arrivals = [];
	/** Set from outside to end a look-out that has no end of its own. */
	stopped = false;
	#known = new Set();

	/** @param {import('./world.mjs').DemoWorld} world */
	constructor(world) {
		this.world = world;
	}

	/** Looks once, and prints what is new. */
	async look() {
		for (const execution of await this.world.executions(this.#known)) {
			this.#known.add(execution.id);
			if (execution.status !== 'success') {
				process.stdout.write(
					`Execution ${execution.id}: ${execution.status}, ${execution.error}\n`,
				);
			}
			if (execution.items.length === 0) continue;
			const head = this.arrivals.length === 0;
			const arrivals = execution.items.map((item) => ({ keys: execution.keys, item }));
			this.arrivals.push(...arrivals);
			process.stdout.write(`${renderRows(arrivals, { head })}\n`);
		}
	}

	/**
	 * The items that have come by one kind of keys.
	 *
	 * @param {string} keys
	 */
	itemsBy(keys) {
		return this.arrivals.filter((arrival) => arrival.keys === keys).map(({ item }) => item);
	}

	/**
	 * Goes on looking until something holds.
	 *
	 * @param {() => Promise<boolean> | boolean} isDone
	 * @param {{ seconds?: number }} [options] for how long at most, for ever if left out
	 * @returns {Promise<boolean>} whether it came to hold
	 */
	async until(isDone, { seconds = Infinity } = {}) {
		const end = Date.now() + seconds * 1000;
		for (;;) {
			await this.look().catch((error) => this.#explain(error));
			if (this.stopped) return false;
			if (await isDone()) return true;
			if (Date.now() > end) return false;
			await sleep(LOOK_EVERY_MS);
		}
	}

	async #explain(error) {
		const { server } = this.world;
		// A busy n8n may miss one look; one that is gone will not come back.
		if (server.running) return;
		throw new ProblemError(`n8n has ended (${error.message}).\n${await server.lastLines()}`);
	}
}
