import { randomBytes } from 'node:crypto';
import { promises as fs, existsSync } from 'node:fs';
import path from 'node:path';
import { installPackage } from '../../e2e/lib/install.mjs';
import { Rest } from '../../e2e/lib/rest.mjs';
import { N8nServer } from '../../e2e/lib/server.mjs';
import { Simulator } from '../../e2e/lib/simulator.mjs';
import { expectedItems } from '../../e2e/lib/truth.mjs';
import { inRoot } from '../lib/paths.mjs';
import { ProblemError } from '../lib/problem.mjs';
import { makeReady } from './ready.mjs';

/** The examples that are switched on, by the kind of keys that they use. */
const ACTIVE = { accounting: 'new-entries.json', merchant: 'own-ledger.json' };
const TRIGGER_TYPE = 'n8n-nodes-vippsmobilepay.vippsMobilePayTrigger';

/** The simulator and n8n with everything in it, as `npm start` shows them. */
export class DemoWorld {
	/** The examples that a person starts: `{ name, url }` of each in the editor. */
	byHand = [];
	#stopped = false;
	/** Workflow and node of the active triggers, by the kind of keys. */
	#triggers = {};

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
		await makeReady(this.simulator);
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
	 * What the triggers have handed out, each execution with the kind of keys it came by.
	 *
	 * @param {Set<number>} known executions that are left out
	 */
	async executions(known) {
		const ofEach = Object.entries(this.#triggers).map(async ([keys, { workflowId, node }]) => {
			const executions = await this.rest.executions(workflowId, node, known);
			return executions.map((execution) => ({ ...execution, keys }));
		});
		return (await Promise.all(ofEach)).flat().sort((a, b) => a.id - b.id);
	}

	/** What the trigger with one kind of keys has to hand out. */
	async expected(keys) {
		return expectedItems(await this.simulator.truth(), keys, this.simulator.credentials[keys].data);
	}

	/** The kinds of keys that a trigger runs with. */
	get kinds() {
		return Object.keys(ACTIVE);
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
			const keys = this.kinds.find((kind) => ACTIVE[kind] === file);
			if (!keys) {
				const { name, id } = workflow;
				this.byHand.push({ name, url: `${this.server.url}/workflow/${id}` });
				continue;
			}
			const { name: node } = example.nodes.find(({ type }) => type === TRIGGER_TYPE);
			this.#triggers[keys] = { workflowId: workflow.id, node };
			if (!there?.active) await this.rest.activate(workflow);
		}
		const missing = this.kinds.filter((kind) => !this.#triggers[kind]);
		if (missing.length > 0) throw new ProblemError(`examples/${ACTIVE[missing[0]]} is missing.`);
	}
}
