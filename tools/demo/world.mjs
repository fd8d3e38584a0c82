import { randomBytes } from 'node:crypto';
import { promises as fs, existsSync } from 'node:fs';
import path from 'node:path';
import { installPackage } from '../../e2e/lib/install.mjs';
import { Rest } from '../../e2e/lib/rest.mjs';
import { N8nServer } from '../../e2e/lib/server.mjs';
import { Simulator } from '../../e2e/lib/simulator.mjs';
import { inRoot } from '../lib/paths.mjs';
import { ProblemError } from '../lib/problem.mjs';

/** The example that is switched on, and the node in it whose items are shown. */
const ACTIVE = 'new-entries.json';
const TRIGGER_TYPE = 'n8n-nodes-vippsmobilepay.vippsMobilePayTrigger';

/** The simulator and n8n with everything in it, as `npm start` shows them. */
export class DemoWorld {
	#stopped = false;

	/**
	 * @param {{ installation: string, folder: string, port: number }} options folder: where n8n's data and the logs go
	 */
	constructor({ installation, folder, port }) {
		this.folder = folder;
		const userFolder = path.join(folder, 'n8n');
		this.server = new N8nServer({ installation, userFolder, port });
		this.rest = new Rest(this.server.url);
		this.loginFile = path.join(folder, 'login.json');
	}

	/**
	 * Starts the simulator and n8n.
	 *
	 * @param {string} tarball the packed package
	 */
	async start(tarball) {
		const isNew = !existsSync(this.loginFile);
		await fs.mkdir(this.server.userFolder, { recursive: true });
		await installPackage(tarball, this.server.userFolder);
		this.simulator = await Simulator.start({ log: path.join(this.folder, 'simulator.log') });
		if (this.#stopped) return await this.stop();
		await this.server.start();
		if (isNew) await this.#setUp();
		else await this.#logIn();
		await this.#saveCredentials();
		await this.#saveWorkflows();
	}

	/** Stops n8n and starts it again, on the same data. */
	async restart() {
		await this.server.stop();
		await this.server.start();
		await this.rest.logIn(this.password);
	}

	/**
	 * What the trigger has handed out.
	 *
	 * @param {Set<number>} known executions that are left out
	 */
	async executions(known) {
		return await this.rest.executions(this.workflowId, this.triggerName, known);
	}

	/** Ends n8n and the simulator, or keeps them from starting. */
	async stop() {
		this.#stopped = true;
		await Promise.all([this.server.stop(), this.simulator?.stop()]);
	}

	/** Ends them at once. */
	async kill() {
		await Promise.all([this.server.kill(), this.simulator?.stop()]);
	}

	async #setUp() {
		// n8n wants a capital letter and a digit.
		this.password = `Demo-${randomBytes(6).toString('hex')}-1`;
		await this.rest.setUpOwner(this.password);
		await fs.writeFile(this.loginFile, JSON.stringify({ password: this.password }), {
			mode: 0o600,
		});
	}

	async #logIn() {
		this.password = JSON.parse(await fs.readFile(this.loginFile, 'utf8')).password;
		await this.rest.logIn(this.password);
	}

	async #saveCredentials() {
		const saved = await this.rest.request('GET', '/credentials');
		for (const credential of Object.values(this.simulator.credentials)) {
			const same = saved.find(
				({ name, type }) => name === credential.name && type === credential.type,
			);
			// The simulator has a new address at each start.
			if (same) await this.rest.request('PATCH', `/credentials/${same.id}`, credential);
			else await this.rest.createCredential(credential);
		}
	}

	async #saveWorkflows() {
		const saved = await this.rest.request('GET', '/workflows');
		const files = (await fs.readdir(inRoot('examples'))).filter((file) => file.endsWith('.json'));
		for (const file of files.sort()) {
			const example = JSON.parse(await fs.readFile(inRoot('examples', file), 'utf8'));
			const there = saved.find(({ name }) => name === example.name);
			const workflow = there ?? (await this.rest.createWorkflow(example));
			if (file !== ACTIVE) continue;
			this.workflowId = workflow.id;
			this.triggerName = example.nodes.find(({ type }) => type === TRIGGER_TYPE).name;
			if (!there?.active) await this.rest.activate(workflow);
		}
		if (!this.workflowId) throw new ProblemError(`examples/${ACTIVE} is missing.`);
	}
}
