import { promises as fs } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inRoot } from '../lib/paths.mjs';
import { lint } from './lint.mjs';

/** What of the clone the checks look at, besides the packed package. */
const REPOSITORY_PARTS = [
	'package.json',
	'README.md',
	'eslint.config.mjs',
	'nodes',
	'credentials',
	'examples',
	'.github/workflows/publish.yml',
];

/**
 * @typedef {object} Subject What the checks look at
 * @property {string} packed folder of the unpacked tarball
 * @property {string} repository folder with the sources
 * @property {string[]} files the tarball's files, with forward slashes
 * @property {string[]} sources files below nodes/ and credentials/ in the repository
 * @property {Record<string, any>} manifest the packed package.json
 * @property {Array<{ file: string, name: string, type: any, description: any, codex?: any }>} nodes
 * @property {Array<{ file: string, name: string, type: any }>} credentials
 * @property {string[]} notLoaded why classes that package.json names could not be loaded
 * @property {() => Promise<{ rules: Set<string>, findings: Array<{ file: string, rule: string, message: string }> }>} lint
 * @property {(file: string) => Promise<string>} packedText
 * @property {(file: string) => Promise<string>} sourceText
 * @property {(file: string) => any} load a packed file, as n8n would
 */

/**
 * Copies what the checks look at of the clone.
 *
 * @param {string} folder is made
 */
export async function copyRepository(folder) {
	for (const part of REPOSITORY_PARTS) {
		await fs.cp(inRoot(part), path.join(folder, part), { recursive: true });
	}
}

/**
 * Loads a packed package and its sources.
 *
 * @param {{ packed: string, repository: string, cli: string }} folders cli: the installation of n8n's linter
 * @returns {Promise<Subject>}
 */
export async function loadSubject({ packed, repository, cli }) {
	await provideN8n(packed);
	const require = createRequire(path.join(packed, 'package.json'));
	const text = async (folder, file) => await fs.readFile(path.join(folder, file), 'utf8');
	const manifest = JSON.parse(await text(packed, 'package.json'));
	const notLoaded = [];
	const classesOf = (files, suffix) => {
		const found = [];
		for (const file of [files ?? []].flat()) {
			const name = path.basename(file, suffix);
			try {
				found.push({ file, name, type: new (require(`./${file}`)[name])() });
			} catch (error) {
				notLoaded.push(`${file}: ${error.message.split('\n')[0]}`);
			}
		}
		return found;
	};
	const nodes = classesOf(manifest.n8n?.nodes, '.node.js');
	for (const node of nodes) {
		node.description = node.type.description;
		const codex = await text(packed, node.file.replace(/\.js$/, '.json')).catch(() => undefined);
		node.codex = codex && JSON.parse(codex);
	}
	let linted;
	return {
		packed,
		repository,
		manifest,
		nodes,
		credentials: classesOf(manifest.n8n?.credentials, '.credentials.js'),
		notLoaded,
		files: (await filesBelow(packed)).filter((file) => !file.startsWith('node_modules/')),
		sources: (
			await Promise.all(
				['nodes', 'credentials'].map(async (folder) =>
					(await filesBelow(path.join(repository, folder))).map((file) => `${folder}/${file}`),
				),
			)
		).flat(),
		lint: async () => await (linted ??= lint({ packed, repository, cli })),
		packedText: async (file) => await text(packed, file),
		sourceText: async (file) => await text(repository, file),
		load: (file) => require(`./${file}`),
	};
}

/** n8n's own module is all that a package finds where n8n has installed it. */
async function provideN8n(packed) {
	const place = path.join(packed, 'node_modules', 'n8n-workflow');
	await fs.mkdir(path.dirname(place), { recursive: true });
	const module = await fs.realpath(inRoot('node_modules', 'n8n-workflow'));
	await fs.symlink(module, place, 'junction').catch((error) => {
		if (error.code !== 'EEXIST') throw error;
	});
}

async function filesBelow(folder) {
	const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
		.map((file) => file.split(path.sep).join('/'))
		.sort();
}
