import type { INode } from 'n8n-workflow';
import {
	fixtureFolder,
	fixturePassword,
	startFixtureServer,
	type FixtureServer,
} from './fixture/server';
import { runWorkflow, storeCredentials, type WorkflowFile } from './index';

const folder = fixtureFolder;

let server: FixtureServer;

beforeEach(async () => {
	server = await startFixtureServer();
	server.entries.push({ id: 1, kind: 'a' }, { id: 2, kind: 'b' });
});

afterEach(async () => await server.close());

function node(name: string, type: string, parameters: INode['parameters'] = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}

const connection = (name: string) => ({
	main: [[{ node: name, type: 'main' as const, index: 0 }]],
});

const workflow: WorkflowFile = {
	nodes: [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node('Fetch', 'n8n-nodes-fixture.fixture', { path: '={{ $json.path }}' }),
		node('Table', 'n8n-nodes-base.someTable'),
		node('End', 'n8n-nodes-base.noOp'),
		node('Note', 'n8n-nodes-base.stickyNote'),
	],
	connections: {
		Start: connection('Fetch'),
		Fetch: connection('Table'),
		Table: connection('End'),
	},
	pinData: { Start: [{ json: { path: '/entries' } }] },
};

it('runs a workflow file from its trigger, with pinned data, to its end', async () => {
	const credentials = await storeCredentials({
		fixtureApi: { baseUrl: server.url, password: fixturePassword },
	});
	const { error, itemsOf } = await runWorkflow(workflow, {
		folder,
		credentials,
		passThrough: ['n8n-nodes-base.someTable'],
	});
	expect(error).toBeUndefined();
	expect(itemsOf('End').map(({ json }) => json.body)).toEqual([{ entries: server.entries }]);
	expect(itemsOf('Note')).toEqual([]);
});

it('names a node type that it does not have', async () => {
	await expect(runWorkflow(workflow, { folder })).rejects.toThrow(/n8n-nodes-base\.someTable/);
});

it('gives the error of a node without its credential', async () => {
	const { error } = await runWorkflow(workflow, {
		folder,
		passThrough: ['n8n-nodes-base.someTable'],
	});
	expect(error).toMatchObject({ message: expect.stringContaining('credentials') });
});
