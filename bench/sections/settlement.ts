/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a measurement, never in n8n */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios, { type AxiosInstance } from 'axios';
import { startSimulator, type Simulator } from '../../test/harness/simulator';
import { median } from '../lib/numbers';
import type { Report } from '../lib/report';

/**
 * A month of one ledger: what do reconciling it and making its vouchers cost, compared with
 * parsing the JSON that it comes in? Each way runs in a process of its own on the same pages,
 * read beforehand with a bare HTTP client.
 */
const LEDGER = '600002';
const DAYS = 30;
const UNTIL = '2026-09-30';
/** A ledger with so many sales a day; it has some 100,000 entries in a month. */
const SALES_PER_DAY = 2_180;
const WAYS = ['reconcile', 'vouchers by date', 'vouchers by transaction'];
/** What each way may cost on top of parsing, as a multiple of it. */
const TARGETS: Readonly<Record<string, number | undefined>> = { reconcile: 1.5 };
const ROUNDS = 3;
/** What all of them begin with. */
const FIELDS = 'fields';

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
	const script = join(__dirname, '..', 'settlement.mjs');
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

const round2 = (value: number): number => Math.round(value * 100) / 100;

/** Reconciling a month and making its vouchers, against parsing the JSON that it comes in. */
export async function* settlement(): AsyncGenerator<Report> {
	const simulator = await startSimulator({ data: 'empty' });
	const folder = mkdtempSync(join(tmpdir(), 'settlement-'));
	try {
		await simulator.reset({
			data: 'settlement',
			now: `${UNTIL}T23:00:00Z`,
			options: {
				ledgers: 2,
				days: DAYS,
				until: UNTIL,
				salesPerDay: SALES_PER_DAY,
				salesPageSize: 1000,
			},
		});
		const pages = await readPages(simulator);
		const file = join(folder, 'pages.json');
		const [fromDate] = datesOf();
		writeFileSync(file, JSON.stringify({ fromDate, toDate: UNTIL, pages }));

		const found = new Map<string, Measured[]>();
		for (let round = 0; round < ROUNDS; round++) {
			for (const way of ['load', 'parse', FIELDS, ...WAYS]) {
				found.set(way, [...(found.get(way) ?? []), measure(file, way)]);
			}
		}
		const parsed = found.get('parse')!;
		const loadedMb = median(found.get('load')!.map(({ peakMb }) => peakMb));
		const onTop = (way: string) =>
			median(
				found
					.get(way)!
					.map(({ seconds }, at) => (seconds - parsed[at].seconds) / parsed[at].seconds),
			);
		yield {
			title: `A month of one ledger, ${megabytes(pages).toFixed(0)} MB of JSON (medians of ${ROUNDS} processes of 11 runs)`,
			columns: ['', 'results', 'processor ms', 'MB on top of the texts', 'time on top of parsing'],
			rows: ['parse', FIELDS, ...WAYS].map((way) => {
				const measured = found.get(way)!;
				return [
					way,
					String(measured[0].count),
					Math.round(median(measured.map(({ seconds }) => seconds)) * 1000),
					Math.round(median(measured.map(({ peakMb }) => peakMb)) - loadedMb),
					way === 'parse' ? '' : `${round2(onTop(way))} x`,
				];
			}),
			ratios: WAYS.map((way) => ({
				what: `A month: ${way} on top of parsing / parsing its JSON (processor time)`,
				ratio: onTop(way),
				target: TARGETS[way],
				limit: `to pick the fields of all entries takes ${onTop(FIELDS).toFixed(2)}, and most of all this is memory management`,
			})),
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
		await simulator.stop();
	}
}
