/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a measurement, never in n8n */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../test/harness/package';
import { median } from '../lib/numbers';
import type { Report } from '../lib/report';

const ROUNDS = 7;

function output(command: string, args: string[]): string {
	const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
	if (status !== 0) throw new Error(stderr);
	return stdout;
}

/** What the package costs an n8n that does nothing with it. */
export async function* packageItself(): AsyncGenerator<Report> {
	const lib = join(__dirname, '..', 'lib');
	const args = ['--require', join(lib, 'typescript.cjs'), join(lib, 'loadTime.ts'), packageFolder];
	const times = Array.from({ length: ROUNDS }, () => Number(output(process.execPath, args)));
	const tarball = process.env.BENCH_TARBALL ?? '';
	const files = output('tar', ['-tzf', tarball]).trim().split('\n').length;
	yield await Promise.resolve({
		title: 'The package',
		columns: ['', ''],
		rows: [
			[`n8n's loader, ms (median of ${ROUNDS} fresh processes)`, Math.round(median(times))],
			['tarball, KB', Math.round(statSync(tarball).size / 1024)],
			['files in it', files],
		],
		ratios: [],
	});
}
