import path from 'node:path';
import { ensureOldestServer, ensureRoot, ensureServer } from '../lib/install.mjs';
import { runNodeTests } from '../lib/node-test.mjs';
import { inTemporaryFolder, pack } from '../lib/pack.mjs';
import { ProblemError } from '../lib/problem.mjs';
import { Tally } from '../lib/tally.mjs';
import { run as build } from './build.mjs';

const ALL = /^[^/\\]+\.e2e\.test\.mjs$/;
const KILLS_ALONE = /^kills\.e2e\.test\.mjs$/;
const PICTURES = /^pictures\.mjs$/;

/**
 * The packed package in a real n8n.
 *
 * @param {string[]} args `--kills N` for a long run of kills alone, N of each engine; `--pictures`
 *   makes the pictures of the examples in docs/images and tests nothing else; others are options of `node --test`, e.g. `--test-name-pattern=durable`
 */
export async function run(args) {
	const pictures = args.includes('--pictures');
	const { kills, options } = readKills(args.filter((arg) => arg !== '--pictures'));
	await ensureRoot();
	const server = await ensureServer();
	const oldest = kills || pictures ? '' : await ensureOldestServer();
	const tally = new Tally();
	tally.addStatus(await build());
	if (tally.failed === 0) {
		await inTemporaryFolder(async (folder) => {
			const result = path.join(folder, 'e2e.tap');
			const status = await runNodeTests({
				folder: 'e2e',
				files: pictures ? PICTURES : kills ? KILLS_ALONE : ALL,
				result,
				// The tests wait for n8n's next poll most of the time, so they run side by side.
				options: ['--test-concurrency=2', ...options],
				env: {
					N8N_VIPPSMOBILEPAY_SERVER: server,
					N8N_VIPPSMOBILEPAY_OLDEST_SERVER: oldest,
					N8N_VIPPSMOBILEPAY_TARBALL: await pack(folder),
					N8N_VIPPSMOBILEPAY_KILLS: kills,
				},
			});
			await tally.addNodeTest(result);
			tally.addStatus(status ?? 1);
		});
	}
	process.stdout.write(`\n${tally}\n`);
	return tally.failed === 0 ? 0 : 1;
}

/** Takes `--kills N` out of the arguments; '' without it. */
function readKills(args) {
	const at = args.indexOf('--kills');
	if (at < 0) return { kills: '', options: args };
	const kills = args[at + 1] ?? '';
	if (!/^[1-9][0-9]{0,3}$/.test(kills)) {
		throw new ProblemError('--kills takes a number, for example: npm run e2e -- --kills 30');
	}
	return { kills, options: args.toSpliced(at, 2) };
}
