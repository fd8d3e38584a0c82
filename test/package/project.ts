/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';

/** The folder of this repository. */
export const root = resolve(__dirname, '..', '..');

/** package.json as it would be published. */
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	name: string;
	[field: string]: unknown;
};

/** The files below a folder, with forward slashes, sorted. */
export function filesBelow(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.map((file) => file.split(sep).join('/'))
		.sort();
}

/** The sources that are shipped or scanned: nodes/ and credentials/. */
export function shippedSources(): string[] {
	return ['nodes', 'credentials']
		.flatMap((folder) => filesBelow(join(root, folder)).map((file) => `${folder}/${file}`))
		.filter((file) => /\.[cm]?[jt]s$/.test(file));
}

/** Makes a temporary folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'vippsmobilepay-package-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** Runs a program to its end and fails the test when that fails. */
export function run(program: string, args: string[], cwd: string): string {
	const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
	if (status !== 0) {
		throw new Error(`${[program, ...args].join(' ')}: ${error ?? ''}\n${stdout}\n${stderr}`);
	}
	return stdout;
}
