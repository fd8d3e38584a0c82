/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runWorkflow, startSimulator, type Simulator } from '../harness';
import { forgetTables, rowsOf } from '../harness/n8n-nodes/dataTable';
import { accountingKeys } from '../support/vipps';
import { readExample, withFields } from './example';

interface Entry {
	description: string;
	journalEntries: Array<{
		lines: Array<{ amount: number; debitAccount?: string; debitVatCode?: number }>;
	}>;
}

const TABLE = 'vipps_mobilepay_vouchers';

let simulator: Simulator;
let server: Server;
let received: Entry[];
/** How many vouchers the accounting system takes before it is out of order. */
let capacity: number;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'demo' });
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => (body += chunk));
		request.on('end', () => {
			const isTaken = received.length < capacity;
			if (isTaken) received.push(JSON.parse(body) as Entry);
			response.writeHead(isTaken ? 201 : 503).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => await new Promise((resolve) => server.close(resolve)));

beforeEach(() => {
	forgetTables();
	received = [];
	capacity = Infinity;
});

async function run() {
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	const workflow = withFields(readExample('settlement-to-accounting-api.json'), 'Which Vouchers', {
		url,
	});
	return await runWorkflow(workflow, {
		startNode: 'Start',
		credentials: await accountingKeys(simulator),
	});
}

const keys = () => rowsOf(TABLE).map(({ voucherKey }) => voucherKey);

it('sends each voucher without remarks once, and nothing in a second run', async () => {
	const first = await run();
	expect(first.error).toBeUndefined();
	const made = first.itemsOf('Create Vouchers').map(({ json }) => json);
	const clean = made.filter(({ review }) => (review as string[]).length === 0);
	expect(clean.length).toBeGreaterThan(3);
	expect(received).toEqual(clean.map(({ formats }) => (formats as { fiken: Entry }).fiken));
	expect(keys()).toEqual(clean.map(({ voucherKey }) => voucherKey));
	expect(first.itemsOf('All Sent')).toHaveLength(clean.length);
	expect(first.itemsOf('For the Bookkeeper')).toHaveLength(made.length - clean.length);

	const second = await run();
	expect(second.error).toBeUndefined();
	expect(second.runData.Send).toBeUndefined();
	expect(received).toHaveLength(clean.length);
});

it('goes on where a run has failed, with none twice and none left out', async () => {
	capacity = 2;
	const failed = await run();
	expect(failed.error).toBeDefined();
	expect(keys()).toHaveLength(2);

	capacity = Infinity;
	const { error } = await run();
	expect(error).toBeUndefined();
	expect(new Set(received.map(({ description }) => description)).size).toBe(received.length);
	expect(keys()).toHaveLength(received.length);
});
