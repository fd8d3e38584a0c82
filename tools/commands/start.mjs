import { promises as fs } from 'node:fs';
import path from 'node:path';
import { OWNER } from '../../e2e/lib/rest.mjs';
import { Follower } from '../demo/follow.mjs';
import { runOnce } from '../demo/once.mjs';
import { readOptions } from '../demo/options.mjs';
import { DemoWorld } from '../demo/world.mjs';
import { cacheFolder, keyOf, tryLock } from '../lib/cache.mjs';
import { ensureRoot, ensureServer } from '../lib/install.mjs';
import { inTemporaryFolder, pack } from '../lib/pack.mjs';
import { rootFolder } from '../lib/paths.mjs';
import { ProblemError } from '../lib/problem.mjs';
import { step } from '../lib/progress.mjs';
import { run as build } from './build.mjs';

/**
 * The simulator and a real n8n with this package, credentials and examples, the trigger active.
 *
 * @param {string[]} args see tools/demo/options.mjs
 */
export async function run(args) {
	const options = await readOptions(args);
	if (!options) return 0;
	await ensureRoot();
	const installation = await ensureServer();
	const built = await build();
	if (built !== 0) return built;
	return await inTemporaryFolder(async (temporary) => {
		const tarball = await pack(temporary);
		const liveIn = async (folder) =>
			await live(new DemoWorld({ installation, folder, port: options.port }), tarball, options);
		if (options.once) return await liveIn(path.join(temporary, 'once'));
		return await inDemoFolder(options, liveIn);
	});
}

/** One folder for each clone; outside of it, because n8n's own build looks for pictures in there. */
async function inDemoFolder({ keep }, work) {
	const folder = path.join(cacheFolder(), `demo-${keyOf({ texts: [rootFolder] })}`);
	const release = await tryLock(`${folder}.lock`);
	if (!release) {
		throw new ProblemError(
			'`npm start` is running in this clone already. End it with Ctrl+C, or use `npm start -- --once`.',
		);
	}
	try {
		if (!keep) await fs.rm(folder, { recursive: true, force: true });
		return await work(folder);
	} finally {
		await release();
	}
}

async function live(world, tarball, { once }) {
	const follower = new Follower(world);
	const interrupted = interruption(world, once ? 130 : 0);
	try {
		const work = async () => {
			await step('Starting the simulator and n8n', '10 to 40 s', () => world.start(tarball));
			introduce(world);
			if (once) return await runOnce(world, follower);
			await follower.until(() => false);
			return 0;
		};
		return await Promise.race([work(), interrupted]);
	} finally {
		// A connection that goes on asking would keep n8n from ending.
		follower.stopped = true;
		await world.stop();
	}
}

/** Resolves with the exit status at Ctrl+C, after which n8n gets the time to end properly; a second one takes it away. */
async function interruption(world, status) {
	let times = 0;
	return await new Promise((resolve) => {
		const onSignal = () => {
			times += 1;
			if (times > 1) return world.kill();
			process.stdout.write('\nEnding n8n and the simulator …\n');
			resolve(status);
		};
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
	});
}

function introduce({ server, simulator, password, folder, byHand }) {
	const longest = Math.max(...byHand.map(({ name }) => name.length));
	process.stdout.write(
		[
			'',
			`  Editor     ${server.url}`,
			`  E-mail     ${OWNER.email}`,
			`  Password   ${password}`,
			`  Simulator  ${simulator.url}`,
			`  Logs       ${folder}`,
			'',
			'In the editor, inactive, ready for you to run:',
			'',
			...byHand.map(({ name, url }) => `  ${name.padEnd(longest)}  ${url}`),
			'',
			"You play the customer, too: a payment's redirectUrl leads to the simulator's page, where you approve it.",
			'',
			'What the active workflows get from their triggers, which poll once a minute (Ctrl+C ends it):',
			'',
			'',
		].join('\n'),
	);
}
