import { execFileSync } from 'node:child_process';
import { existsSync, promises as fs, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './ports.mjs';
import { Background } from './process.mjs';

const DATABASE = 'n8n';
const USER = 'n8n';

/** Debian keeps the programs of PostgreSQL's server off the PATH, by version. */
const POSTGRES_BUILDS = '/usr/lib/postgresql';

const PATIENCE_MS = 60_000;

/**
 * Why a queue mode cannot be set up here.
 *
 * @returns {string | undefined} for people; undefined when it can
 */
export function missingForQueueMode() {
	const programs = { 'redis-server': 'redis-server', initdb: 'postgresql', postgres: 'postgresql' };
	for (const [program, debianPackage] of Object.entries(programs)) {
		if (!find(program)) return `there is no ${program} here; install ${debianPackage}`;
	}
	if (isRoot() && !postgresUser()) {
		return 'PostgreSQL does not run as root, and there is no user postgres to run it as';
	}
	return undefined;
}

const isRoot = () => process.getuid?.() === 0;

function find(program) {
	const versions = existsSync(POSTGRES_BUILDS)
		? readdirSync(POSTGRES_BUILDS).sort((a, b) => Number(b) - Number(a))
		: [];
	const folders = [
		...versions.map((version) => path.join(POSTGRES_BUILDS, version, 'bin')),
		...(process.env.PATH ?? '').split(path.delimiter),
	];
	return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}

function postgresUser() {
	try {
		const id = (what) => Number(execFileSync('id', [what, 'postgres'], { stdio: 'pipe' }));
		return { uid: id('-u'), gid: id('-g') };
	} catch {
		return undefined;
	}
}

/**
 * A new Redis, on this computer only, that keeps nothing.
 *
 * @param {string} folder for its log
 * @returns {Promise<{ port: number, stop: () => Promise<void> }>}
 */
export async function startRedis(folder) {
	const port = await freePort();
	const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
	const log = path.join(folder, 'redis.log');
	const server = new Background(find('redis-server'), args, { cwd: folder, log });
	await until(server, async () => await answers(port), log);
	return { port, stop: async () => await server.stop() };
}

/**
 * A new PostgreSQL, on this computer only, with an empty database.
 *
 * @param {string} folder for its data, which it makes below
 * @param {string} installation of n8n, whose client is used
 * @returns {Promise<{ port: number, database: string, user: string, query: (text: string, values?: unknown[]) => Promise<object[]>, stop: () => Promise<void> }>}
 */
export async function startPostgres(folder, installation) {
	const place = path.join(folder, 'postgres');
	const data = path.join(place, 'data');
	const log = path.join(folder, 'postgres.log');
	await fs.mkdir(place);
	const owner = isRoot() ? postgresUser() : {};
	if (isRoot()) {
		// It has to get through to its own folder, not to look around.
		await fs.chmod(folder, 0o711);
		await fs.chown(place, owner.uid, owner.gid);
	}
	const as = { cwd: place, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' }, log, ...owner };
	const init = ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--no-sync'];
	const initialised = new Background(find('initdb'), init, as);
	if ((await initialised.ended) !== 0) throw new Error(`initdb did not succeed; see ${log}`);

	const port = await freePort();
	// Nothing that was committed is lost by the death of n8n; the computer is not killed here.
	const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
	const args = ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
	const server = new Background(find('postgres'), args, as);

	const { Pool } = createRequire(path.join(installation, 'node_modules', 'n8n', 'package.json'))(
		'pg',
	);
	const connect = (database) => {
		const pool = new Pool({ host: '127.0.0.1', port, user: USER, database, max: 2 });
		// Of connections that nobody uses just now.
		pool.on('error', () => {});
		return pool;
	};
	const first = connect('postgres');
	await until(server, async () => await first.query('SELECT 1').then(Boolean, () => false), log);
	await first.query(`CREATE DATABASE ${DATABASE}`);
	await first.end();
	const pool = connect(DATABASE);
	return {
		port,
		database: DATABASE,
		user: USER,
		query: async (text, values) => (await pool.query(text, values)).rows,
		stop: async () => {
			await pool.end();
			await server.stop();
		},
	};
}

async function until(server, isReady, log) {
	const end = Date.now() + PATIENCE_MS;
	while (!(await isReady())) {
		if (!server.running || Date.now() > end) {
			await server.kill();
			throw new Error(`A service did not start; see ${log}`);
		}
		await sleep(100);
	}
}

async function answers(port) {
	return await new Promise((resolve) => {
		const socket = net.connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true));
		socket.once('error', () => resolve(false));
		socket.once('close', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}
