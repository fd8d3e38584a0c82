import type { FastifyInstance } from 'fastify';
import { admit, reaches, reportAccess } from '../auth.mts';
import { makeCursor, readCursor } from '../cursors.mts';
import type { Simulator } from '../simulator.mts';
import { readQuery } from '../strict.mts';

const scope = 'settlement/ledgers';

/** What a ledgers cursor remembers, so that no other parameter is needed with it. */
interface Position {
	after: string;
	handle?: string | undefined;
}

export function settlementRoutes(app: FastifyInstance, simulator: Simulator): void {
	app.get('/settlement/v1/ledgers', (request) => {
		const keyType = admit(simulator, request, reportAccess);
		const query = readQuery(request, 'cursor', 'settlesForRecipientHandles');
		const { after, handle }: Position =
			query.cursor === undefined
				? { after: '', handle: query.settlesForRecipientHandles }
				: (JSON.parse(readCursor(scope, query.cursor)) as Position);
		const rest = [...simulator.world.ledgers.values()]
			.filter((ledger) => ledger.id > after && reaches(keyType, ledger))
			.map(({ facts }) => facts)
			.filter((facts) => !handle || facts.settlesForRecipientHandles.includes(handle))
			.sort((a, b) => (a.ledgerId < b.ledgerId ? -1 : 1));
		const items = rest.slice(0, simulator.behaviour.ledgersPageSize);
		const isLast = items.length === rest.length;
		const next: Position = { after: items.at(-1)?.ledgerId ?? after, handle };
		return { items, cursor: isLast ? '' : makeCursor(scope, JSON.stringify(next)) };
	});
}
