import { runToEnd } from '../lib/child.mjs';
import { ensureRoot } from '../lib/install.mjs';
import { inRoot, rootFolder } from '../lib/paths.mjs';

/** Compiles nodes/ and credentials/ into dist/. */
export async function run() {
	await ensureRoot();
	const gulp = inRoot('node_modules', 'gulp', 'bin', 'gulp.js');
	const { status } = await runToEnd(process.execPath, [gulp, 'build', '--silent'], {
		cwd: rootFolder,
	});
	if (status === 0) process.stdout.write('Built dist/\n');
	return status;
}
