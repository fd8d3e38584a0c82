import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { runToEnd } from './child.mjs';
import { ProblemError } from './problem.mjs';

/** Settings of the surrounding `npm run` that must not reach an installation of its own. */
const NOT_INHERITED =
	/^npm_(package_|lifecycle_|command$|config_(local_prefix|prefix|global|ignore_scripts|omit|include|only|production|dry_run|json|workspaces?|include_workspace_root|package_lock|package_lock_only|nodedir)$)/i;

/** The way to npm that survives the change to another Node.js. */
const NPM_CLI = 'N8N_VIPPSMOBILEPAY_NPM_CLI';

/** The file npm-cli.js of the npm in use, or undefined when only an `npm` on PATH can be called. */
export function npmCli() {
	const nodeFolder = path.dirname(process.execPath);
	const candidates = [
		process.env[NPM_CLI],
		process.env.npm_execpath,
		path.join(nodeFolder, 'node_modules/npm/bin/npm-cli.js'),
		path.join(nodeFolder, '../lib/node_modules/npm/bin/npm-cli.js'),
		...(process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => {
			const npm = path.join(folder, 'npm');
			return [
				path.join(folder, 'node_modules/npm/bin/npm-cli.js'),
				existsSync(npm) ? realpathSync(npm) : '',
			];
		}),
	];
	return candidates.find(
		(file) => file && path.basename(file) === 'npm-cli.js' && existsSync(file),
	);
}

/** The major version of the npm in use, or undefined when it cannot be told without running it. */
export function npmMajor() {
	const cli = npmCli();
	if (!cli) return undefined;
	const manifest = path.join(path.dirname(cli), '..', 'package.json');
	return Number(JSON.parse(readFileSync(manifest, 'utf8')).version.split('.')[0]);
}

/**
 * Makes this npm the one in use.
 *
 * @param {string} cli its npm-cli.js
 */
export function useNpm(cli) {
	process.env[NPM_CLI] = cli;
}

/** Remembers which npm was found, for the same command under another Node.js. */
export function rememberNpm() {
	const found = npmCli();
	if (found) useNpm(found);
}

/**
 * Runs npm with its output kept back.
 *
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string> }} options
 * @returns {Promise<{ status: number, output: string }>}
 */
export async function npm(args, { cwd, env = {} }) {
	const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
	const options = { cwd, quiet: true, env: { ...Object.fromEntries(inherited), ...env } };
	const cli = npmCli();
	try {
		if (cli) return await runToEnd(process.execPath, [cli, ...args], options);
		// npm is a .cmd file on Windows, which only a shell can start.
		return await runToEnd('npm', args, { ...options, shell: process.platform === 'win32' });
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
		throw new ProblemError(
			'npm was not found. It comes with Node.js (https://nodejs.org); check that `npm --version` works.',
		);
	}
}

/**
 * Runs npm and turns a failure into a sentence about what is missing and what to do.
 *
 * @param {string} what e.g. `n8n 2.41.1`
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string> }} options
 * @returns {Promise<string>} the output
 */
export async function npmOrExplain(what, args, options) {
	const { status, output } = await npm(args, options);
	if (status !== 0) throw new ProblemError(explain(what, output));
	return output;
}

const NO_NETWORK =
	/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/i;

function explain(what, output) {
	const errors = output
		.split('\n')
		.filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log|A complete/.test(line))
		.map((line) => line.replace(/^npm (error|ERR!) ?/, ''));
	const ofScript = errors.some((line) => line.startsWith('command failed'));
	if (!ofScript && NO_NETWORK.test(errors.join('\n'))) {
		const said = errors.find(
			(line) => NO_NETWORK.test(line) && !/^(code|errno|syscall) /.test(line),
		);
		return (
			`${what} could not be fetched: the npm registry does not answer.\n` +
			'It is fetched once only. Connect to the network (or set the proxy or the registry of your\n' +
			'npm: `npm config get registry`) and run the command again.' +
			(said ? `\n\nnpm said: ${said}` : '')
		);
	}
	// What a compiler said comes with the script's output, not with npm's own errors.
	const ofCompiler = output
		.split('\n')
		.filter((line) => /\berror:|gyp ERR! (stack Error|find)/i.test(line));
	const lines = ofScript ? [...errors.slice(0, 4), ...ofCompiler.slice(0, 12)] : errors;
	const shown = lines.length > 0 ? lines : output.trim().split('\n').slice(-15);
	return `${what} could not be installed with npm.\n\nnpm said:\n  ${shown.slice(0, 25).join('\n  ')}`;
}
