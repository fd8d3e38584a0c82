import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureServer } from '../tools/lib/install.mjs';
import { inTemporaryFolder, pack } from '../tools/lib/pack.mjs';

/**
 * Runs the measurements on the built package, n8n's own engine and the simulator, and prints their
 * figures and all ratios in one table. Names run some of them only: `reading`, `memory`,
 * `requests`, `settlement`, `package`. `--long` measures with up to a million entries, and reads
 * a million that wait on one of five hundred ledgers to their end; `scale` is the short one of that.
 */
const args = process.argv.slice(2);
const names = args.filter((arg) => arg !== '--long');
const folder = dirname(fileURLToPath(import.meta.url));

const node = (nodeArgs, env) =>
	new Promise((resolve) => {
		const options = { stdio: 'inherit', env: { ...process.env, ...env } };
		spawn(process.execPath, ['--expose-gc', ...nodeArgs], options).once('exit', resolve);
	});

async function ratios() {
	// The HTTP Request node comes with a whole n8n only.
	const server = await ensureServer();
	return await inTemporaryFolder(async (place) => {
		const main = ['--require', join(folder, 'lib', 'typescript.cjs'), join(folder, 'main.ts')];
		return await node([...main, ...args], {
			N8N_VIPPSMOBILEPAY_SERVER: server,
			BENCH_TARBALL: await pack(place),
		});
	});
}

async function scale() {
	const jest = join(folder, '..', 'node_modules', 'jest', 'bin', 'jest.js');
	const config = ['--config', join(folder, 'jest.config.js'), '--runInBand', '--verbose=false'];
	return await node([jest, ...config], { BENCH_LONG: args.includes('--long') ? '1' : '' });
}

const wantsScale = names.includes('scale') || (names.length === 0 && args.includes('--long'));
const statuses = [];
if (names.some((name) => name !== 'scale') || names.length === 0) statuses.push(await ratios());
if (wantsScale) statuses.push(await scale());
process.exitCode = statuses.find((status) => status !== 0) ?? 0;
