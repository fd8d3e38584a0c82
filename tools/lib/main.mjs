import { existsSync } from 'node:fs';
import path from 'node:path';
import { ProblemError } from './problem.mjs';
import { hasRightNode, runAgainWithNode24, useOwnNodeFirst } from './runtime.mjs';
import { toolsFolder } from './paths.mjs';

const COMMANDS = {
	start: 'the simulator and a real n8n with this package (-- --once, --port N, --keep)',
	test: 'every test that needs no n8n server and no browser (-- <jest options>)',
	e2e: 'the packed package in a real n8n',
	simulator: 'the API simulator alone (-- --port N --seed N)',
	build: 'compile into dist/',
	lint: "n8n's strict rules, the community scanner's rules and the type checks",
	verify: 'what n8n asks of a package before it verifies it, line by line',
	bench: 'measurements',
};

/**
 * Runs one command.
 *
 * @param {string[]} args the command's name and its options
 * @returns {Promise<number>} the exit status
 */
export async function main([command, ...options]) {
	const file = path.join(toolsFolder, 'commands', `${command}.mjs`);
	if (!Object.hasOwn(COMMANDS, command ?? '') || !existsSync(file)) {
		printUsage();
		return command === undefined || command === '--help' ? 0 : 1;
	}
	try {
		if (!hasRightNode()) return await runAgainWithNode24([command, ...options]);
		useOwnNodeFirst();
		const { run } = await import(`../commands/${command}.mjs`);
		return (await run(options)) ?? 0;
	} catch (error) {
		if (!(error instanceof ProblemError)) throw error;
		process.stderr.write(`\n${error.message}\n`);
		return 1;
	}
}

function printUsage() {
	process.stdout.write('Usage: npm run <command> -- [options]\n\n');
	for (const [name, text] of Object.entries(COMMANDS)) {
		process.stdout.write(`  ${name.padEnd(10)} ${text}\n`);
	}
}
