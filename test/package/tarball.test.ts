/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, manifest, root, run, temporaryFolder } from './project';

/** What npm would publish, by the path inside the package. */
let files: string[];
const folder = temporaryFolder();
const unpacked = join(folder, 'package');

beforeAll(() => {
	const args = ['pack', '--ignore-scripts', '--pack-destination', folder];
	run('npm', args, root);
	const tarball = `${manifest.name}-${String(manifest.version)}.tgz`;
	run('tar', ['-xzf', tarball], folder);
	files = run('tar', ['-tzf', tarball], folder)
		.trim()
		.split('\n')
		.map((file) => file.replace(/^package\//, ''));
}, 60_000);

it('holds the build and nothing else', () => {
	const outside = files.filter((file) => !file.startsWith('dist/')).sort();
	const optional = ['CHANGELOG.md'].filter((file) => outside.includes(file));
	expect(outside).toEqual([...optional, 'LICENSE', 'README.md', 'index.js', 'package.json'].sort());
});

it('ships code, descriptions and pictures only: no tests, no sources, no leftovers', () => {
	const built = files.filter((file) => file.startsWith('dist/'));
	expect(built.filter((file) => !/\.(js|json|svg|png|d\.ts)$/.test(file))).toEqual([]);
	expect(built.filter((file) => !/^dist\/(nodes|credentials)\//.test(file))).toEqual([]);
	expect(built.filter((file) => /\.(test|spec)\.|__tests__|fixture|\.bak/i.test(file))).toEqual([]);
});

it('holds the schemas of what the operations give', () => {
	const folder = 'nodes/VippsMobilePay/__schema__';
	const schemas = filesBelow(join(root, folder)).map((file) => `dist/${folder}/${file}`);
	expect(files.filter((file) => file.includes('__schema__')).sort()).toEqual(schemas.sort());
	expect(schemas.length).toBeGreaterThan(20);
});

it('mentions no source map, as it ships none', () => {
	for (const file of files.filter((name) => name.endsWith('.js'))) {
		const text = readFileSync(join(unpacked, file), 'utf8');
		expect([file, text.includes('sourceMappingURL')]).toEqual([file, false]);
	}
});

it('holds every node and credential that package.json names, each with its pictures', () => {
	const { nodes, credentials } = manifest.n8n as { nodes: string[]; credentials: string[] };
	for (const file of [...nodes, ...credentials]) {
		expect(files).toContain(file);
		const text = readFileSync(join(unpacked, file), 'utf8');
		const pictures = [...text.matchAll(/'file:([^']+)'/g)].map(([, picture]) => picture);
		for (const picture of pictures) {
			expect([picture, existsSync(join(unpacked, file, '..', picture))]).toEqual([picture, true]);
		}
	}
});
