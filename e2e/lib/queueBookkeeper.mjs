import { setTimeout as sleep } from 'node:timers/promises';

/** n8n itself answers when it has found out that the worker is gone. */
const PATIENCE_MS = 120_000;

const NO_DATA = 'Workflow executed successfully but the last node did not return any data';

/** Somebody who asks for the same closed period again and again, and compares. */
export class Bookkeeper {
	#stop = new AbortController();
	#done;
	#expected = {};
	/**
	 * How often an answer came, was another one than the first, was a sentence of n8n's instead of a
	 * settlement, or did not come.
	 */
	figures = { same: 0, other: 0, sentence: 0, none: 0 };
	/** The first answer that was another one, for messages. */
	otherAnswer;

	/**
	 * @param {object} what
	 * @param {string[]} what.urls the webhooks of the workflows
	 * @param {{ ledgerId: string, fromDate: string, toDate: string }} what.period
	 * @param {number} [what.pauseMs] between two questions
	 */
	constructor({ urls, period, pauseMs = 1_000 }) {
		this.urls = urls;
		this.period = period;
		this.pauseMs = pauseMs;
	}

	/** Begins; before that, each answer is got once in peace. @returns {Promise<object[][]>} these answers */
	async start() {
		for (const url of this.urls) this.#expected[url] = await this.#ask(url);
		this.#done = this.#compare();
		return Object.values(this.#expected).map((text) => JSON.parse(text));
	}

	/** Nothing is asked any more when this comes back. */
	async stop() {
		this.#stop.abort();
		await this.#done;
	}

	async #compare() {
		const { signal } = this.#stop;
		for (let turn = 0; !signal.aborted; turn++) {
			const url = this.urls[turn % this.urls.length];
			const answer = await this.#ask(url).catch(() => undefined);
			if (answer !== undefined || !signal.aborted) this.figures[this.#judge(url, answer)] += 1;
			await sleep(this.pauseMs, undefined, { signal }).catch(() => {});
		}
	}

	#judge(url, answer) {
		if (answer === undefined) return 'none';
		if (answer === this.#expected[url]) return 'same';
		// What n8n says, with status 200, of an execution that it gave up while nobody worked on it.
		if (answer.includes(NO_DATA)) return 'sentence';
		this.otherAnswer ??= answer;
		return 'other';
	}

	async #ask(url) {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(this.period),
			signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(PATIENCE_MS)]),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${url} gave ${response.status}: ${text}`);
		return text;
	}
}
