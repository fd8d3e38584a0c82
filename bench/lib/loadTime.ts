/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a measurement, never in n8n */
import 'reflect-metadata';
import { PackageDirectoryLoader } from 'n8n-core';

/** Prints how many milliseconds n8n's own loader needs for the package in a folder. */
async function main(): Promise<void> {
	const [folder] = process.argv.slice(2);
	const started = performance.now();
	await new PackageDirectoryLoader(folder).loadAll();
	process.stdout.write(String(performance.now() - started));
}

void main();
