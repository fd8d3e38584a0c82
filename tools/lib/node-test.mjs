import { promises as fs } from 'node:fs';
import path from 'node:path';
import { runToEnd } from './child.mjs';
import { inRoot, rootFolder } from './paths.mjs';

/**
 * Runs the test files of a folder with Node.js's own test runner.
 *
 * @param {object} what
 * @param {string} what.folder inside the clone
 * @param {RegExp} what.files which files are tests
 * @param {string} what.result where the TAP result goes
 * @param {string[]} [what.options] of `node --test`
 * @param {Record<string, string>} [what.env] added to the environment
 * @returns {Promise<number | undefined>} exit status, or undefined when there are no tests
 */
export async function runNodeTests({ folder, files, result, options = [], env = {} }) {
	const entries = await fs.readdir(inRoot(folder), { recursive: true }).catch(() => []);
	const tests = entries.filter((file) => files.test(file)).sort();
	if (tests.length === 0) return undefined;
	const reporters = ['spec', 'stdout', 'tap', result];
	const args = [
		'--test',
		...reporters.map((value, at) => `--test-reporter${at % 2 ? '-destination' : ''}=${value}`),
		...options,
		...tests.map((file) => path.join(folder, file)),
	];
	const { status } = await runToEnd(process.execPath, args, {
		cwd: rootFolder,
		env: { ...process.env, ...env },
	});
	return status;
}
