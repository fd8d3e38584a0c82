import assert from 'node:assert/strict';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ensureNodeCli } from '../lib/install.mjs';
import { pack, unpack } from '../lib/pack.mjs';
import { GROUPS, runChecklist, show } from '../verify/checklist.mjs';
import { copyRepository, loadSubject } from '../verify/subject.mjs';

const ACTION = 'dist/nodes/VippsMobilePay';
const TRIGGER = 'dist/nodes/VippsMobilePayTrigger/VippsMobilePayTrigger.node.js';
const MERCHANT = 'dist/credentials/VippsMobilePayMerchantApi.credentials.js';
const WIDE = JSON.stringify({
	type: 'object',
	properties: Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`field${at}`, {}])),
});

const inManifest = (change) => ({
	file: 'package.json',
	change: (text) => {
		const manifest = JSON.parse(text);
		change(manifest);
		return JSON.stringify(manifest);
	},
});
const inPackage = (file, from, to) => ({ file, change: (text) => text.replace(from, to) });
const inRepository = (file, from, to) => ({ ...inPackage(file, from, to), where: 'repository' });
const newFile = (file, text) => ({ file, change: () => text });
const newSource = (file, text) => ({ ...newFile(file, text), where: 'repository' });

/** What somebody might do to the package, and the line that has to notice. */
const BREACHES = [
	['P1', 'another licence', inManifest((manifest) => (manifest.license = 'ISC'))],
	['P1', 'no author', inManifest((manifest) => delete manifest.author)],
	[
		'P2',
		'a path that begins with ./',
		inManifest(({ n8n }) => (n8n.nodes[0] = `./${n8n.nodes[0]}`)),
	],
	['P2', 'a node that is not named', inManifest(({ n8n }) => n8n.nodes.pop())],
	['P2', 'a node that cannot be loaded', inPackage(TRIGGER, /^/, 'throw new Error("broken");')],
	['P3', 'strict mode off', inManifest(({ n8n }) => (n8n.strict = false))],
	[
		'P3',
		'other lint rules',
		inRepository('eslint.config.mjs', 'export default config', 'export default []'),
	],
	['P4', 'a script at the installation', inManifest(({ scripts }) => (scripts.postinstall = 'x'))],
	['P4', 'a file that is not the build', newFile('tools/run.mjs', '')],
	['P5', 'a dependency', inManifest((manifest) => (manifest.dependencies = { axios: '1.0.0' }))],
	[
		'P5',
		'another peer',
		inManifest(({ peerDependencies }) => (peerDependencies['n8n-core'] = '*')),
	],
	['P6', 'another service', inPackage(TRIGGER, "'Vipps MobilePay Trigger'", "'Stripe Trigger'")],
	['P7', 'no provenance', inRepository('.github/workflows/publish.yml', '--provenance', '')],
	[
		'P7',
		'a stored token',
		inRepository('.github/workflows/publish.yml', /$/, '# secrets.NPM_TOKEN'),
	],
	[
		'P7',
		'no tests before',
		inRepository('.github/workflows/publish.yml', 'run: npm test', 'run: true'),
	],
	['P8', 'a section less', inPackage('README.md', '## Compatibility', '## Versions')],
	['P8', 'an unnamed operation', inPackage('README.md', /\| Wait for State /, '| Wait ')],
	[
		'P8',
		'another language',
		inPackage(TRIGGER, 'Starts the workflow', 'Starter arbeidsflyten når'),
	],
	[
		'C1',
		'a module that is not there',
		inPackage(`${ACTION}/router.js`, /$/, 'require("node:fs");'),
	],
	[
		'C5',
		'no Continue On Fail',
		inPackage(`${ACTION}/router.js`, 'context.continueOnFail()', 'false'),
	],
	['C5', 'no source of an item', inPackage(`${ACTION}/router.js`, /pairedItem: \{ item \}/g, '')],
	['C7', 'a check that is off', newSource('nodes/shared/off.ts', '// eslint-disable-next-line\n')],
	[
		'C8',
		'a change of the input',
		inPackage(
			`${ACTION}/router.js`,
			/(async function runItem\(context,.*\n)/,
			'$1 "use strict"; context.getInputData()[0].json.id = 2;',
		),
	],
	['C9', 'a backup', newFile(`${ACTION}/router.js.bak`, '')],
	['N1', 'one icon for both', inPackage(TRIGGER, 'vippsMobilePay.dark.svg', 'vippsMobilePay.svg')],
	['N1', 'an icon that is not there', inPackage(TRIGGER, 'vippsMobilePay.dark.svg', 'no.svg')],
	['N2', 'no subtitle', inPackage(TRIGGER, /subtitle:/, 'nothing:')],
	[
		'N3',
		'expressions in Resource',
		inPackage(
			`${ACTION}/VippsMobilePay.node.js`,
			'noDataExpression: true',
			'noDataExpression: false',
		),
	],
	[
		'N4',
		'an article',
		inPackage(`${ACTION}/actions/payment/index.js`, "'Capture payment'", "'Capture a payment'"),
	],
	['N4', "not n8n's word", inPackage(`${ACTION}/actions/ledger/index.js`, "'Get Many'", "'List'")],
	[
		'N5',
		'another limit',
		inPackage('dist/nodes/shared/descriptions/common.js', 'default: 50', 'default: 100'),
	],
	['N6', 'a wide answer', newFile(`${ACTION}/__schema__/v1.0.0/ledger/getAll.json`, WIDE)],
	[
		'N7',
		'a list without its method',
		inPackage('dist/nodes/shared/descriptions/common.js', /searchLedgers/g, 'searchNothing'),
	],
	[
		'N8',
		'a boolean without Whether',
		inPackage(
			'dist/nodes/shared/descriptions/common.js',
			"'Whether to include names",
			"'Includes names",
		),
	],
	[
		'N9',
		'another answer to Delete',
		inPackage(
			`${ACTION}/actions/productOrder/delete.operation.js`,
			'deleted: true',
			'success: true',
		),
	],
	[
		'N10',
		'a scolding message',
		inPackage(
			'dist/nodes/shared/transport/paymentHints.js',
			'could not work on',
			'had an error with',
		),
	],
	['N11', 'no Trigger On', inPackage(TRIGGER, "'Trigger On'", "'Events'")],
	[
		'N12',
		'no tool',
		inPackage(`${ACTION}/VippsMobilePay.node.js`, 'usableAsTool: true', 'usableAsTool: false'),
	],
	['N13', 'a text for a version', inPackage(TRIGGER, 'version: 1', "version: '1'")],
	[
		'N14',
		'another category',
		inPackage(TRIGGER.replace('.js', '.json'), 'Finance & Accounting', 'Finance'),
	],
	[
		'N15',
		'a schema of no operation',
		newFile(`${ACTION}/__schema__/v1.0.0/ledger/steal.json`, '{"type":"object"}'),
	],
	['K1', 'no documentation', inPackage(MERCHANT, "'https://developer", "'developer")],
	[
		'K2',
		'a secret that is shown',
		inPackage(MERCHANT, 'typeOptions: { password: true }', 'typeOptions: {}'),
	],
	['K3', 'no test', inPackage(MERCHANT, /\btest = /, 'later = ')],
	[
		'K4',
		"another package's credential",
		inPackage(TRIGGER, /'vippsMobilePayMerchantApi'/g, "'stripeApi'"),
	],
	[
		'K5',
		'keys that are saved',
		inPackage(MERCHANT, 'return { accessToken }', 'return { accessToken, clientSecret }'),
	],
	['K6', 'not said', inPackage('README.md', /HTTP Request/g, 'other')],
	[
		'K7',
		'any server',
		inPackage(
			'dist/nodes/shared/auth/environment.js',
			/const isLocal = .*/,
			'const isLocal = () => true;',
		),
	],
];

/** What n8n's scanner finds, all in one run, because each takes seconds. */
const LINT_BREACHES = [
	['C2', newSource('nodes/shared/global.ts', 'export const a = process.version;\n')],
	['C3', newSource('nodes/shared/print.ts', "console.log('b');\n")],
	[
		'C4',
		newSource(
			'nodes/shared/old.ts',
			'export async function f(this: any) { return await this.helpers.request({}); }\n',
		),
	],
	[
		'C6',
		inRepository(
			'nodes/VippsMobilePayTrigger/VippsMobilePayTrigger.node.ts',
			'NodeConnectionTypes.Main',
			"'main'",
		),
	],
];

let folder;
let cli;
let whole;

before(async () => {
	folder = await fs.mkdtemp(path.join(os.tmpdir(), 'vippsmobilepay-verify-'));
	cli = await ensureNodeCli();
	const packed = path.join(folder, 'packed');
	const repository = path.join(folder, 'repository');
	await unpack(await pack(folder), packed);
	await copyRepository(repository);
	whole = await loadSubject({ packed, repository, cli });
});

after(async () => await fs.rm(folder, { recursive: true, force: true }));

/** A copy of the package and its sources with something done to it. */
async function spoilt(changes) {
	const copy = await fs.mkdtemp(path.join(folder, 'spoilt-'));
	const places = { package: path.join(copy, 'packed'), repository: path.join(copy, 'repository') };
	await fs.cp(whole.packed, places.package, {
		recursive: true,
		filter: (file) => path.basename(file) !== 'node_modules',
	});
	if (changes.some(({ where }) => where === 'repository')) {
		await fs.cp(whole.repository, places.repository, { recursive: true });
	} else {
		places.repository = whole.repository;
	}
	for (const { where = 'package', file, change } of changes) {
		const place = path.join(places[where], file);
		const text = await fs.readFile(place, 'utf8').catch(() => undefined);
		const changed = change(text);
		assert.notEqual(changed, text, `${file} does not hold what is to be changed`);
		await fs.mkdir(path.dirname(place), { recursive: true });
		await fs.writeFile(place, changed);
	}
	return await loadSubject({ packed: places.package, repository: places.repository, cli });
}

test('every line holds for the package', async (t) => {
	const results = await runChecklist(whole);
	t.diagnostic(show(results));
	assert.deepEqual(
		results.filter(({ result }) => result === 'FAIL').map(({ id, problems }) => ({ id, problems })),
		[],
	);
});

for (const [id, what, change] of BREACHES) {
	test(`${id} is red: ${what}`, async () => {
		const subject = await spoilt([change]);
		// What the scanner says of the whole package holds still; these breaches are seen without it.
		subject.lint = whole.lint;
		const [{ result, problems }] = await runChecklist(subject, [id]);
		assert.equal(result, 'FAIL', 'nothing was noticed');
		assert.ok(!problems.some((problem) => problem.startsWith('cannot be checked')), problems[0]);
	});
}

test("n8n's scanner turns its lines red", async () => {
	const subject = await spoilt(LINT_BREACHES.map(([, change]) => change));
	const ids = [...LINT_BREACHES.map(([id]) => id), 'C7'];
	const results = await runChecklist(subject, ids);
	assert.deepEqual(
		results.map(({ id, result }) => `${id} ${result}`),
		[...ids].sort().map((id) => `${id} FAIL`),
	);
});

test('a rule that the scanner does not have any more is noticed', async () => {
	const { findings, rules } = await whole.lint();
	const without = new Set([...rules].filter((rule) => !rule.endsWith('/no-restricted-globals')));
	const subject = { ...whole, lint: async () => ({ findings, rules: without }) };
	const [{ result }] = await runChecklist(subject, ['C2']);
	assert.equal(result, 'FAIL');
});

test('each line that a package can breach is breached here', () => {
	const breached = new Set([...BREACHES, ...LINT_BREACHES].map(([id]) => id));
	const all = Object.values(GROUPS).flatMap((lines) => lines.map(({ id }) => id));
	assert.deepEqual(
		all.filter((id) => !breached.has(id)),
		['P9'],
	);
});
