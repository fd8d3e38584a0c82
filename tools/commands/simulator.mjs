import { runToEnd } from '../lib/child.mjs';
import { ensureRoot } from '../lib/install.mjs';
import { inRoot, rootFolder } from '../lib/paths.mjs';

/**
 * Runs the API simulator until Ctrl+C.
 *
 * @param {string[]} options the simulator's own, e.g. `--port 3000 --seed 7`
 */
export async function run(options) {
	await ensureRoot();
	const { status } = await runToEnd(
		process.execPath,
		[inRoot('simulator', 'cli.mts'), ...options],
		{
			cwd: rootFolder,
			stdio: 'inherit',
		},
	);
	return status;
}
