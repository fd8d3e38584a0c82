import { promises as fs, existsSync } from 'node:fs';
import path from 'node:path';
import { findEntry, lockKey, makeEntry } from './cache.mjs';
import { runToEnd } from './child.mjs';
import { npmOrExplain, rememberNpm } from './npm.mjs';
import { inRoot, rootFolder, toolsFolder } from './paths.mjs';
import { ProblemError } from './problem.mjs';
import { step } from './progress.mjs';

/** n8n runs on nothing older. */
const NEEDED_MAJOR = 24;

/** Whether this very process runs on a Node.js that n8n runs on. */
export function hasRightNode() {
	return Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR;
}

/** Puts this process's Node.js and the project's own programs first on PATH of all that follows. */
export function useOwnNodeFirst() {
	rememberNpm();
	const first = [path.dirname(process.execPath), inRoot('node_modules', '.bin')];
	// The name is Path on Windows; process.env finds it there by any case.
	process.env.PATH = [...first, process.env.PATH ?? ''].join(path.delimiter);
}

/**
 * Runs this command once more under a Node.js 24 from the npm registry.
 *
 * @param {string[]} args the command and its options
 * @returns {Promise<number>} its exit status
 */
export async function runAgainWithNode24(args) {
	rememberNpm();
	const node = await ensureNode24();
	// The folder of the first Node.js stays on PATH: its npm does.
	process.env.PATH = [process.env.PATH ?? '', path.dirname(process.execPath)].join(path.delimiter);
	const { status } = await runToEnd(node, [path.join(toolsFolder, 'run.mjs'), ...args], {
		stdio: 'inherit',
		cwd: rootFolder,
	});
	return status;
}

async function ensureNode24() {
	const source = path.join(toolsFolder, 'node24');
	const key = lockKey(source);
	const found = findEntry('node24', key);
	if (found) return programIn(found);
	const folder = await step(
		`Fetching Node.js ${NEEDED_MAJOR} (this is ${process.versions.node}; n8n needs ${NEEDED_MAJOR})`,
		'10 to 30 s',
		async (say) =>
			await makeEntry(
				'node24',
				key,
				async (draft) => {
					await fs.cp(source, draft, { recursive: true });
					await npmOrExplain(
						`Node.js ${NEEDED_MAJOR}`,
						['ci', '--ignore-scripts', '--include=optional', '--no-audit', '--no-fund'],
						{ cwd: draft },
					);
					await checkProgram(programIn(draft));
				},
				() => say('another process is at it, waiting'),
			),
	);
	return programIn(folder);
}

/**
 * The Node.js that was installed in a folder from the npm registry.
 *
 * @param {string} folder with a package `node-<platform>-<processor>`
 */
export function programIn(folder) {
	const packages = [
		`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
		`node-bin-${process.platform}-${process.arch}`,
	];
	const program = process.platform === 'win32' ? 'node.exe' : 'node';
	return packages
		.map((name) => path.join(folder, 'node_modules', name, 'bin', program))
		.find(existsSync);
}

// npm passes over an optional package that does not fit or cannot be fetched without a word.
async function checkProgram(program) {
	const { status } = program
		? await runToEnd(program, ['--version'], { quiet: true }).catch(() => ({ status: 1 }))
		: { status: 1 };
	if (status === 0) return;
	throw new ProblemError(
		`Node.js ${NEEDED_MAJOR} for ${process.platform} on ${process.arch} could not be fetched from the npm registry, or does not run here.\n` +
			`Check the network (\`npm ping\`), or install Node.js ${NEEDED_MAJOR} or newer yourself (https://nodejs.org) and run the command again with it.`,
	);
}
