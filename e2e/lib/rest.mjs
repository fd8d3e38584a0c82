import { parseFlatted } from './flatted.mjs';

/** The log-in of an n8n that lives on this computer only and holds made-up data. */
export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Vipps',
	lastName: 'MobilePay',
};

/** n8n's own API, used as its editor uses it. */
export class Rest {
	#cookie = '';

	/** @param {string} url the editor's address */
	constructor(url) {
		this.url = url;
	}

	/**
	 * One request.
	 *
	 * @param {string} method
	 * @param {string} path below /rest
	 * @param {unknown} [body] sent as JSON
	 * @returns {Promise<any>} the answer's `data`
	 */
	async request(method, path, body) {
		const response = await this.fetch(`/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const cookie = response.headers.get('set-cookie');
		if (cookie) this.#cookie = cookie.split(';')[0];
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n: ${method} ${path} gave ${response.status}: ${text}`);
		return JSON.parse(text).data;
	}

	/**
	 * A request with the log-in's cookie.
	 *
	 * @param {string} path
	 * @param {RequestInit} [init]
	 */
	async fetch(path, init = {}) {
		return await fetch(`${this.url}${path}`, {
			...init,
			headers: { ...init.headers, ...(this.#cookie ? { cookie: this.#cookie } : {}) },
		});
	}

	/** Makes the owner's account of a new n8n, and is logged in with it. */
	async setUpOwner(password) {
		await this.request('POST', '/owner/setup', { ...OWNER, password });
	}

	/** Logs in as the owner. */
	async logIn(password) {
		await this.request('POST', '/login', { emailOrLdapLoginId: OWNER.email, password });
	}

	/**
	 * Saves a credential.
	 *
	 * @param {{ name: string, type: string, data: object }} credential
	 * @returns {Promise<string>} its id
	 */
	async createCredential(credential) {
		return (await this.request('POST', '/credentials', credential)).id;
	}

	/**
	 * What the button "Test" of a saved credential says.
	 *
	 * @param {{ id: string, name: string, type: string, data: object }} credential
	 * @returns {Promise<{ status: 'OK' | 'Error', message: string }>}
	 */
	async testCredential(credential) {
		return await this.request('POST', '/credentials/test', { credentials: credential });
	}

	/**
	 * Saves a workflow, inactive.
	 *
	 * @param {object} workflow as exported from the editor
	 * @returns {Promise<{ id: string, versionId: string }>}
	 */
	async createWorkflow(workflow) {
		return await this.request('POST', '/workflows', { ...workflow, active: false });
	}

	/**
	 * Switches a workflow on; the first poll happens before this comes back.
	 *
	 * @param {{ id: string, versionId: string }} workflow
	 */
	async activate({ id, versionId }) {
		return await this.request('POST', `/workflows/${id}/activate`, { versionId });
	}

	/**
	 * Switches a workflow off.
	 *
	 * @param {{ id: string }} workflow
	 */
	async deactivate({ id }) {
		return await this.request('POST', `/workflows/${id}/deactivate`, {});
	}

	/**
	 * Saves a workflow anew. One that is active goes on as it was published until it is activated again.
	 *
	 * @param {{ id: string, versionId: string }} workflow
	 * @param {object} content what changes of it
	 * @returns {Promise<{ id: string, versionId: string }>}
	 */
	async updateWorkflow({ id, versionId }, content) {
		return await this.request('PATCH', `/workflows/${id}`, { ...content, versionId });
	}

	/**
	 * Starts a workflow as the button "Execute workflow" does.
	 *
	 * @param {string} workflowId
	 * @param {string} trigger the node to start from
	 * @returns {Promise<string>} the id of the execution
	 */
	async run(workflowId, trigger) {
		const body = { triggerToStartFrom: { name: trigger } };
		return (await this.request('POST', `/workflows/${workflowId}/run`, body)).executionId;
	}

	/**
	 * How far an execution has come. While it runs, n8n has not saved what its nodes gave.
	 *
	 * @param {string} id
	 * @returns {Promise<{ status: string, error?: string, runData: Record<string, object[]>, itemsOf: (node: string) => object[] }>}
	 */
	async execution(id) {
		const { status, data } = await this.request('GET', `/executions/${id}`);
		const { runData = {}, error } = parseFlatted(data)?.resultData ?? {};
		return { status, error: error?.message, runData, itemsOf: (node) => itemsIn(runData, node) };
	}

	/**
	 * The executions of a workflow that have ended, oldest first, with the items that one of its nodes gave.
	 *
	 * @param {string} workflowId
	 * @param {string} node
	 * @param {Set<number>} [known] executions that are left out
	 * @returns {Promise<Array<{ id: number, status: string, mode: string, stoppedAt: string, items: object[], error?: string }>>}
	 */
	async executions(workflowId, node, known = new Set()) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.request('GET', `/executions?filter=${filter}&limit=100`);
		const ended = results.filter(({ id, stoppedAt }) => stoppedAt && !known.has(Number(id)));
		const details = ended.sort((a, b) => a.id - b.id).map((one) => this.#withItems(one, node));
		return await Promise.all(details);
	}

	async #withItems({ id, status, mode, stoppedAt }, node) {
		const { error, itemsOf } = await this.execution(id);
		return { id: Number(id), status, mode, stoppedAt, items: itemsOf(node), error };
	}
}

/** What a node gave on its first output, over all of its runs. */
const itemsIn = (runData, node) =>
	(runData[node] ?? []).flatMap((run) => (run.data?.main?.[0] ?? []).map(({ json }) => json));
