import { spawn } from 'node:child_process';
import { ProblemError } from './problem.mjs';

/**
 * Runs a program to its end.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { quiet?: boolean }} [options] quiet keeps the output back and returns it
 * @returns {Promise<{ status: number, output: string }>} status 1 for a program that a signal ended
 */
export async function runToEnd(program, args, { quiet = false, ...options } = {}) {
	return await new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
			...options,
		});
		let interrupted = false;
		const stop = forwardSignals(child, () => {
			interrupted = true;
		});
		const chunks = [];
		child.stdout?.on('data', (chunk) => chunks.push(chunk));
		child.stderr?.on('data', (chunk) => chunks.push(chunk));
		child.on('error', (error) => {
			stop();
			reject(error);
		});
		child.on('close', (status) => {
			stop();
			// An installation that was broken off is not one that failed.
			if (interrupted && quiet) return reject(new ProblemError('Interrupted.'));
			resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString('utf8') });
		});
	});
}

/**
 * Passes SIGTERM on to a child and leaves Ctrl+C to it (the terminal sends that one to both).
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => void} [onInterrupt] told of Ctrl+C
 * @returns {() => void} ends the passing on
 */
export function forwardSignals(child, onInterrupt = () => {}) {
	const leave = onInterrupt;
	const pass = () => child.kill('SIGTERM');
	process.on('SIGINT', leave);
	process.on('SIGTERM', pass);
	return () => {
		process.off('SIGINT', leave);
		process.off('SIGTERM', pass);
	};
}
