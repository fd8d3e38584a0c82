/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	NodeHelpers,
	sleep,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type IWebhookData,
	type Workflow,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { createWorld, type World } from './additional-data';
import type { CredentialStore } from './credential-store';
import { packageFolder } from './package';
import { buildWorkflow } from './run-workflow';

export interface WebhookOptions {
	/** The full name of the node type. */
	type: string;
	parameters?: INodeParameters;
	credentials?: CredentialStore;
	name?: string;
	nodeId?: string;
	workflowId?: string;
	/** Part of the address, as n8n gives one to every node with a webhook. */
	webhookId?: string;
	/** n8n's public address, its WEBHOOK_URL; that of the server here when left out. */
	publicUrl?: string;
}

/** What n8n does with what the node hands on, in the place of storing the execution. */
export type Storing = (items: IDataObject[]) => Promise<void> | void;

type Change = Partial<Pick<WebhookOptions, 'parameters' | 'name' | 'webhookId' | 'publicUrl'>>;

/** The ways in which n8n looks up the node's methods. */
const LIFE_CYCLE = 'default';

/** A context is asked for the answer as Express gives it. */
type Answer = ServerResponse & { status(code: number): Answer };

/** Some accesses to the database. */
const STORING_MS = 10;

let workflows = 0;

const failureOf = async (work: Promise<unknown>): Promise<Error | undefined> =>
	await work.then(
		() => undefined,
		(error: Error) => error,
	);

/**
 * A workflow with one webhook trigger behind a real HTTP server, kept as n8n keeps it: a new
 * object of the workflow with the stored static data for each call, hooks on activation, an
 * answer after the execution was stored.
 */
export class WebhookWorkflow {
	/** The `json` of every item that an execution was started with, in order. */
	readonly started: IDataObject[] = [];
	/** The messages of executions that failed before they began. */
	readonly failed: string[] = [];
	storing: Storing = () => {};

	private saved = '{}';
	/** While a test run in the editor listens: its own static data. */
	private test: IDataObject | undefined;

	private constructor(
		private options: WebhookOptions,
		private readonly world: World,
		private readonly server: Server,
		private nodeType: INodeType,
	) {}

	static async start(options: WebhookOptions): Promise<WebhookWorkflow> {
		const world = await createWorld({ credentials: options.credentials });
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		running.add(server);
		const workflowId = options.workflowId ?? `webhook-workflow-${++workflows}`;
		const workflow = new WebhookWorkflow(
			{ ...options, workflowId },
			world,
			server,
			world.nodeTypes.getByNameAndVersion(options.type),
		);
		server.on('request', (request, response) => void workflow.serve(request, response as Answer));
		return workflow;
	}

	/** Where the server really is; the public address may be another one. */
	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	/** The address that is registered; of a test run, the other one. */
	url(isTest = false): string {
		const workflow = this.build();
		const webhookPath = this.nodeType.description.webhooks?.[0].path ?? '';
		return NodeHelpers.getNodeWebhookUrl(
			`${this.base}/${isTest ? 'webhook-test' : 'webhook'}`,
			workflow.id,
			this.nodeOf(workflow),
			webhookPath,
		);
	}

	/** What has been written down: the node's part, a plain copy. */
	get staticData(): IDataObject {
		return ((JSON.parse(this.saved) as IDataObject)[this.key] ?? {}) as IDataObject;
	}

	/** Puts other static data in its place, as a restored database or a copied workflow has. */
	set staticData(data: IDataObject) {
		const all = JSON.parse(this.saved) as IDataObject;
		this.saved = JSON.stringify({ ...all, [this.key]: data });
	}

	/** As n8n does it: looks, creates, saves; takes everything back and throws when that fails. */
	async activate(mode: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.build();
		const error = await failureOf(this.createIfNotExists(workflow, mode, false));
		if (error === undefined) return this.save(workflow);
		await this.deactivate();
		// A start of n8n tries again later; a user's activation is taken back twice.
		if (mode !== 'init') await this.deactivate();
		throw error;
	}

	async deactivate(): Promise<void> {
		const workflow = this.build();
		await this.call('delete', workflow, 'update', false);
		this.save(workflow);
	}

	/** Publishes a changed version of the active workflow: the old one goes, the new one comes. */
	async publish(change: Change = {}): Promise<void> {
		await this.deactivate();
		this.change(change);
		await this.activate('update');
	}

	/** Changes the workflow without n8n's telling the node. */
	change(change: Change): void {
		const known = this.key;
		this.options = { ...this.options, ...change };
		// A renamed node has no static data; the old node's stays where it was.
		if (this.key !== known) this.saved = JSON.stringify({ ...JSON.parse(this.saved) });
	}

	/** The process ends and another one starts: what was in memory is gone, what was saved is there. */
	async restart(): Promise<void> {
		const file = join(packageFolder, 'dist', 'nodes', ...nodeFile(this.options.type));
		await jest.isolateModulesAsync(async () => {
			const module = (await import(file)) as Record<string, unknown>;
			const NodeType = Object.values(module).find((one) => typeof one === 'function');
			this.nodeType = new (NodeType as new () => INodeType)();
		});
		await this.activate('init');
	}

	/** Listens for a test event, as the editor does. */
	async listen(): Promise<void> {
		const workflow = this.build({});
		const error = await failureOf(this.createIfNotExists(workflow, 'manual', true));
		this.test = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		if (error === undefined) return;
		await this.stopListening();
		throw error;
	}

	async stopListening(): Promise<void> {
		const workflow = this.build(this.test ?? {});
		this.test = undefined;
		await this.call('delete', workflow, 'update', true);
	}

	private get base(): string {
		return this.options.publicUrl ?? `http://127.0.0.1:${this.port}`;
	}

	private get name(): string {
		return this.options.name ?? 'Vipps MobilePay Webhook Trigger';
	}

	private get key(): string {
		return `node:${this.name}`;
	}

	private nodeOf(workflow: Workflow): INode {
		return workflow.nodes[this.name];
	}

	private build(staticData = JSON.parse(this.saved) as IDataObject): Workflow {
		const { type, parameters = {}, nodeId = 'trigger-1', workflowId, webhookId } = this.options;
		this.world.additionalData.webhookBaseUrl = `${this.base}/webhook`;
		this.world.additionalData.webhookTestBaseUrl = `${this.base}/webhook-test`;
		return buildWorkflow(
			{
				id: workflowId,
				nodes: [
					{
						id: nodeId,
						name: this.name,
						type,
						typeVersion: 1,
						position: [0, 0],
						parameters,
						webhookId: webhookId ?? '5f4c1c0e-8d5b-4d27-9f1a-3c1f0a6f2b11',
					},
				],
				connections: {},
				staticData,
			},
			this.world,
		);
	}

	/** n8n writes static data down only if its watcher has seen a change. */
	private save(workflow: Workflow): void {
		const staticData = workflow.staticData as IDataObject & { __dataChanged?: boolean };
		if (staticData.__dataChanged === true) this.saved = JSON.stringify(staticData);
	}

	private webhookData(workflow: Workflow, isTest: boolean): IWebhookData {
		const [webhookDescription] = this.nodeType.description.webhooks ?? [];
		return {
			httpMethod: 'POST',
			node: this.name,
			path: NodeHelpers.getNodeWebhookPath(
				workflow.id,
				this.nodeOf(workflow),
				webhookDescription.path,
			),
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: this.world.additionalData,
			isTest,
		};
	}

	private async createIfNotExists(
		workflow: Workflow,
		mode: WorkflowActivateMode,
		isTest: boolean,
	): Promise<void> {
		if (await this.call('checkExists', workflow, mode, isTest)) return;
		await this.call('create', workflow, mode, isTest);
	}

	private async call(
		method: 'checkExists' | 'create' | 'delete',
		workflow: Workflow,
		activation: WorkflowActivateMode,
		isTest: boolean,
	): Promise<boolean> {
		const mode = method === 'delete' ? 'internal' : isTest ? 'manual' : 'trigger';
		const context = new HookContext(
			workflow,
			this.nodeOf(workflow),
			this.world.additionalData,
			mode,
			activation,
			this.webhookData(workflow, isTest),
		);
		const hook = this.nodeType.webhookMethods?.[LIFE_CYCLE]?.[method];
		return await workflow.expression.withIsolate(async () => (await hook?.call(context)) === true);
	}

	private async serve(request: IncomingMessage, response: Answer): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const rawBody = Buffer.concat(chunks);
		response.status = (code) => Object.assign(response, { statusCode: code });
		const answer = (status: number, body: string) => {
			if (!response.headersSent) response.status(status).end(body);
		};
		const isTest = request.url?.startsWith('/webhook-test/') === true;
		if (isTest && !this.test) return answer(404, 'This webhook is not registered');

		const type = request.headers['content-type'] ?? '';
		let body: unknown = {};
		try {
			if (type.startsWith('application/json') && rawBody.length > 0) {
				body = JSON.parse(rawBody.toString());
			}
		} catch {
			return answer(422, 'Failed to parse request body');
		}
		const isForm = type.startsWith('multipart/');
		Object.assign(request, { body, params: {}, query: {}, ...(!isForm && { rawBody }) });
		await this.execute(request, response, answer, isTest);
	}

	private async execute(
		request: IncomingMessage,
		response: Answer,
		answer: (status: number, body: string) => void,
		isTest: boolean,
	): Promise<void> {
		const workflow = this.build(isTest ? {} : undefined);
		if (isTest && this.test) workflow.setTestStaticData(this.test);
		const additionalData = {
			...this.world.additionalData,
			httpRequest: request as never,
			httpResponse: response as never,
		};
		const context = new WebhookContext(
			workflow,
			this.nodeOf(workflow),
			additionalData,
			isTest ? 'manual' : 'webhook',
			this.webhookData(workflow, isTest),
			[],
			null,
		);
		try {
			const result = await workflow.expression.withIsolate(
				async () => await this.nodeType.webhook!.call(context),
			);
			const items = result.workflowData?.[0].map(({ json }) => json);
			if (items) {
				// n8n 2.41 puts another workflow around it, which thereby counts as not changed, and
				// only then goes to the database.
				Object.defineProperty(workflow.staticData, '__dataChanged', { value: false });
				await sleep(STORING_MS);
				const plain = JSON.parse(JSON.stringify(items)) as IDataObject[];
				await this.storing(plain);
				this.started.push(...plain);
			}
			if (result.noWebhookResponse === true) return;
			if (!isTest) this.save(workflow);
			answer(200, String(result.webhookResponse ?? 'Workflow was started'));
		} catch (error) {
			this.failed.push((error as Error).message);
			answer(500, 'Workflow could not be started');
		}
	}
}

const running = new Set<Server>();

/** Ends every server of a webhook that is still running. */
export async function stopWebhooks(): Promise<void> {
	for (const server of running) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
	running.clear();
}

/** The path of a node's class below `dist/nodes/`. */
function nodeFile(type: string): string[] {
	const name = type.split('.')[1];
	const folder = name[0].toUpperCase() + name.slice(1);
	return [folder, `${folder}.node.js`];
}
