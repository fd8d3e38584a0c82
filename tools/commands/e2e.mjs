import path from 'node:path';
import { ensureOldestServer, ensureRoot, ensureServer } from '../lib/install.mjs';
import { runNodeTests } from '../lib/node-test.mjs';
import { inTemporaryFolder, pack } from '../lib/pack.mjs';
import { ProblemError } from '../lib/problem.mjs';
import { Tally } from '../lib/tally.mjs';
import { run as build } from './build.mjs';

const ALL = /^[^/\\]+\.e2e\.test\.mjs$/;
const PICTURES = /^pictures\.mjs$/;

/** Options that take a number, with the variable that the tests find it in, and the tests that run alone then. */
const NUMBERS = {
	'--kills': { variable: 'N8N_VIPPSMOBILEPAY_KILLS', files: /^kills\.e2e\.test\.mjs$/ },
	'--queue-kills': { variable: 'N8N_VIPPSMOBILEPAY_QUEUE_KILLS', files: /^queue\.e2e\.test\.mjs$/ },
	'--deliveries': {
		variable: 'N8N_VIPPSMOBILEPAY_DELIVERIES',
		files: /^webhooks\.e2e\.test\.mjs$/,
	},
	'--cycles': {
		variable: 'N8N_VIPPSMOBILEPAY_CYCLES',
		files: /^webhookCycles\.e2e\.test\.mjs$/,
	},
	'--seed': { variable: 'N8N_VIPPSMOBILEPAY_SEED' },
};

/**
 * The packed package in a real n8n.
 *
 * @param {string[]} args `--kills N` for a long run of kills alone, N of each engine, `--queue-kills N`
 *   for the same in queue mode, `--seed N` to repeat its order, `--deliveries N` of webhooks,
 *   `--cycles N` of switching a webhook trigger on and off; `--pictures` makes the pictures of
 *   the examples in docs/images and tests nothing else; others are options of `node --test`, e.g.
 *   `--test-name-pattern=durable`
 */
export async function run(args) {
	const pictures = args.includes('--pictures');
	const { alone, variables, options } = readNumbers(args.filter((arg) => arg !== '--pictures'));
	const files = pictures ? PICTURES : (alone ?? ALL);
	await ensureRoot();
	const server = await ensureServer();
	const oldest = files === ALL ? await ensureOldestServer() : '';
	const tally = new Tally();
	tally.addStatus(await build());
	if (tally.failed === 0) {
		await inTemporaryFolder(async (folder) => {
			const result = path.join(folder, 'e2e.tap');
			const status = await runNodeTests({
				folder: 'e2e',
				files,
				result,
				// The tests wait for n8n's next poll most of the time, so they run side by side.
				options: ['--test-concurrency=2', ...options],
				env: {
					N8N_VIPPSMOBILEPAY_SERVER: server,
					N8N_VIPPSMOBILEPAY_OLDEST_SERVER: oldest,
					N8N_VIPPSMOBILEPAY_TARBALL: await pack(folder),
					...variables,
				},
			});
			await tally.addNodeTest(result);
			tally.addStatus(status ?? 1);
		});
	}
	process.stdout.write(`\n${tally}\n`);
	return tally.failed === 0 ? 0 : 1;
}

/** Takes the options with numbers out of the arguments; `alone`: the only tests to run then. */
function readNumbers(args) {
	const variables = {};
	let alone;
	let options = args;
	for (const [option, { variable, files }] of Object.entries(NUMBERS)) {
		const at = options.indexOf(option);
		variables[variable] = at < 0 ? '' : (options[at + 1] ?? '');
		if (at < 0) continue;
		if (!/^[1-9][0-9]{0,5}$/.test(variables[variable])) {
			throw new ProblemError(`${option} takes a number, for example: npm run e2e -- ${option} 30`);
		}
		alone = files ?? alone;
		options = options.toSpliced(at, 2);
	}
	return { alone, variables, options };
}
