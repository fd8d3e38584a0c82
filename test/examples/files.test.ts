/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers, type INode } from 'n8n-workflow';
import { loadPackage, packageFolder, type LoadedPackage, type WorkflowFile } from '../harness';
import { exampleFiles, readExample } from './example';

const files = exampleFiles();
const OWN = 'n8n-nodes-vippsmobilepay.';

let loaded: LoadedPackage;

beforeAll(async () => {
	loaded = await loadPackage();
});

const ownNodes = ({ nodes }: WorkflowFile): INode[] =>
	nodes.filter(({ type }) => type.startsWith(OWN));

const descriptionOf = ({ type, typeVersion }: INode) =>
	NodeHelpers.getVersionedNodeType(loaded.nodes[type], typeVersion).description;

it('lists every example in the README', () => {
	const readme = readFileSync(join(packageFolder, 'README.md'), 'utf8');
	expect(files.length).toBeGreaterThan(0);
	expect(files.filter((file) => !readme.includes(`(examples/${file})`))).toEqual([]);
});

describe.each(files)('%s', (file) => {
	const example = readExample(file);

	it('holds nodes of this package and of n8n itself, and says what it is for', () => {
		for (const { type } of example.nodes) {
			expect(type).toMatch(/^n8n-nodes-(vippsmobilepay|base)\./);
		}
		expect(example.nodes.map(({ type }) => type)).toContain('n8n-nodes-base.stickyNote');
	});

	it('names its credentials and holds none', () => {
		expect(ownNodes(example).length).toBeGreaterThan(0);
		for (const { credentials } of ownNodes(example)) {
			for (const { id, name } of Object.values(credentials ?? {})) {
				expect(id).toBeNull();
				expect(name).toMatch(/^Vipps MobilePay /);
			}
		}
		expect(example.pinData).toEqual({});
		expect(Object.keys(example).sort()).toEqual([
			'connections',
			'name',
			'nodes',
			'pinData',
			'settings',
		]);
	});

	it('fills in fields that the nodes show, and all that they require', () => {
		for (const node of ownNodes(example)) {
			const description = descriptionOf(node);
			const shown = NodeHelpers.getNodeParameters(
				description.properties,
				node.parameters,
				true,
				false,
				node,
				description,
			);
			expect(shown).toMatchObject(node.parameters);
			const issues = NodeHelpers.getNodeParametersIssues(description.properties, node, description);
			expect(issues).toBeNull();
			const [credential] = Object.keys(node.credentials ?? {});
			const declared = description.credentials?.find(({ name }) => name === credential);
			expect(
				declared && NodeHelpers.displayParameter(node.parameters, declared, node, description),
			).toBe(true);
		}
	});

	it('connects nodes that exist', () => {
		const names = example.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(example.nodes.map(({ id }) => id)).size).toBe(names.length);
		for (const [from, { main }] of Object.entries(example.connections)) {
			expect(names).toContain(from);
			for (const { node } of main.flatMap((output) => output ?? [])) expect(names).toContain(node);
		}
		const named = JSON.stringify(example).matchAll(/\$\('([^']+)'\)/g);
		for (const [, name] of named) expect(names).toContain(name);
	});
});
