import { existsSync } from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../lib/child.mjs';
import { ensureNodeCli } from '../lib/install.mjs';
import { inRoot, rootFolder, toolsFolder } from '../lib/paths.mjs';
import { run as build } from './build.mjs';

/**
 * All that can be said about the code without running it. Goes on after a failure, so that one
 * run shows everything.
 *
 * @param {string[]} options handed on to `n8n-node lint`, e.g. `--fix`
 */
export async function run(options) {
	const cli = await ensureNodeCli();
	const node = async (...args) =>
		(await runToEnd(process.execPath, args, { cwd: rootFolder })).status === 0;
	const failed = [];
	const check = async (name, work) => {
		process.stdout.write(`\n── ${name}\n`);
		if (!(await work())) failed.push(name);
	};

	const n8nNode = path.join(cli, 'node_modules', '@n8n', 'node-cli', 'bin', 'n8n-node.mjs');
	await check('n8n-node lint, strict', () => node(n8nNode, 'lint', ...options));
	const prettier = inRoot('node_modules', 'prettier', 'bin', 'prettier.cjs');
	await check('format', () => node(prettier, '--check', '--log-level', 'warn', '.'));
	for (const project of ['.', 'simulator', 'test', 'bench']) {
		const config = inRoot(project, 'tsconfig.json');
		if (!existsSync(config)) continue;
		const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
		await check(`types of ${project === '.' ? 'nodes and credentials' : project}`, () =>
			node(tsc, '-p', config, '--noEmit'),
		);
	}
	await check('community package scanner', async () => {
		return (await build()) === 0 && (await node(path.join(toolsFolder, 'scan.mjs'), cli));
	});

	process.stdout.write(
		failed.length === 0
			? '\nLint: all good\n'
			: `\nLint found something in: ${failed.join('; ')}\n`,
	);
	return failed.length === 0 ? 0 : 1;
}
