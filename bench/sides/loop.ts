import axios from 'axios';
import type { Job, Run } from '../lib/job';
import { logIn } from '../lib/logIn';

type Entry = Record<string, unknown>;

type ToItem = (entry: Entry, ledgerId: string) => Entry;

async function read({ simulator, ledgerIds, concurrency = 1 }: Job, toItem: ToItem): Promise<Run> {
	const headers = { Authorization: await logIn(simulator) };
	const api = axios.create({ baseURL: simulator.url, headers, proxy: false });
	const found = new Map<string, Entry[]>(ledgerIds.map((ledgerId) => [ledgerId, []]));

	async function readLedger(ledgerId: string): Promise<void> {
		const entries = found.get(ledgerId)!;
		for (let cursor: string | undefined, more = true; more; ) {
			const url = `/report/v2/ledgers/${ledgerId}/funds/feed`;
			const { data } = await api.get(url, { params: { cursor } });
			for (const entry of data.items) entries.push(toItem(entry, ledgerId));
			cursor = data.cursor;
			more = !data.tryLater;
		}
	}

	return {
		async go() {
			const waiting = [...ledgerIds];
			const worker = async () => {
				for (let next = waiting.shift(); next; next = waiting.shift()) await readLedger(next);
			};
			await Promise.all(Array.from({ length: concurrency }, worker));
		},
		each(add) {
			for (const [ledgerId, entries] of found) {
				for (const entry of entries) add(ledgerId, ((entry.json ?? entry) as Entry).pspReference);
			}
		},
	};
}

/** A script of a few lines with a bare HTTP client, so many ledgers at a time: the floor. */
export const loop = async (job: Job): Promise<Run> => await read(job, (entry) => entry);

/**
 * The same, with what nobody can do without who wants items like ours: an item of n8n for each
 * entry, with its ledger and a text that names it.
 */
export async function loopItems(job: Job): Promise<Run> {
	return await read(job, (entry, ledgerId) => {
		const { pspReference, entryType, time, amount, balanceBefore, balanceAfter } = entry;
		const dedupeKey = [
			ledgerId,
			time,
			pspReference,
			entryType,
			amount,
			balanceBefore,
			balanceAfter,
		];
		return {
			json: { ...entry, topic: 'funds', ledgerId, dedupeKey: dedupeKey.join('-') },
			pairedItem: 0,
		};
	});
}
