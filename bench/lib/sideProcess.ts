/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a measurement, never in n8n */
import 'reflect-metadata';
import { createHash, type Hash } from 'node:crypto';
import type { Job, Measured, Side } from './job';
import { PeakMemory } from './peakMemory';

/**
 * One side in a process of its own, so that neither its memory nor its compiled code is another's.
 * Gets jobs as messages and answers each with what it has measured.
 */
const [name] = process.argv.slice(2);

const FILES: Readonly<Record<string, string>> = {
	loop: 'loop',
	loopItems: 'loop',
	getAll: 'getAll',
	leastNode: 'leastNode',
	trigger: 'trigger',
	triggerAtOnce: 'trigger',
	httpRequest: 'httpRequest',
	httpRequestSplit: 'httpRequest',
};

async function measure(side: Side, job: Job): Promise<Measured> {
	const run = await side(job);
	global.gc?.();
	global.gc?.();
	const memory = new PeakMemory(job.collects);
	const cpu = process.cpuUsage();
	const started = performance.now();
	await run.go();
	const ms = performance.now() - started;
	const { user, system } = process.cpuUsage(cpu);
	const peakMb = memory.stop();

	// Sides work through ledgers in different orders; each ledger has its own.
	const ledgers = new Map<string, Hash>();
	let entries = 0;
	run.each((ledgerId, pspReference) => {
		const hash = ledgers.get(ledgerId) ?? createHash('sha256');
		hash.update(`${String(pspReference)}\n`);
		ledgers.set(ledgerId, hash);
		entries++;
	});
	const all = createHash('sha256');
	for (const ledgerId of [...ledgers.keys()].sort()) {
		all.update(`${ledgerId} ${ledgers.get(ledgerId)!.digest('hex')}\n`);
	}
	return { ms, cpuMs: (user + system) / 1000, entries, digest: all.digest('hex'), peakMb };
}

async function main(): Promise<void> {
	// The harness is made for Jest, which would end what it starts.
	Object.assign(globalThis, { afterAll: () => {}, beforeEach: () => {} });
	const sides = (await import(`../sides/${FILES[name]}`)) as Record<string, Side>;
	process.on('message', (job: Job) => {
		measure(sides[name], job).then(
			(done) => process.send!({ done }),
			(error: Error) => process.send!({ error: error.stack }),
		);
	});
	process.on('disconnect', () => process.exit());
	process.send!({ ready: true });
}

void main();
