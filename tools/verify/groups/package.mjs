import { parse } from 'yaml';
import { lintProblems } from '../lint.mjs';
import { NotApplicable, unless } from '../line.mjs';
import { operationsOf, textsOf } from '../properties.mjs';

const AT_INSTALLATION = /^(pre|post)?(install|prepare)$|^prepublish$/;
const LINT_CONFIG = "import { config } from '@n8n/node-cli/eslint'; export default config;";

/** A README needs a heading that fits each of these. */
const SECTIONS = {
	installation: /^installation/i,
	operations: /^operations/i,
	credentials: /^credentials/i,
	compatibility: /^compatibility/i,
	usage: /\busage\b|\bfirst workflow\b/i,
	resources: /^resources/i,
	'version history': /^version history/i,
	'example workflows': /^examples/i,
};

/** The hundredth part of a krone has no English name. */
const UNITS = /øre/gi;

/** Latin letters of English and the signs that its texts use; no letter of another alphabet. */
const ENGLISH = /^[\x20-\x7e\n§©–—‘’“”…→×−≥≤·]*$/;

/** The operations that no row of a table in the README names. */
function missingOperations(nodes, readme) {
	const rows = [...readme.matchAll(/^\| ([^|]+?) +\| ([^|]+?) +\|/gm)].map(
		([, resource, names]) => [resource, names.split(', ')],
	);
	return nodes
		.flatMap(({ description }) => operationsOf(description))
		.filter(
			({ resourceName, option }) =>
				!rows.some(([resource, names]) => resource === resourceName && names.includes(option.name)),
		)
		.map(({ resourceName, option }) => `the README does not name ${resourceName}: ${option.name}`);
}

/** @type {import('../line.mjs').Line[]} */
export const packageLines = [
	{
		id: 'P1',
		text: 'package.json names the package, its licence (MIT), homepage, repository and an author with an e-mail address, with nothing left from a template',
		check: async (subject) => {
			const { name, keywords, license, author, version, homepage, repository, description } =
				subject.manifest;
			return [
				...unless(/^(@[^/]+\/)?n8n-nodes-./.test(name), `the name is ${name}`),
				...unless(
					keywords?.includes('n8n-community-node-package'),
					'the keyword n8n-community-node-package is missing',
				),
				...unless(license === 'MIT', `the licence is ${license}`),
				...unless(author?.name && /@/.test(author?.email), 'the author has no name or no e-mail'),
				...unless(/^\d+\.\d+\.\d+$/.test(version), `the version is ${version}`),
				...unless(homepage?.startsWith('https://'), 'the homepage is no web address'),
				...unless(description, 'there is no description'),
				...unless(/^git\+https:\/\//.test(repository?.url), 'the repository has no address'),
				...(await lintProblems(
					subject,
					'package-name-convention',
					'valid-author',
					'require-homepage',
					'require-version',
					'valid-description',
					'no-template-placeholders',
					/community-package-json-(name|author|description|license|repository|keywords|version)/,
				)),
			];
		},
	},
	{
		id: 'P2',
		text: 'the `n8n` section has an API version and names all nodes and credentials that there are, in dist/, where they are and can be loaded',
		check: async (subject) => {
			const { n8nNodesApiVersion: api, nodes = [], credentials = [] } = subject.manifest.n8n ?? {};
			const named = [...nodes, ...credentials];
			const there = subject.sources
				.filter((file) => /\.(node|credentials)\.ts$/.test(file))
				.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
			return [
				...unless(Number.isInteger(api) && api > 0, `n8nNodesApiVersion is ${api}`),
				...unless(nodes.length > 0, 'no node is named'),
				...named
					.filter((file) => !file.startsWith('dist/'))
					.map((file) => `${file} is not in dist/`),
				...named
					.filter((file) => !subject.files.includes(file))
					.map((file) => `${file} is not in the package`),
				...there.filter((file) => !named.includes(file)).map((file) => `${file} is not named`),
				...subject.notLoaded,
				...(await lintProblems(subject, 'n8n-object-validation', 'node-registration-complete')),
			];
		},
	},
	{
		id: 'P3',
		text: "strict mode is on and n8n's lint rules are unchanged, as n8n's cloud asks for",
		check: async ({ manifest, sourceText }) => {
			const config = (await sourceText('eslint.config.mjs')).replace(/\s+/g, ' ').trim();
			return [
				...unless(manifest.n8n?.strict === true, 'n8n.strict is not true'),
				...unless(config === LINT_CONFIG, 'eslint.config.mjs is not the default'),
			];
		},
	},
	{
		id: 'P4',
		text: 'only dist/ is shipped, no dependency is overridden, and nothing runs at the installation',
		check: async (subject) => {
			const { files = [], overrides, scripts = {} } = subject.manifest;
			const beside = /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|index\.js|dist\/.+)$/;
			return [
				...unless(files.length > 0, '`files` is empty'),
				...unless(overrides === undefined, 'there are overrides'),
				...Object.keys(scripts)
					.filter((name) => AT_INSTALLATION.test(name))
					.map((name) => `the script ${name} would run at the installation`),
				...subject.files.filter((file) => !beside.test(file)).map((file) => `${file} is shipped`),
				...(await lintProblems(
					subject,
					'require-files-array',
					'no-overrides-field',
					'no-forbidden-lifecycle-scripts',
				)),
			];
		},
	},
	{
		id: 'P5',
		text: 'there is no runtime dependency; the only peer is n8n-workflow in any version',
		check: async (subject) => {
			const { manifest } = subject;
			const kinds = ['dependencies', 'optionalDependencies', 'bundledDependencies'];
			return [
				...kinds
					.filter((kind) => Object.keys(manifest[kind] ?? {}).length > 0)
					.map((kind) => `${kind} is not empty`),
				...unless(
					JSON.stringify(manifest.peerDependencies) === '{"n8n-workflow":"*"}',
					'peerDependencies is not { "n8n-workflow": "*" }',
				),
				...(await lintProblems(subject, 'no-runtime-dependencies', 'valid-peer-dependencies')),
			];
		},
	},
	{
		id: 'P6',
		text: 'all nodes are for one service, each in a folder of its own under a name of its own',
		check: ({ nodes, credentials }) => {
			const folders = nodes.map(({ file }) => file.replace(/\/[^/]+$/, ''));
			const names = nodes.map(({ description }) => description.name);
			const foreign = [
				...nodes.map(({ description }) => description),
				...credentials.map(({ type }) => type),
			];
			return [
				...unless(new Set(folders).size === nodes.length, 'two nodes share a folder'),
				...unless(new Set(names).size === nodes.length, 'two nodes share a name'),
				...nodes
					.filter(({ file, name }) => !file.includes(`/${name}/`))
					.map(({ file }) => `${file} is not in a folder of its name`),
				...foreign
					.filter(({ displayName }) => !displayName.startsWith('Vipps MobilePay'))
					.map(({ displayName }) => `"${displayName}" is for another service`),
			];
		},
	},
	{
		id: 'P7',
		text: 'the package is published from its public repository by GitHub Actions with provenance and without a stored token, after lint and tests',
		check: async ({ manifest, sourceText }) => {
			const url = manifest.repository?.url ?? '';
			const text = await sourceText('.github/workflows/publish.yml');
			const workflow = parse(text);
			const jobs = Object.values(workflow.jobs ?? {});
			const publishing = jobs.find(({ steps }) => steps.some(({ run }) => /npm publish/.test(run)));
			const commands = (publishing?.steps ?? []).map(({ run = '' }) => run);
			const at = commands.findIndex((run) => /npm publish/.test(run));
			const before = (command) => commands.slice(0, Math.max(at, 0)).includes(command);
			const token = { ...workflow.permissions, ...publishing?.permissions }['id-token'];
			return [
				...unless(
					/^git\+https:\/\/github\.com\/[^/]+\/[^/]+\.git$/.test(url),
					`${url} is no repository at GitHub`,
				),
				...unless(
					manifest.homepage?.startsWith(url.replace(/^git\+|\.git$/g, '')),
					'the homepage is not that of the repository',
				),
				...unless(workflow.on?.push?.tags?.length > 0, 'no tag starts the publication'),
				...unless(
					/^ubuntu-|^windows-|^macos-/.test(publishing?.['runs-on']),
					'not on a machine of GitHub',
				),
				...unless(token === 'write', 'id-token: write is missing'),
				...unless(commands[at]?.includes('--provenance'), 'npm publish lacks --provenance'),
				...unless(
					before('npm run lint') && before('npm test'),
					'lint and tests do not come before',
				),
				...unless(before('npm run build'), 'the build does not come before'),
				...unless(!/secrets\.|NPM_TOKEN|NODE_AUTH_TOKEN/.test(text), 'it uses a stored token'),
			];
		},
	},
	{
		id: 'P8',
		text: "the editor's texts are in English; the README has all sections that n8n asks for, every operation, and example workflows",
		check: async ({ nodes, packedText }) => {
			const readme = await packedText('README.md');
			const headings = [...readme.matchAll(/^#{1,3} (.+)$/gm)].map(([, heading]) => heading);
			const foreign = nodes.flatMap((node) =>
				[...textsOf(node)]
					.filter(({ text }) => !ENGLISH.test(text.replaceAll(UNITS, '')))
					.map(({ path, text }) => `${node.name}: ${path} is not English: ${text}`),
			);
			return [
				...Object.entries(SECTIONS)
					.filter(([, fits]) => !headings.some((heading) => fits.test(heading)))
					.map(([section]) => `the README has no section ${section}`),
				...unless(/\(examples\/[^)]+\.json\)/.test(readme), 'the README links no example workflow'),
				...missingOperations(nodes, readme),
				...foreign,
			];
		},
	},
	{
		id: 'P9',
		text: 'the package is submitted at creators.n8n.io, with a short video',
		check: () => new NotApplicable('a person does that after the first publication'),
	},
];
