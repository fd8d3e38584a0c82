import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installPackage } from './install.mjs';
import { Rest } from './rest.mjs';
import { N8nServer } from './server.mjs';
import { Simulator } from './simulator.mjs';

// An orderly exit takes the servers along, which a signal by itself would leave running.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

const PASSWORD = 'Only-for-tests-1';

/**
 * A simulator, and a new n8n with the packed package and both credentials, for one test.
 *
 * @param {import('node:test').TestContext} test ends it all afterwards; keeps the logs when it failed
 * @param {object} [options]
 * @param {Record<string, string>} [options.env] further settings of n8n
 * @param {string} [options.installation] another n8n than the newest
 * @param {string} [options.program] the Node.js that it runs on
 */
export async function createWorld(
	test,
	{ env, program, installation = process.env.N8N_VIPPSMOBILEPAY_SERVER } = {},
) {
	const { N8N_VIPPSMOBILEPAY_TARBALL: tarball } = process.env;
	if (!installation || !tarball) throw new Error('Run these tests by `npm run e2e`.');

	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'vippsmobilepay-e2e-'));
	const server = new N8nServer({
		installation,
		program,
		userFolder: path.join(folder, 'n8n'),
		env,
	});
	const rest = () => new Rest(server.url);
	const world = { folder, server, password: PASSWORD };
	test.after(async () => {
		await server.stop();
		await world.simulator?.stop();
		if (test.passed === false) test.diagnostic(`Logs: ${folder}`);
		else await fs.rm(folder, { recursive: true, force: true });
	});

	await fs.mkdir(server.userFolder);
	await installPackage(tarball, server.userFolder);
	world.simulator = await Simulator.start({ log: path.join(folder, 'simulator.log') });
	await server.start();
	world.rest = rest();
	await world.rest.setUpOwner(PASSWORD);
	world.credentials = {};
	for (const [name, credential] of Object.entries(world.simulator.credentials)) {
		const id = await world.rest.createCredential(credential);
		world.credentials[name] = { ...credential, id };
	}
	/** Starts n8n again after it was stopped or killed. */
	world.restart = async () => {
		await server.start();
		await world.rest.logIn(PASSWORD);
	};
	return world;
}
