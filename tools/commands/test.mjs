import { existsSync } from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../lib/child.mjs';
import { ensureNodeCli } from '../lib/install.mjs';
import { runNodeTests } from '../lib/node-test.mjs';
import { inTemporaryFolder } from '../lib/pack.mjs';
import { inRoot, rootFolder } from '../lib/paths.mjs';
import { Tally } from '../lib/tally.mjs';
import { run as build } from './build.mjs';

/**
 * Every test that needs no n8n server and no browser: jest's (on the build), the simulator's and the tools'.
 *
 * @param {string[]} options jest's own; with any given, only jest's tests run
 */
export async function run(options) {
	const cli = await ensureNodeCli();
	const tally = new Tally();
	tally.addStatus(await build());
	if (tally.failed > 0) process.stdout.write('The build failed, so no test was run.\n');
	else await inTemporaryFolder((folder) => runAll(options, cli, tally, folder));
	process.stdout.write(`\n${tally}\n`);
	return tally.failed === 0 ? 0 : 1;
}

async function runAll(options, cli, tally, folder) {
	if (existsSync(inRoot('jest.config.js'))) {
		const result = path.join(folder, 'jest.json');
		const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
		const args = ['--json', `--outputFile=${result}`, ...options.map(withJestsNewName)];
		// jest prints its JSON to stdout as well, and all that people read to stderr.
		const { status } = await runToEnd(process.execPath, [jest, ...args], {
			cwd: rootFolder,
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, N8N_VIPPSMOBILEPAY_NODE_CLI: cli },
		});
		await tally.addJest(result);
		tally.addStatus(status);
	}
	if (options.length > 0) return;
	for (const [name, files] of [
		['simulator', /\.test\.mts$/],
		['tools', /\.test\.mjs$/],
	]) {
		const result = path.join(folder, `${name}.tap`);
		const status = await runNodeTests({ folder: `${name}/test`, files, result });
		if (status === undefined) continue;
		await tally.addNodeTest(result);
		tally.addStatus(status);
	}
}

// The option's name of many years, which jest 30 refuses.
const withJestsNewName = (option) =>
	option.replace(/^--testPathPattern(?=$|=)/, '--testPathPatterns');
