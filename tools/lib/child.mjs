import { spawn } from 'node:child_process';

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
		const stop = forwardSignals(child);
		const chunks = [];
		child.stdout?.on('data', (chunk) => chunks.push(chunk));
		child.stderr?.on('data', (chunk) => chunks.push(chunk));
		child.on('error', (error) => {
			stop();
			reject(error);
		});
		child.on('close', (status) => {
			stop();
			resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString('utf8') });
		});
	});
}

/**
 * Passes SIGTERM on to a child and leaves Ctrl+C to it (the terminal sends that one to both).
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} ends the passing on
 */
export function forwardSignals(child) {
	const leave = () => {};
	const pass = () => child.kill('SIGTERM');
	process.on('SIGINT', leave);
	process.on('SIGTERM', pass);
	return () => {
		process.off('SIGINT', leave);
		process.off('SIGTERM', pass);
	};
}
