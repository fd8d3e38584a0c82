import axios from 'axios';
import type { Job, Run } from '../lib/job';
import { logIn } from '../lib/logIn';

interface Entry {
	pspReference: unknown;
}

/** A script of a few lines with a bare HTTP client, so many ledgers at a time: the floor. */
export async function loop({ simulator, ledgerIds, concurrency }: Job): Promise<Run> {
	const headers = { Authorization: await logIn(simulator) };
	const api = axios.create({ baseURL: simulator.url, headers, proxy: false });
	const found = new Map<string, Entry[]>(ledgerIds.map((ledgerId) => [ledgerId, []]));

	async function read(ledgerId: string): Promise<void> {
		const entries = found.get(ledgerId)!;
		for (let cursor: string | undefined, more = true; more; ) {
			const url = `/report/v2/ledgers/${ledgerId}/funds/feed`;
			const { data } = await api.get(url, { params: { cursor } });
			for (const item of data.items) entries.push(item);
			cursor = data.cursor;
			more = !data.tryLater;
		}
	}

	return {
		async go() {
			const waiting = [...ledgerIds];
			const worker = async () => {
				for (let next = waiting.shift(); next; next = waiting.shift()) await read(next);
			};
			await Promise.all(Array.from({ length: concurrency }, worker));
		},
		each(add) {
			for (const [ledgerId, entries] of found) {
				for (const { pspReference } of entries) add(ledgerId, pspReference);
			}
		},
	};
}
