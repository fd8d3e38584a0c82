/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios, { type AxiosInstance } from 'axios';
import { startSimulator, type Simulator } from '../test/harness';

/**
 * A month of one ledger: what do reconciling it and making its vouchers cost, compared with
 * parsing the JSON that it comes in? Each way runs in a process of its own on the same pages,
 * read beforehand with a bare HTTP client.
 */
const LEDGER = '600002';
const DAYS = 30;
const UNTIL = '2026-09-30';
/** A ledger with so many sales a day; the second has some 100,000 entries. */
const SALES_PER_DAY = [500, 2_180];
const WAYS = ['reconcile', 'vouchers by date', 'vouchers by transaction'];
/** More than this many times the cost of parsing would mean that something is wrong. */
const MOST = 6;

interface Page {
	topic: 'funds' | 'fees' | 'sales';
	date: string;
	text: string;
}

interface Measured {
	count: number;
	seconds: number;
	peakMb: number;
}

interface Row extends Measured {
	way: string;
	/** Time and memory on top of parsing, as multiples of it. */
	times: number;
	memory: number;
}

async function client({ url, keys }: Simulator): Promise<AxiosInstance> {
	const { clientId, clientSecret } = keys.accounting;
	const token = await axios.post(`${url}/miami/v1/token`, 'grant_type=client_credentials', {
		auth: { username: clientId, password: clientSecret },
	});
	return axios.create({
		baseURL: url,
		headers: { Authorization: `Bearer ${token.data.access_token}` },
		responseType: 'text',
		transformResponse: (text) => text,
	});
}

const datesOf = (): string[] =>
	Array.from({ length: DAYS }, (_, index) =>
		new Date(Date.parse(UNTIL) - (DAYS - 1 - index) * 86_400_000).toISOString().slice(0, 10),
	);

/** Every page of the month, as the text that it comes in. */
async function readPages(simulator: Simulator): Promise<Page[]> {
	const api = await client(simulator);
	const pages: Page[] = [];
	for (const date of datesOf()) {
		for (const topic of ['funds', 'fees', 'sales'] as const) {
			const path =
				topic === 'sales'
					? `/sales/report/v1/ledgers/${LEDGER}/dates/${date}`
					: `/report/v2/ledgers/${LEDGER}/${topic}/dates/${date}`;
			for (let cursor: string | undefined, more = true; more; ) {
				const { data: text } = await api.get<string>(path, { params: { cursor } });
				pages.push({ topic, date, text });
				const { hasMore, cursor: next } = JSON.parse(text) as { hasMore: boolean; cursor?: string };
				cursor = next;
				more = hasMore;
			}
		}
	}
	return pages;
}

function measure(file: string, way: string): Measured {
	const script = join(__dirname, 'settlement.mjs');
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		['--expose-gc', script, file, way],
		{ encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(stderr);
	return JSON.parse(stdout) as Measured;
}

const megabytes = (pages: Page[]): number =>
	pages.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1024 ** 2;

const line = (way: string, count: number, { seconds, peakMb }: Measured, rest: string): string =>
	[
		way.padEnd(26),
		String(count).padEnd(10),
		(seconds * 1000).toFixed(0).padEnd(8),
		peakMb.toFixed(0).padEnd(9),
		rest,
	].join('');

test('settlement', async () => {
	const simulator = await startSimulator({ data: 'empty' });
	const folder = mkdtempSync(join(tmpdir(), 'settlement-'));
	const report: string[] = [];
	const largest: Row[] = [];
	try {
		for (const salesPerDay of SALES_PER_DAY) {
			await simulator.reset({
				data: 'settlement',
				now: `${UNTIL}T23:00:00Z`,
				options: { ledgers: 2, days: DAYS, until: UNTIL, salesPerDay, salesPageSize: 1000 },
			});
			const pages = await readPages(simulator);
			const file = join(folder, `${salesPerDay}.json`);
			const [fromDate] = datesOf();
			writeFileSync(file, JSON.stringify({ fromDate, toDate: UNTIL, pages }));
			const rowsOf = (...topics: Page['topic'][]) =>
				pages
					.filter(({ topic }) => topics.includes(topic))
					.reduce((sum, { text }) => sum + (JSON.parse(text).items as unknown[]).length, 0);

			const loaded = measure(file, 'load');
			const parsed = measure(file, 'parse');
			report.push(
				`${rowsOf('funds', 'fees')} entries and ${rowsOf('sales')} sales of ${DAYS} dates, ${megabytes(pages).toFixed(0)} MB of JSON`,
				'                          results   CPU ms  peak MB  on top of parsing: time, memory',
				line('parsing the JSON', rowsOf('funds', 'fees', 'sales'), parsed, ''),
			);
			largest.length = 0;
			for (const way of WAYS) {
				const measured = measure(file, way);
				const times = (measured.seconds - parsed.seconds) / parsed.seconds;
				const memory = (measured.peakMb - parsed.peakMb) / (parsed.peakMb - loaded.peakMb);
				largest.push({ way, ...measured, times, memory });
				report.push(
					line(way, measured.count, measured, `${times.toFixed(2)} x, ${memory.toFixed(2)} x`),
				);
			}
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	process.stdout.write(`\n${report.join('\n')}\n\n`);
	for (const { way, times } of largest) {
		expect(times > MOST ? `${way}: ${times.toFixed(2)} x` : '').toBe('');
	}
});
