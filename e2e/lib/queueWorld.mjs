import { promises as fs } from 'node:fs';
import path from 'node:path';
import { installPackage } from './install.mjs';
import { lastingPort } from './ports.mjs';
import { N8nServer } from './server.mjs';
import { startPostgres, startRedis } from './services.mjs';
import { Simulator } from './simulator.mjs';
import { createFolder, furnish, givenByCommand, leaveFolder } from './world.mjs';

/** The processes of n8n, with what each is there for. */
const ROLES = { main: 'start', 'worker 1': 'worker', 'worker 2': 'worker', webhook: 'webhook' };

/** What all processes of n8n have in common. */
const SETTINGS = {
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: '127.0.0.1',
	EXECUTIONS_MODE: 'queue',
	QUEUE_BULL_REDIS_HOST: '127.0.0.1',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	// Webhooks of active workflows are the webhook process's alone.
	N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	// No workflow here has a Code node, so no process is to wait for one.
	N8N_RUNNERS_MODE: 'external',
	N8N_RUNNERS_AUTH_TOKEN: 'nobody',
	// With the ids of workflows and executions.
	N8N_LOG_FORMAT: 'json',
};

/** n8n takes minutes to see that a worker has died; these tests do not. The ratios are n8n's own. */
const IMPATIENT = {
	QUEUE_WORKER_LOCK_DURATION: '20000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '1',
};

/**
 * A simulator, and a new n8n in queue mode: main, two workers and a webhook process, each with the
 * packed package, on a PostgreSQL and a Redis of their own.
 *
 * @param {import('node:test').TestContext} test ends it all afterwards; keeps the logs when it failed
 * @param {object} [options]
 * @param {Record<string, string>} [options.env] further settings of all processes of n8n
 * @param {Record<string, string>} [options.mainEnv] of the main process only
 * @returns {Promise<object>} `servers` by name, `server` (the main one), `database`, `simulator`, `rest`, `credentials`, `restart()`
 */
export async function createQueueWorld(test, { env, mainEnv } = {}) {
	const { installation, tarball } = givenByCommand();
	const folder = await createFolder(test);
	const world = { folder, servers: {} };
	test.after(async () => {
		for (const server of Object.values(world.servers)) await server.kill();
		await world.simulator?.stop();
		await world.redis?.stop();
		await world.database?.stop();
		await leaveFolder(test, folder);
	});

	world.simulator = await Simulator.start({ log: path.join(folder, 'simulator.log') });
	world.redis = await startRedis(folder);
	world.database = await startPostgres(folder, installation);
	const webhookPort = await lastingPort();
	const shared = {
		...SETTINGS,
		...IMPATIENT,
		DB_POSTGRESDB_PORT: String(world.database.port),
		DB_POSTGRESDB_DATABASE: world.database.database,
		DB_POSTGRESDB_USER: world.database.user,
		QUEUE_BULL_REDIS_PORT: String(world.redis.port),
		N8N_WEBHOOK_URL: `http://127.0.0.1:${webhookPort}/`,
		...env,
	};
	for (const [name, role] of Object.entries(ROLES)) {
		const userFolder = path.join(folder, name.replace(' ', '-'));
		const port = role === 'webhook' ? webhookPort : await lastingPort();
		await fs.mkdir(userFolder);
		await installPackage(tarball, userFolder);
		const settings = name === 'main' ? { ...shared, ...mainEnv } : shared;
		world.servers[name] = new N8nServer({ installation, userFolder, port, env: settings, role });
	}
	// The first one makes the tables.
	world.server = world.servers.main;
	await world.server.start();
	await furnish(world);
	for (const server of Object.values(world.servers)) if (!server.running) await server.start();
	return world;
}
