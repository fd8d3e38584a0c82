/**
 * Runs n8n's community package scanner on what would be published, before it is: the packed
 * tarball, and the sources as the scanner takes them from the repository. Comments that switch
 * rules off do not count for it.
 *
 * Usage: node tools/scan.mjs <folder of the node-cli installation>
 */
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inTemporaryFolder, pack, unpack } from './lib/pack.mjs';
import { inRoot } from './lib/paths.mjs';

const [cli] = process.argv.slice(2);
const scanner = path.join(cli, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(pathToFileURL(scanner).href);

// The scanner's module is a program too: its own --help or network calls are not reached from here.
const passed = await inTemporaryFolder(async (folder) => {
	const packed = path.join(folder, 'packed');
	await unpack(await pack(folder), packed);

	const sources = path.join(folder, 'sources');
	await fs.mkdir(sources);
	for (const name of ['package.json', 'nodes', 'credentials']) {
		await fs.cp(inRoot(name), path.join(sources, name), { recursive: true });
	}

	const results = [
		['packed files', await analyzePackage(packed, ['**/*.js', 'package.json'])],
		['sources', await analyzePackage(sources, SOURCE_FILE_PATTERNS)],
	];
	for (const [name, result] of results) {
		process.stdout.write(
			`${name}: ${result.passed ? 'passed' : `${result.message}\n${result.details ?? ''}`}\n`,
		);
	}
	return results.every(([, result]) => result.passed);
});
process.exitCode = passed ? 0 : 1;
