/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, root, run, temporaryFolder } from './project';

const BUILT_FROM = ['package.json', 'tsconfig.json', 'gulpfile.js', 'nodes', 'credentials'];
const PROGRAMS = {
	gulp: ['node_modules', 'gulp', 'bin', 'gulp.js'],
	'n8n-node': ['node_modules', '@n8n', 'node-cli', 'bin', 'n8n-node.mjs'],
};

const folder = temporaryFolder();

/** Builds a copy of the sources and gives what is in its dist/, by file. */
function build(tool: keyof typeof PROGRAMS): Record<string, string> {
	const copy = join(folder, tool);
	for (const name of BUILT_FROM) cpSync(join(root, name), join(copy, name), { recursive: true });
	symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
	run(process.execPath, [join(copy, ...PROGRAMS[tool]), 'build'], copy);
	const dist = join(copy, 'dist');
	return Object.fromEntries(
		filesBelow(dist).map((file) => [file, readFileSync(join(dist, file), 'base64')]),
	);
}

it('builds the same with gulp as with `n8n-node build`', () => {
	const ours = build('gulp');
	const official = build('n8n-node');
	expect(Object.keys(ours)).toEqual(Object.keys(official));
	expect(Object.keys(ours).length).toBeGreaterThan(10);
	for (const file of Object.keys(ours)) expect([file, ours[file]]).toEqual([file, official[file]]);
}, 120_000);
