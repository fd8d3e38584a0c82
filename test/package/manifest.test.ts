/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, manifest, root, shippedSources } from './project';

const n8n = manifest.n8n as {
	n8nNodesApiVersion: number;
	strict: boolean;
	nodes: string[];
	credentials: string[];
};

/** What n8n asks of a community package's package.json before it verifies the package. */
describe('package.json', () => {
	it('is that of an n8n community package by somebody', () => {
		expect(manifest.name).toMatch(/^n8n-nodes-/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.author).toEqual({ name: expect.any(String), email: expect.any(String) });
		expect(manifest.version).toMatch(/^\d+\.\d+\.\d+$/);
		for (const field of ['description', 'homepage']) expect(manifest[field]).toBeTruthy();
		const { url } = manifest.repository as { url: string };
		expect(url).toMatch(/^git\+https:\/\/github\.com\/.+\.git$/);
	});

	it('names every node and credential there is, in dist/', () => {
		const built = (suffix: string) =>
			shippedSources()
				.filter((file) => file.endsWith(suffix))
				.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`)
				.sort();
		expect(Number.isInteger(n8n.n8nNodesApiVersion) && n8n.n8nNodesApiVersion > 0).toBe(true);
		expect([...n8n.nodes].sort()).toEqual(built('.node.ts'));
		expect([...n8n.credentials].sort()).toEqual(built('.credentials.ts'));
	});

	it('is strict, with the unchanged lint rules of n8n', () => {
		expect(n8n.strict).toBe(true);
		const config = readFileSync(join(root, 'eslint.config.mjs'), 'utf8');
		expect(config.replace(/\s+/g, ' ').trim()).toBe(
			"import { config } from '@n8n/node-cli/eslint'; export default config;",
		);
	});

	it('ships dist/, has no overrides and runs nothing when it is installed', () => {
		expect(manifest.files).toEqual(['dist']);
		expect(manifest).not.toHaveProperty('overrides');
		const atInstallation = /^(pre|post)?(install|prepare)$|^prepublish$/;
		expect(
			Object.keys(manifest.scripts as object).filter((name) => atInstallation.test(name)),
		).toEqual([]);
	});

	it('needs nothing but n8n itself', () => {
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(manifest.optionalDependencies ?? {}).toEqual({});
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('pins its development dependencies', () => {
		const versions = Object.values(manifest.devDependencies as Record<string, string>);
		expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
	});
});

describe('the codex file beside each node', () => {
	it.each(n8n.nodes)('%s', (node) => {
		const file = join(root, node.replace(/^dist\//, '').replace(/\.js$/, '.json'));
		expect(existsSync(file)).toBe(true);
		const codex = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
		expect(codex.node).toBe(manifest.name);
		expect(codex.categories).toContain('Finance & Accounting');
	});
});

it('has no node_modules in the tree, whose pictures n8n-node build would copy', () => {
	for (const folder of ['e2e', 'tools', 'simulator', 'bench', 'examples', 'docs']) {
		expect(
			filesBelow(join(root, folder)).filter((file) => /(^|\/)node_modules\//.test(file)),
		).toEqual([]);
	}
});
