import { runToEnd } from '../lib/child.mjs';
import { ensureRoot } from '../lib/install.mjs';
import { inRoot, rootFolder } from '../lib/paths.mjs';
import { run as build } from './build.mjs';

/**
 * Runs the measurements.
 *
 * @param {string[]} options bench/run.mjs's own
 */
export async function run(options) {
	await ensureRoot();
	const built = await build();
	if (built !== 0) return built;
	const script = inRoot('bench', 'run.mjs');
	const { status } = await runToEnd(process.execPath, [script, ...options], {
		cwd: rootFolder,
		stdio: 'inherit',
	});
	return status;
}
