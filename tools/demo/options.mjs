import { parseArgs } from 'node:util';
import { isFree, freePort } from '../../e2e/lib/ports.mjs';
import { ProblemError } from '../lib/problem.mjs';

const USAGE = `Usage: npm start -- [options]

  --once     ends by itself when each example entry has arrived once, status 0 (else 1)
  --port N   the editor's port (default 5678, or a free one when that is taken)
  --keep     goes on with the n8n of the last start instead of a new one
`;

const DEFAULT_PORT = 5678;

/**
 * Reads the options of `npm start`.
 *
 * @param {string[]} args
 * @returns {Promise<{ once: boolean, keep: boolean, port: number } | undefined>} undefined when only help was asked for
 */
export async function readOptions(args) {
	const values = parse(args);
	if (values.help) {
		process.stdout.write(USAGE);
		return undefined;
	}
	return { once: values.once, keep: values.keep, port: await choosePort(values) };
}

function parse(args) {
	try {
		return parseArgs({
			args,
			options: {
				once: { type: 'boolean', default: false },
				keep: { type: 'boolean', default: false },
				port: { type: 'string' },
				help: { type: 'boolean', short: 'h', default: false },
			},
		}).values;
	} catch (error) {
		throw new ProblemError(`${error.message}\n\n${USAGE}`);
	}
}

async function choosePort({ port, once }) {
	if (port === undefined) {
		if (once) return await freePort();
		return (await isFree(DEFAULT_PORT)) ? DEFAULT_PORT : await freePort();
	}
	const number = Number(port);
	if (!Number.isInteger(number) || number < 1 || number > 65535) {
		throw new ProblemError(`--port takes a number from 1 to 65535, not ${port}.`);
	}
	if (!(await isFree(number))) {
		throw new ProblemError(`Port ${number} is taken. Choose another with --port N.`);
	}
	return number;
}
