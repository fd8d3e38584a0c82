import { promises as fs, existsSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, findEntry, keyOf, lockKey, makeEntry, withLock } from './cache.mjs';
import { npmMajor, npmOrExplain, useNpm } from './npm.mjs';
import { inTemporaryFolder } from './pack.mjs';
import { inRoot, rootFolder, toolsFolder } from './paths.mjs';
import { step } from './progress.mjs';

const NODE_MAJOR = `node ${process.versions.node.split('.')[0]}`;
const CI = [
	'ci',
	'--ignore-scripts',
	'--include=dev',
	'--include=optional',
	'--no-audit',
	'--no-fund',
];
const STAMP = inRoot('node_modules', '.vippsmobilepay-installed');

/** The file that sqlite3's install script makes. */
const DRIVER = 'node_modules/sqlite3/build/Release/node_sqlite3.node';

/** npm 10 and 11 disagree on what a lock file has to hold, so one of them does all the work. */
const LOCKS_NPM_MAJOR = 11;

/** Installs the clone's own dependencies when they are missing or other than the lock file's. */
export async function ensureRoot() {
	const key = lockKey(rootFolder, [NODE_MAJOR]);
	if (await isStamped(key)) return;
	const lock = path.join(cacheFolder(), `clone-${keyOf({ texts: [rootFolder] })}.lock`);
	await withLock(lock, async () => {
		if (await isStamped(key)) return;
		if (!(await installedMatchesLock())) {
			await ensureNpm();
			await step("Installing this project's dependencies", '1 to 3 minutes', async () => {
				await npmOrExplain("This project's dependencies", CI, { cwd: rootFolder });
			});
		}
		await fs.writeFile(STAMP, key);
	});
}

/** Brings the npm that the lock files were written with, when the one in use is another. */
async function ensureNpm() {
	if (npmMajor() === LOCKS_NPM_MAJOR) return;
	const source = path.join(toolsFolder, 'npm');
	const key = lockKey(source);
	const cliIn = (folder) => path.join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
	const found = findEntry('npm', key);
	if (found) return useNpm(cliIn(found));
	const title = `Fetching npm ${LOCKS_NPM_MAJOR}`;
	const folder = await step(title, '5 to 10 s', async () =>
		makeEntry('npm', key, async (draft) => {
			await fs.cp(source, draft, { recursive: true });
			await npmOrExplain(`npm ${LOCKS_NPM_MAJOR}`, CI, { cwd: draft });
		}),
	);
	useNpm(cliIn(folder));
}

async function isStamped(key) {
	return (await fs.readFile(STAMP, 'utf8').catch(() => '')) === key;
}

/** Whether someone has installed by hand what the lock file says (npm keeps a list of it). */
async function installedMatchesLock() {
	const read = async (file) => JSON.parse(await fs.readFile(file, 'utf8')).packages;
	const installed = await read(inRoot('node_modules', '.package-lock.json')).catch(() => undefined);
	if (!installed) return false;
	const locked = await read(inRoot('package-lock.json'));
	const isThere = ([name, wanted]) =>
		name === '' || wanted.optional || installed[name]?.version === wanted.version;
	return (
		Object.entries(locked).every(isThere) &&
		Object.keys(installed).every((name) => Object.hasOwn(locked, name))
	);
}

/**
 * Installs n8n's linter, build and package scanner in the cache and links them into the clone,
 * where n8n's programs and eslint.config.mjs look for them.
 *
 * @returns {Promise<string>} the folder of the installation
 */
export async function ensureNodeCli() {
	await ensureRoot();
	const folder = await installed({
		name: 'node-cli',
		source: path.join(toolsFolder, 'node-cli'),
		title: "Installing n8n's linter and scanner",
		what: "n8n's linter and scanner",
		usually: '20 to 60 s',
	});
	const modules = path.join(folder, 'node_modules');
	await link(path.join(modules, '@n8n', 'node-cli'), inRoot('node_modules', '@n8n', 'node-cli'));
	for (const program of ['eslint', 'n8n-node']) await linkProgram(modules, program);
	return folder;
}

/**
 * Installs a whole n8n in the cache.
 *
 * @returns {Promise<string>} the folder of the installation
 */
export async function ensureServer() {
	const driver = await ensureDatabaseDriver();
	return await installed({
		name: 'n8n',
		source: inRoot('e2e'),
		files: ['package.json', 'package-lock.json'],
		title: 'Installing n8n (about 2,200 packages, 2.8 GB, once)',
		what: 'n8n',
		usually: '4 to 8 minutes',
		finish: (folder) => addNativeParts(folder, driver),
	});
}

/**
 * Installs the oldest n8n that the package works in, with a Node.js for it.
 *
 * @returns {Promise<string>} the folder of the installation
 */
export async function ensureOldestServer() {
	// Any Node.js can load the driver: it keeps to the interface that does not change.
	const driver = await ensureDatabaseDriver();
	return await installed({
		name: 'n8n-oldest',
		source: inRoot('e2e', 'oldest'),
		title: 'Installing the oldest n8n that is supported (about 1,700 packages, 1.5 GB, once)',
		what: 'the oldest n8n',
		usually: '2 to 5 minutes',
		finish: async (folder) => await fs.cp(driver, path.join(folder, DRIVER)),
	});
}

/**
 * n8n's database driver, built in a folder of its own: that takes a minute where the rest takes
 * many, so a computer on which it cannot be built says so first.
 *
 * @returns {Promise<string>} the driver's file
 */
async function ensureDatabaseDriver() {
	const folder = await installed({
		name: 'sqlite3',
		source: path.join(toolsFolder, 'sqlite3'),
		title: "Preparing n8n's database driver",
		usually: '20 to 90 s',
		fill: async (draft) => {
			await inTemporaryFolder(async (place) => {
				await fs.cp(path.join(toolsFolder, 'sqlite3'), place, { recursive: true });
				const what =
					"n8n's database driver (sqlite3: prebuilt from github.com, or else compiled here with python3, make and a C++ compiler)";
				const args = CI.map((arg) => arg.replace('--ignore-scripts', '--ignore-scripts=false'));
				await npmOrExplain(what, args, { cwd: place, env: await headersBelow(place) });
				await fs.cp(path.join(place, DRIVER), path.join(draft, path.basename(DRIVER)));
			});
		},
	});
	return path.join(folder, path.basename(DRIVER));
}

/**
 * Tells node-gyp where the headers of this Node.js are, without which it looks for them in the
 * network. By a link, because its makefiles break on a path with a space.
 */
async function headersBelow(place) {
	const folder = path.resolve(path.dirname(process.execPath), '..');
	if (!existsSync(path.join(folder, 'include', 'node', 'node.h'))) return {};
	const linked = path.join(place, 'node');
	await fs.symlink(folder, linked, 'junction');
	return { npm_config_nodedir: linked };
}

/** n8n is installed without install scripts; the two that it needs are made up for here. */
async function addNativeParts(folder, driver) {
	await fs.cp(driver, path.join(folder, DRIVER));
	// It ships its builds for most platforms; this one builds it where there is none.
	const args = ['rebuild', 'isolated-vm', '--ignore-scripts=false'];
	await npmOrExplain("n8n's sandbox for expressions (isolated-vm)", args, { cwd: folder });
}

/** Finds or makes the cache entry of a folder with a lock file. */
async function installed({ name, source, title, usually, fill, ...how }) {
	const key = lockKey(source, [NODE_MAJOR]);
	const found = findEntry(name, key);
	if (found) return found;
	await ensureNpm();
	return await step(title, usually, async (say) => {
		const make = fill ?? ((draft) => installInto(draft, { source, ...how }));
		return await makeEntry(name, key, make, () => say('another process is at it, waiting'));
	});
}

async function installInto(draft, { source, files, what, finish }) {
	for (const file of files ?? (await fs.readdir(source))) {
		await fs.cp(path.join(source, file), path.join(draft, file), { recursive: true });
	}
	await npmOrExplain(what, CI, { cwd: draft });
	await finish?.(draft);
}

async function link(target, place) {
	if ((await fs.readlink(place).catch(() => undefined)) === target) return;
	await fs.mkdir(path.dirname(place), { recursive: true });
	// Made beside and renamed, so that a command running at the same time never misses it.
	const draft = `${place}.${process.pid}`;
	await fs.rm(draft, { recursive: true, force: true });
	// A junction is the one kind of link that Windows lets everybody make.
	await fs.symlink(target, draft, process.platform === 'win32' ? 'junction' : null);
	await fs.rename(draft, place).catch(async () => {
		await fs.rm(place, { recursive: true, force: true });
		await fs.rename(draft, place);
	});
}

async function linkProgram(modules, program) {
	const source = path.join(modules, '.bin', program);
	if (process.platform !== 'win32') {
		return await link(source, inRoot('node_modules', '.bin', program));
	}
	// npm's own .cmd files find their script relative to themselves; this one calls the first.
	await fs.writeFile(inRoot('node_modules', '.bin', `${program}.cmd`), `@"${source}.cmd" %*\r\n`);
}
