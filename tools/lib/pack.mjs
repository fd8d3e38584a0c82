import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runToEnd } from './child.mjs';
import { npmOrExplain } from './npm.mjs';
import { rootFolder } from './paths.mjs';
import { ProblemError } from './problem.mjs';

/**
 * Packs the clone as npm would publish it.
 *
 * @param {string} folder where the tarball goes
 * @returns {Promise<string>} the tarball's path
 */
export async function pack(folder) {
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	await npmOrExplain('The package', args, { cwd: rootFolder });
	const tarball = (await fs.readdir(folder)).find((file) => file.endsWith('.tgz'));
	if (!tarball) throw new ProblemError('npm pack made no tarball.');
	return path.join(folder, tarball);
}

/**
 * Unpacks a tarball of npm's into a folder, without its outer folder `package`.
 *
 * @param {string} tarball
 * @param {string} folder is made when it is missing
 */
export async function unpack(tarball, folder) {
	await fs.mkdir(folder, { recursive: true });
	// Relative names, because tar on Windows takes the colon of a drive for a host name.
	const args = ['-xzf', path.basename(tarball), '-C', path.relative(path.dirname(tarball), folder)];
	const { status, output } = await runToEnd('tar', [...args, '--strip-components=1'], {
		cwd: path.dirname(tarball),
		quiet: true,
	});
	if (status !== 0) throw new ProblemError(`tar could not unpack the package: ${output}`);
}

/**
 * Gives a new temporary folder to `work` and removes it afterwards.
 *
 * @template T
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTemporaryFolder(work) {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-vippsmobilepay-'));
	try {
		return await work(folder);
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}
