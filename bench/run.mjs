import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Runs the measurements in n8n's own poll engine, on the built package and the simulator.
 * `--long` adds a feed of half a million entries, and reads a million that wait on one of many
 * ledgers to their end. A name, such as `scale`, runs the files that contain it.
 */
const args = process.argv.slice(2);
const folder = dirname(fileURLToPath(import.meta.url));
const jest = join(folder, '..', 'node_modules', 'jest', 'bin', 'jest.js');
const child = spawn(
	process.execPath,
	[
		'--expose-gc',
		jest,
		'--config',
		join(folder, 'jest.config.js'),
		'--runInBand',
		'--verbose=false',
		...args.filter((arg) => arg !== '--long'),
	],
	{
		stdio: 'inherit',
		env: { ...process.env, BENCH_LONG: args.includes('--long') ? '1' : '' },
	},
);
child.once('exit', (code) => {
	process.exitCode = code ?? 1;
});
