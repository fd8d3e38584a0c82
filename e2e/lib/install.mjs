import { promises as fs } from 'node:fs';
import path from 'node:path';
import { unpack } from '../../tools/lib/pack.mjs';

/**
 * Puts a packed package where n8n keeps its community packages.
 *
 * @param {string} tarball as `npm pack` makes it
 * @param {string} userFolder of the n8n that is to have it; not running yet
 */
export async function installPackage(tarball, userFolder) {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	const draft = path.join(nodes, 'unpacked');
	await fs.rm(draft, { recursive: true, force: true });
	await unpack(tarball, draft);
	const { name, version } = JSON.parse(await fs.readFile(path.join(draft, 'package.json'), 'utf8'));
	const place = path.join(nodes, 'node_modules', name);
	await fs.rm(place, { recursive: true, force: true });
	await fs.mkdir(path.dirname(place), { recursive: true });
	await fs.rename(draft, place);
	const list = { name: 'installed-nodes', private: true, dependencies: { [name]: version } };
	await fs.writeFile(path.join(nodes, 'package.json'), JSON.stringify(list, null, 2));
}
