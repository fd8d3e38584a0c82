import path from 'node:path';
import { ensureRoot, ensureServer } from '../lib/install.mjs';
import { runNodeTests } from '../lib/node-test.mjs';
import { inTemporaryFolder, pack } from '../lib/pack.mjs';
import { Tally } from '../lib/tally.mjs';
import { run as build } from './build.mjs';

/**
 * The packed package in a real n8n.
 *
 * @param {string[]} options of `node --test`, e.g. `--test-name-pattern=durable`
 */
export async function run(options) {
	await ensureRoot();
	const server = await ensureServer();
	const tally = new Tally();
	tally.addStatus(await build());
	if (tally.failed === 0) {
		await inTemporaryFolder(async (folder) => {
			const result = path.join(folder, 'e2e.tap');
			const status = await runNodeTests({
				folder: 'e2e',
				files: /^[^/\\]+\.e2e\.test\.mjs$/,
				result,
				// The tests wait for n8n's next poll most of the time, so they run side by side.
				options: ['--test-concurrency=2', ...options],
				env: {
					N8N_VIPPSMOBILEPAY_SERVER: server,
					N8N_VIPPSMOBILEPAY_TARBALL: await pack(folder),
				},
			});
			await tally.addNodeTest(result);
			tally.addStatus(status ?? 1);
		});
	}
	process.stdout.write(`\n${tally}\n`);
	return tally.failed === 0 ? 0 : 1;
}
