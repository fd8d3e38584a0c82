/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a measurement, never in n8n */
import 'reflect-metadata';
import { cpus } from 'node:os';
import { stopSimulators } from '../test/harness/simulator';
import { figures, ratioTable, type Report } from './lib/report';

/** Each measures one thing and reports as it goes on. */
type Section = (isLong: boolean) => AsyncGenerator<Report>;

async function sections(): Promise<Record<string, Section>> {
	const [{ reading }, { wholeN8n }, { memory }, { requests }, { settlement }, { packageItself }] =
		await Promise.all([
			import('./sections/reading'),
			import('./sections/server'),
			import('./sections/memory'),
			import('./sections/requests'),
			import('./sections/settlement'),
			import('./sections/package'),
		]);
	return { requests, reading, n8n: wholeN8n, settlement, memory, package: packageItself };
}

async function main(): Promise<void> {
	// The harness is made for Jest, which would end what it starts.
	Object.assign(globalThis, { afterAll: () => {}, beforeEach: () => {} });
	const args = process.argv.slice(2);
	const isLong = args.includes('--long');
	const names = args.filter((arg) => !arg.startsWith('--'));
	const reports: Report[] = [];
	const finish = () => {
		process.stdout.write(`${ratioTable(reports)}\n`);
		const [{ model }] = cpus();
		const machine = `${model}, ${cpus().length} cores, Node.js ${process.versions.node}`;
		process.stdout.write(`\n${machine}, ${new Date().toISOString().slice(0, 10)}\n`);
		void stopSimulators().finally(() => process.exit());
	};
	// Who has seen enough gets the ratios so far.
	process.once('SIGINT', finish);
	process.once('SIGTERM', finish);
	for (const [name, section] of Object.entries(await sections())) {
		if (names.length > 0 && !names.includes(name)) continue;
		for await (const report of section(isLong)) {
			process.stdout.write(`${figures(report)}\n`);
			reports.push(report);
		}
	}
	finish();
}

void main();
