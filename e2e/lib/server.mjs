import { promises as fs } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Background } from './process.mjs';
import { freePort } from './ports.mjs';

/** What of the surrounding environment n8n gets: no proxy (all is on this computer), no settings of another n8n. */
const INHERITED =
	/^(PATH|HOME|USER|USERPROFILE|LANG|LC_.*|TMPDIR|TMP|TEMP|TZ|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA)$/i;

/** The poll cursor goes into the same database transaction as the execution. */
export const DURABLE_CURSORS = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/** A real n8n with a user folder of its own, on SQLite if not told otherwise; it can be stopped, killed and started again. */
export class N8nServer {
	#process;

	/**
	 * @param {object} options
	 * @param {string} options.installation the folder with node_modules/n8n
	 * @param {string} [options.program] the Node.js that it runs on; this one if left out
	 * @param {string} options.userFolder where its .n8n goes
	 * @param {number} [options.port] the editor's; a free one if left out
	 * @param {Record<string, string>} [options.env] further settings, e.g. DURABLE_CURSORS
	 * @param {'start' | 'worker' | 'webhook'} [options.role] what it does in queue mode
	 */
	constructor({
		installation,
		program = process.execPath,
		userFolder,
		port,
		env = {},
		role = 'start',
	}) {
		this.installation = installation;
		this.program = program;
		this.userFolder = userFolder;
		this.port = port;
		this.env = env;
		this.role = role;
		this.log = path.join(userFolder, 'n8n.log');
	}

	/** The editor's address. */
	get url() {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Whether the process runs. */
	get running() {
		return this.#process?.running ?? false;
	}

	/** Resolves with the exit code or signal once the process has ended. */
	get ended() {
		return this.#process?.ended;
	}

	/**
	 * Starts it and waits until it answers.
	 *
	 * @param {number} [patience] milliseconds
	 */
	async start(patience = 180_000) {
		await fs.mkdir(this.userFolder, { recursive: true });
		this.port ??= await freePort();
		this.#process = new Background(this.program, [this.#script, this.role], {
			cwd: this.userFolder,
			env: await this.#environment(),
			log: this.log,
		});
		const until = Date.now() + patience;
		while (!(await this.#isReady())) {
			if (!this.running) throw new Error(`n8n ended by itself.\n${await this.lastLines()}`);
			if (Date.now() > until) {
				await this.kill();
				throw new Error(`n8n did not answer in time.\n${await this.lastLines()}`);
			}
			await sleep(250);
		}
		return this;
	}

	/** Ends it the polite way. */
	async stop() {
		await this.#process?.stop();
	}

	/** Ends it as a power cut would. */
	async kill() {
		await this.#process?.kill();
	}

	/**
	 * Runs one of n8n's own commands on the same user folder, e.g. `execute --id=…`.
	 *
	 * @param {string[]} args
	 * @param {number} [patience] milliseconds
	 * @returns {Promise<{ status: number | string, output: string }>} all that it printed
	 */
	async command(args, patience = 120_000) {
		const log = path.join(this.userFolder, `n8n-${args[0].replace(':', '-')}.log`);
		await fs.rm(log, { force: true });
		const child = new Background(this.program, [this.#script, ...args], {
			cwd: this.userFolder,
			// n8n's commands end without disposing of the expression sandbox, which now and then
			// crashes the process when all is done. The editor's server keeps it.
			env: { ...(await this.#environment()), N8N_EXPRESSION_ENGINE: 'legacy' },
			log,
		});
		const timer = setTimeout(() => child.kill(), patience);
		const status = await child.ended;
		clearTimeout(timer);
		await child.logged;
		return { status, output: await fs.readFile(log, 'utf8') };
	}

	/** The end of the log, for messages. */
	async lastLines(count = 25) {
		const text = await fs.readFile(this.log, 'utf8').catch(() => '');
		return text.trimEnd().split('\n').slice(-count).join('\n');
	}

	get #script() {
		return path.join(this.installation, 'node_modules', 'n8n', 'bin', 'n8n');
	}

	async #isReady() {
		const readiness = await fetch(`${this.url}/healthz/readiness`).catch(() => undefined);
		if (!readiness?.ok) return false;
		if (this.role !== 'start') return true;
		// The health check answers before the API does.
		const settings = await fetch(`${this.url}/rest/settings`).catch(() => undefined);
		return Boolean(settings?.ok && settings.headers.get('content-type')?.includes('json'));
	}

	async #environment() {
		const inherited = Object.entries(process.env).filter(([name]) => INHERITED.test(name));
		return {
			...Object.fromEntries(inherited),
			N8N_USER_FOLDER: this.userFolder,
			N8N_ENCRYPTION_KEY: 'a made-up key for made-up credentials',
			N8N_HOST: '127.0.0.1',
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: String(this.port),
			...(this.role === 'worker' && {
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(this.port),
				N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			}),
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
			N8N_SECURE_COOKIE: 'false',
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
			N8N_REINSTALL_MISSING_PACKAGES: 'false',
			N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
			GENERIC_TIMEZONE: 'Europe/Oslo',
			...this.env,
		};
	}
}
