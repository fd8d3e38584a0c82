import { createHash, randomBytes } from 'node:crypto';
import { promises as fs, existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const NAME = 'n8n-nodes-vippsmobilepay';
const COMPLETE = '.complete';
const HEARTBEAT_MS = 5_000;
const ABANDONED_MS = 60_000;
const LEFTOVER_MS = 24 * 60 * 60 * 1000;

/**
 * The folder for everything that is heavy. It lies outside the clone, because n8n's own build
 * copies each picture that it finds in the clone into dist/.
 */
export function cacheFolder() {
	const chosen = process.env.N8N_VIPPSMOBILEPAY_CACHE;
	if (chosen) return path.resolve(chosen);
	if (process.platform === 'win32') {
		return path.join(process.env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local'), NAME);
	}
	if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', NAME);
	return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), NAME);
}

/**
 * The sha256 of some files and texts, shortened to what tells entries apart.
 *
 * @param {{ files?: string[], texts?: string[] }} what
 */
export function keyOf({ files = [], texts = [] }) {
	const hash = createHash('sha256');
	for (const file of files) hash.update(readFileSync(file)).update('\0');
	for (const text of texts) hash.update(text).update('\0');
	return hash.digest('hex').slice(0, 16);
}

/**
 * The key of what a lock file installs on this kind of machine.
 *
 * @param {string} folder the folder with package.json and package-lock.json
 * @param {string[]} further what else the installation depends on
 */
export function lockKey(folder, further = []) {
	return keyOf({
		files: [path.join(folder, 'package.json'), path.join(folder, 'package-lock.json')],
		texts: [process.platform, process.arch, ...further],
	});
}

/**
 * Where an entry lies, or undefined when it is not there or not complete.
 *
 * @param {string} name
 * @param {string} key
 */
export function findEntry(name, key) {
	const folder = path.join(cacheFolder(), `${name}-${key}`);
	return existsSync(path.join(folder, COMPLETE)) ? folder : undefined;
}

/**
 * Makes a cache entry: `make` works in a temporary sibling, which is renamed into place when it
 * is complete, so nobody ever sees half an entry. A second process waits for the first.
 *
 * @param {string} name
 * @param {string} key
 * @param {(folder: string) => Promise<void>} make fills the folder
 * @param {() => void} [onWait] called once when another process is already at it
 * @returns {Promise<string>} the folder of the complete entry
 */
export async function makeEntry(name, key, make, onWait = () => {}) {
	const folder = path.join(cacheFolder(), `${name}-${key}`);
	await fs.mkdir(cacheFolder(), { recursive: true });
	return await withLock(
		`${folder}.lock`,
		async () => {
			if (existsSync(path.join(folder, COMPLETE))) return folder;
			await removeLeftovers(path.basename(folder));
			const draft = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}.draft`;
			try {
				await fs.mkdir(draft);
				await make(draft);
				await fs.writeFile(path.join(draft, COMPLETE), `${new Date().toISOString()}\n`);
				await fs.rm(folder, { recursive: true, force: true });
				await fs.rename(draft, folder);
			} finally {
				await fs.rm(draft, { recursive: true, force: true });
			}
			return folder;
		},
		onWait,
	);
}

/**
 * Runs `work` while no other process of this project holds the same lock. A lock whose holder
 * has died (no heartbeat for a minute) is taken over.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait = () => {}) {
	let release = await tryLock(file);
	if (!release) onWait();
	while (!release) {
		await sleep(500);
		release = await tryLock(file);
	}
	try {
		return await work();
	} finally {
		await release();
	}
}

/**
 * Takes a lock unless another living process holds it.
 *
 * @param {string} file
 * @returns {Promise<(() => Promise<void>) | undefined>} gives the lock back; undefined when it is held
 */
export async function tryLock(file) {
	await fs.mkdir(path.dirname(file), { recursive: true });
	// The first attempt may clear away what a dead process has left.
	if (!(await takeLock(file)) && !(await takeLock(file))) return undefined;
	const heartbeat = setInterval(() => {
		const now = new Date();
		fs.utimes(file, now, now).catch(() => {});
	}, HEARTBEAT_MS);
	heartbeat.unref();
	return async () => {
		clearInterval(heartbeat);
		await fs.rm(file, { force: true });
	};
}

async function takeLock(file) {
	try {
		await fs.writeFile(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST' && error.code !== 'EPERM') throw error;
	}
	const stat = await fs.stat(file).catch(() => undefined);
	if (stat && Date.now() - stat.mtimeMs > ABANDONED_MS) await fs.rm(file, { force: true });
	else if (stat && !(await holderLives(file))) await fs.rm(file, { force: true });
	return false;
}

async function holderLives(file) {
	const pid = Number(await fs.readFile(file, 'utf8').catch(() => ''));
	// Just created and not written yet: give the holder the time.
	if (!pid) return true;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** Drafts of this entry have no maker any more, as we hold its lock; those of others may have one. */
async function removeLeftovers(entry) {
	for (const draft of await fs.readdir(cacheFolder())) {
		if (!draft.endsWith('.draft')) continue;
		const place = path.join(cacheFolder(), draft);
		const stat = await fs.stat(place).catch(() => undefined);
		if (!stat) continue;
		if (draft.startsWith(`${entry}.`) || Date.now() - stat.mtimeMs > LEFTOVER_MS) {
			await fs.rm(place, { recursive: true, force: true });
		}
	}
}
