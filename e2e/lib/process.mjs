import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A background process with a log file, in a group of its own, so that Ctrl+C leaves it to us. */
export class Background {
	#child;
	#ended;
	#logged;
	#exitHandler = () => this.#signal('SIGKILL');

	/**
	 * @param {string} program
	 * @param {string[]} args
	 * @param {{ cwd?: string, env?: Record<string, string>, log: string }} options
	 */
	constructor(program, args, { log, ...options }) {
		this.log = log;
		this.#child = spawn(program, args, {
			...options,
			detached: process.platform !== 'win32',
			windowsHide: true,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const file = createWriteStream(log, { flags: 'a' });
		this.#child.stdout.pipe(file, { end: false });
		this.#child.stderr.pipe(file, { end: false });
		this.#logged = new Promise((resolve) => {
			this.#child.once('error', resolve);
			this.#child.once('close', () => file.end(resolve));
		});
		this.#ended = new Promise((resolve) => {
			this.#child.once('error', (error) => resolve(`${program}: ${error.message}`));
			this.#child.once('exit', (code, signal) => resolve(signal ?? code));
		}).then((how) => {
			process.off('exit', this.#exitHandler);
			this.how = how;
			return how;
		});
		// Nothing that was started here outlives this process, however it ends.
		process.on('exit', this.#exitHandler);
	}

	/** Its output as it comes, for what announces itself there. */
	get stdout() {
		return this.#child.stdout;
	}

	/** Whether it runs. */
	get running() {
		return this.how === undefined;
	}

	/** Resolves with the exit code or signal once it has ended. */
	get ended() {
		return this.#ended;
	}

	/** Resolves once all that it has printed is in the log file. */
	get logged() {
		return this.#logged;
	}

	/**
	 * Asks it to end, and makes it end when it has not after a while.
	 *
	 * @param {number} [patience] milliseconds
	 */
	async stop(patience = 30_000) {
		if (!this.running) return;
		this.#child.kill('SIGTERM');
		// The timer alone must not keep this process waiting once the other has ended.
		const tired = sleep(patience, false, { ref: false });
		const ended = await Promise.race([this.#ended.then(() => true), tired]);
		if (!ended) await this.kill();
	}

	/** Ends it as a power cut would, with all that it has started. */
	async kill() {
		if (!this.running) return;
		this.#signal('SIGKILL');
		await this.#ended;
	}

	#signal(signal) {
		if (!this.running || !this.#child.pid) return;
		try {
			// A negative number names the group: n8n's task runner goes too.
			process.kill(process.platform === 'win32' ? this.#child.pid : -this.#child.pid, signal);
		} catch (error) {
			if (error.code !== 'ESRCH') throw error;
		}
	}
}
