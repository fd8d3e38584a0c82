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
 * What the tests run on, as `npm run e2e` says.
 *
 * @returns {{ installation: string, tarball: string }} the folder with node_modules/n8n; the packed package
 */
export function givenByCommand() {
	const { N8N_VIPPSMOBILEPAY_SERVER: installation, N8N_VIPPSMOBILEPAY_TARBALL: tarball } =
		process.env;
	if (!installation || !tarball) throw new Error('Run these tests by `npm run e2e`.');
	return { installation, tarball };
}

/**
 * A simulator, and a new n8n with the packed package and both credentials, for one test.
 *
 * @param {import('node:test').TestContext} test ends it all afterwards; keeps the logs when it failed
 * @param {object} [options]
 * @param {Record<string, string>} [options.env] further settings of n8n
 * @param {string} [options.installation] another n8n than the newest
 * @param {string} [options.program] the Node.js that it runs on
 */
export async function createWorld(test, { env, program, installation } = {}) {
	const given = givenByCommand();
	const folder = await createFolder(test);
	const server = new N8nServer({
		installation: installation ?? given.installation,
		program,
		userFolder: path.join(folder, 'n8n'),
		env,
	});
	const world = { folder, server, password: PASSWORD };
	test.after(async () => {
		await server.stop();
		await world.simulator?.stop();
		await leaveFolder(test, folder);
	});

	await fs.mkdir(server.userFolder);
	await installPackage(given.tarball, server.userFolder);
	world.simulator = await Simulator.start({ log: path.join(folder, 'simulator.log') });
	await server.start();
	await furnish(world);
	return world;
}

/** Tests of which a part has failed; by itself a test does not know that until it is over. */
const failedInPart = new WeakSet();

/** A new folder for all that a test leaves behind. */
export async function createFolder(test) {
	test.afterEach((part) => {
		if (part.passed === false) failedInPart.add(test);
	});
	return await fs.mkdtemp(path.join(os.tmpdir(), 'vippsmobilepay-e2e-'));
}

/** Removes the folder of a test, or says where it is when the test has failed. */
export async function leaveFolder(test, folder) {
	if (test.passed === false || failedInPart.has(test)) test.diagnostic(`Logs: ${folder}`);
	else await fs.rm(folder, { recursive: true, force: true });
}

/**
 * Makes the owner and the credentials of a new n8n that runs.
 *
 * @param {{ server: N8nServer, simulator: Simulator }} world gets `rest`, `credentials` and `restart()`
 */
export async function furnish(world) {
	const { server, simulator } = world;
	world.rest = new Rest(server.url);
	await world.rest.setUpOwner(PASSWORD);
	world.credentials = {};
	for (const [name, credential] of Object.entries(simulator.credentials)) {
		const id = await world.rest.createCredential(credential);
		world.credentials[name] = { ...credential, id };
	}
	/** Starts n8n again after it was stopped or killed. */
	world.restart = async () => {
		await server.start();
		await world.rest.logIn(PASSWORD);
	};
}
