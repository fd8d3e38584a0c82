/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a measurement, never in n8n */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { installPackage } from '../../e2e/lib/install.mjs';
import { eventually } from '../../e2e/lib/polls.mjs';
import { Rest } from '../../e2e/lib/rest.mjs';
import { N8nServer } from '../../e2e/lib/server.mjs';
import { load, startSimulator, type Simulator } from '../lib/bulk';
import { logIn } from '../lib/logIn';
import { median, medianRatio } from '../lib/numbers';
import type { Report } from '../lib/report';
import { request, splitOut, start, to } from '../sides/httpRequest';
import { getMany } from '../sides/getAll';

const BULK = { ledgers: 1, entries: 100_000, latencyMs: 0 };
const ROUNDS = 7;
/** Of the time of HTTP Request and Split Out. */
const HALF = 0.5;
const CREDENTIAL = 'vippsMobilePayAccountingApi';

interface Workflow {
	id: string;
	/** The nodes that count. */
	nodes: string[];
}

/** A whole n8n with the packed package, and its log-in. */
async function startServer(folder: string) {
	const { N8N_VIPPSMOBILEPAY_SERVER: installation = '', BENCH_TARBALL: tarball = '' } = process.env;
	const server = new N8nServer({ installation, userFolder: join(folder, 'n8n') });
	await installPackage(tarball, server.userFolder);
	await server.start();
	const rest = new Rest(server.url);
	await rest.setUpOwner('Only-for-tests-1');
	return { server, rest };
}

/** Nodes one after the other, behind a start by hand that says which ledger. */
async function createWorkflow(rest: Rest, ledgerId: string, nodes: INode[]): Promise<Workflow> {
	const ledger: INode = {
		...start,
		id: 'ledger',
		name: 'Ledger',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify({ ledgerId }) },
	};
	const all = [start, ledger, ...nodes];
	const pairs = all.slice(1).map(({ name }, at) => [all[at].name, to(name)]);
	const connections = Object.fromEntries(pairs) as object;
	const workflow = { name: nodes[0].name, nodes: all, connections, settings: {} };
	const { id } = await rest.createWorkflow(workflow);
	return { id, nodes: nodes.map(({ name }) => name) };
}

/** How long the nodes of a workflow took, as n8n says. */
async function run(rest: Rest, { id, nodes }: Workflow): Promise<number> {
	const executionId = await rest.run(id, start.name);
	await eventually(async () => {
		const { stoppedAt } = (await rest.request('GET', `/executions/${executionId}`)) as {
			stoppedAt?: string;
		};
		return stoppedAt !== undefined && stoppedAt !== null;
	}, `Execution ${executionId}`);
	const { status, error, runData, itemsOf } = await rest.execution(executionId);
	const count = itemsOf(nodes.at(-1)!).length;
	if (status !== 'success' || count !== BULK.entries) {
		throw new Error(`${nodes.join(' + ')}: ${status}, ${count} items, ${error}`);
	}
	const times = nodes.map((node) => runData[node][0] as { executionTime: number });
	return times.reduce((sum, { executionTime }) => sum + executionTime, 0);
}

async function measure(simulator: Simulator, folder: string): Promise<[number[], number[]]> {
	const job = await load(simulator, BULK);
	const { server, rest } = await startServer(folder);
	try {
		const { accounting } = simulator.keys;
		const data = { environment: 'custom', baseUrl: simulator.url, ...accounting };
		const id = await rest.createCredential({ name: 'Accounting', type: CREDENTIAL, data });
		const credentials = { [CREDENTIAL]: { id, name: 'Accounting' } };
		const [ledgerId] = job.ledgerIds;
		const ours = await createWorkflow(rest, ledgerId, [{ ...getMany(job), credentials }]);
		const http = request(simulator.url, await logIn(simulator));
		const theirs = await createWorkflow(rest, ledgerId, [http, splitOut]);
		const times: [number[], number[]] = [[], []];
		for (let round = 0; round <= ROUNDS; round++) {
			const [our, their] = [await run(rest, ours), await run(rest, theirs)];
			// The first round loads and compiles.
			if (round === 0) continue;
			times[0].push(our);
			times[1].push(their);
		}
		return times;
	} finally {
		await server.stop();
	}
}

/** One ledger in a whole n8n, with its editor's server and database, instead of its engine alone. */
export async function* wholeN8n(): AsyncGenerator<Report> {
	const simulator = await startSimulator();
	const folder = mkdtempSync(join(tmpdir(), 'bench-n8n-'));
	try {
		const [ours, theirs] = await measure(simulator, folder);
		const what = `a whole n8n, 1 ledger, ${BULK.entries} entries, 0 ms`;
		yield {
			title: `In ${what} latency: what n8n says that the nodes took (medians of ${ROUNDS} runs)`,
			columns: ['', 'ms', 'from', 'to'],
			rows: [
				['Get Many of this package', median(ours), Math.min(...ours), Math.max(...ours)],
				['HTTP Request + Split Out', median(theirs), Math.min(...theirs), Math.max(...theirs)],
			],
			ratios: [
				{
					what: `${what}: Get Many of this package / HTTP Request + Split Out`,
					ratio: medianRatio(ours, theirs),
					target: HALF,
					limit: 'that of n8n, as in its engine alone',
				},
			],
		};
	} finally {
		await simulator.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
