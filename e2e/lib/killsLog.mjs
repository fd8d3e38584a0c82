import { promises as fs } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 5;

/** The settings that make n8n say in its log what the kills are aimed by. */
export const TALKATIVE = { N8N_LOG_LEVEL: 'debug' };

/** A poll has handed items to n8n, which begins to write them down. */
export const EMITTED = 'Received event to trigger execution';

/** An execution, with the items in it, is in the database. */
export const STORED = 'Execution added';

/** What a server has written to its log since it was started last. */
export class LifeLog {
	#text = '';

	/** @param {string} file the log; what is in it already belongs to earlier lives */
	static async from(file) {
		const log = new LifeLog();
		log.file = file;
		log.position = (await fs.stat(file).catch(() => ({ size: 0 }))).size;
		return log;
	}

	/** All of it so far. */
	async text() {
		const handle = await fs.open(this.file);
		try {
			const { size } = await handle.stat();
			const { buffer } = await handle.read(
				Buffer.alloc(size - this.position),
				0,
				size - this.position,
				this.position,
			);
			this.position = size;
			this.#text += buffer.toString();
			return this.#text;
		} finally {
			await handle.close();
		}
	}

	/**
	 * Waits for a line that is not there yet.
	 *
	 * @param {string} line a part of it
	 * @param {number} seconds
	 */
	async next(line, seconds) {
		const known = (await this.text()).length;
		const until = Date.now() + seconds * 1000;
		while (!(await this.text()).includes(line, known)) {
			if (Date.now() > until) throw new Error(`Not in n8n's log within ${seconds} s: ${line}`);
			await sleep(LOOK_EVERY_MS);
		}
	}

	/** Whether the last items that a poll handed over have not been reported as written down. */
	async endsBetweenEmitAndStore() {
		const text = await this.text();
		const emitted = text.lastIndexOf(EMITTED);
		return emitted >= 0 && text.indexOf(STORED, emitted) < 0;
	}
}
