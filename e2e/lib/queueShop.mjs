import { setTimeout as sleep } from 'node:timers/promises';
import { pick, randomWhole } from './killsRandom.mjs';
import { paymentsOf } from './payments.mjs';
import { AMOUNTS } from './queueWorkflows.mjs';

const PAUSE_MS = [1_500, 3_500];

/** What the references of orders with keys of their own begin with. */
export const OWN_KEYS = 'order-own-keys';

/** An answer that does not come, because nobody is there to give it. */
const PATIENCE_MS = 5_000;

const CHANGES = { CAPTURED: 'captured', REFUNDED: 'refunded' };

/**
 * A shop whose orders go to a workflow of n8n. Half of the orders have idempotency keys of their
 * own, and are sent again in the end until they are done. The others are sent once, for better
 * or worse: a new execution has new keys.
 */
export class Shop {
	#orders = [];
	#stopped = false;
	#done;

	/** @param {{ url: string, simulator: import('./simulator.mjs').Simulator }} where the workflow's webhook; where the payments are */
	constructor({ url, simulator }) {
		this.url = url;
		this.simulator = simulator;
	}

	/** Begins to sell, until stop(). */
	start() {
		this.#done = this.#sell();
		// stop() tells of it; until then a failure must not end the process.
		this.#done.catch(() => {});
	}

	/** No new orders come when this comes back. */
	async stop() {
		this.#stopped = true;
		await this.#done;
	}

	/** Sends those orders again that have their own keys and are not done. @returns {Promise<number>} how many */
	async sendOpenAgain() {
		const { open } = await this.figures();
		for (const order of open) await this.#send(order);
		return open.length;
	}

	/**
	 * What became of the orders.
	 *
	 * @returns {Promise<{ orders: number, captured: number, refunded: number, twice: object[], open: object[], cutOff: number }>}
	 *   twice: payments of which more than wanted has moved; open: orders with own keys that are not
	 *   done; cutOff: orders without that are not
	 */
	async figures() {
		const payments = await paymentsOf(this.simulator);
		const orders = this.#orders.map((order) => ({ ...order, ...this.#moved(payments, order) }));
		const unfinished = orders.filter((order) => order.refunded < AMOUNTS.refunded);
		return {
			orders: orders.length,
			captured: orders.filter(({ captured }) => captured > 0).length,
			refunded: orders.filter(({ refunded }) => refunded > 0).length,
			twice: orders.filter(
				({ captured, refunded, changes }) =>
					captured > AMOUNTS.captured || refunded > AMOUNTS.refunded || changes > 2,
			),
			open: unfinished.filter(({ ownKeys }) => ownKeys),
			cutOff: unfinished.filter(({ ownKeys }) => !ownKeys).length,
		};
	}

	#moved(payments, { reference }) {
		const sums = { captured: 0, refunded: 0, changes: 0 };
		const events = payments
			.filter((payment) => payment.reference === reference)
			.flatMap((payment) => payment.events);
		for (const { name, amount, success } of events) {
			if (!success || !CHANGES[name]) continue;
			sums[CHANGES[name]] += amount.value;
			sums.changes += 1;
		}
		return sums;
	}

	async #sell() {
		for (; !this.#stopped; await sleep(randomWhole(...PAUSE_MS))) {
			const ownKeys = pick([true, false]);
			const kind = ownKeys ? OWN_KEYS : 'order-once';
			const order = { reference: `${kind}-${this.#orders.length + 1}`, ownKeys };
			this.#orders.push(order);
			await this.#send(order);
		}
	}

	async #send(order) {
		await fetch(this.url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(order),
			signal: AbortSignal.timeout(PATIENCE_MS),
		})
			.then(async (response) => await response.text())
			// Whether it has been taken is for the payments to tell.
			.catch(() => {});
	}
}
