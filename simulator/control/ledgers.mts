import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator.mts';
import type { RawEntry, Topic } from '../world/entry.mts';
import type { LedgerInput } from '../world/ledger.mts';
import { ledgerOf, orRefuse, readBody, refuse } from './body.mts';

/** New ledgers, who may see them, and rows exactly as given. */
export function ledgerControl(app: FastifyInstance, simulator: Simulator): void {
	app.post('/simulator/ledgers', (request) => {
		const input = readBody<LedgerInput>(
			request,
			[
				'ledgerId',
				'name',
				'currency',
				'payoutBankAccount',
				'owner',
				'settlesForRecipientHandles',
				'salesUnits',
				'market',
				'settlement',
				'frequency',
				'reserve',
				'solution',
				'cutoffHour',
				'accountingAccess',
				'alsoReachedBy',
				'payoutNumber',
				'openDate',
			],
			['ledgerId'],
		);
		if (!['NO', 'DK', 'FI', undefined].includes(input.market)) throw refuse('No such market');
		const { facts, terms } = orRefuse(() => simulator.world.addLedger(input));
		return { ...facts, ...terms };
	});

	app.post('/simulator/access', (request) => {
		const fields = ['ledgerId', 'granted'] as const;
		const body = readBody<{ ledgerId: string; granted: boolean }>(request, fields, fields);
		ledgerOf(simulator, body.ledgerId).terms.accountingAccess = body.granted;
		return body;
	});

	app.post('/simulator/entries', (request) => {
		const fields = ['ledgerId', 'topic', 'entries'] as const;
		const body = readBody<{ ledgerId: string; topic: Topic; entries: RawEntry[] }>(
			request,
			fields,
			fields,
		);
		if (body.topic !== 'funds' && body.topic !== 'fees') throw refuse('topic is funds or fees');
		const ledger = ledgerOf(simulator, body.ledgerId);
		const today = ledger.dateAt(simulator.world.now());
		const entries = body.entries.map((entry) =>
			ledger.book(body.topic).append(entry, dateOf(entry, today)),
		);
		return { entries };
	});

	app.post('/simulator/sales', (request) => {
		const fields = ['ledgerId', 'entries'] as const;
		const body = readBody<{ ledgerId: string; entries: RawEntry[] }>(request, fields, fields);
		const ledger = ledgerOf(simulator, body.ledgerId);
		const now = simulator.world.now();
		for (const sale of body.entries) {
			const at = Date.parse(String(sale['time']));
			ledger.sales.append(sale, ledger.dateAt(Number.isNaN(at) ? now : at));
		}
		return { entries: body.entries };
	});
}

/** The date under which a raw entry is found. */
function dateOf(entry: RawEntry, today: string): string {
	const { ledgerDate, time } = entry;
	if (typeof ledgerDate === 'string') return ledgerDate;
	return typeof time === 'string' ? time.slice(0, 10) : today;
}
