import { setTimeout as sleep } from 'node:timers/promises';
import { pick, randomWhole } from './killsRandom.mjs';

const PAUSE_MS = [300, 900];
const MOVEMENTS = ['/capture', '/capture', '/capture', '/refund'];

/** Money that moves all the time on the ledgers of a simulator. */
export class Mover {
	/** When each movement came into being (milliseconds since 1970), by its pspReference. */
	addedAt = new Map();
	#stopped = false;
	#done;

	/**
	 * @param {import('./simulator.mjs').Simulator} simulator
	 * @param {[number, number]} [pauseMs] between two movements, from and to
	 */
	constructor(simulator, pauseMs = PAUSE_MS) {
		this.simulator = simulator;
		this.pauseMs = pauseMs;
	}

	/** Begins, and goes on until stop(). */
	async start() {
		const { ledgers } = await this.simulator.truth();
		this.#done = this.#move(ledgers.map(({ ledgerId }) => ledgerId));
		// stop() tells of it; until then a failure must not end the process.
		this.#done.catch(() => {});
	}

	/** Nothing is added any more when this comes back. */
	async stop() {
		this.#stopped = true;
		await this.#done;
	}

	async #move(ledgerIds) {
		for (; !this.#stopped; await sleep(randomWhole(...this.pauseMs))) {
			const movement = { ledgerId: pick(ledgerIds), amount: randomWhole(1, 50_000) };
			const now = Date.now();
			const { funds } = await this.simulator.control('POST', pick(MOVEMENTS), movement);
			this.addedAt.set(funds.pspReference, now);
		}
	}
}
