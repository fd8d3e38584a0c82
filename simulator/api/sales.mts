import type { FastifyInstance, FastifyRequest } from 'fastify';
import { admit, findLedger, salesAccess } from '../auth.mts';
import { problem } from '../errors.mts';
import type { Simulator } from '../simulator.mts';
import { checkDate, readPageSize, readQuery } from '../strict.mts';
import type { RawEntry } from '../world/entry.mts';
import type { SalesBook } from '../world/sale.mts';
import { cutPage } from './pages.mts';

const base = '/sales/report/v1/ledgers/:ledgerId';

interface LedgerPath {
	ledgerId: string;
}

export function salesRoutes(app: FastifyInstance, simulator: Simulator): void {
	const salesOf = (request: FastifyRequest<{ Params: LedgerPath }>): SalesBook | null =>
		findLedger(simulator, 'accounting', request.params.ledgerId)?.sales ?? null;

	app.get<{ Params: LedgerPath }>(base, (request) => {
		admit(simulator, request, salesAccess);
		const { cursor, pageSize } = readQuery(request, 'cursor', 'pageSize');
		const size = readPageSize(pageSize, simulator.behaviour.salesPageSize);
		return cutPage(salesOf(request), {
			scope: `sales/${request.params.ledgerId}`,
			cursor,
			size,
			end: simulator.behaviour.feedEnd,
		});
	});

	app.get<{ Params: LedgerPath & { ledgerDate: string } }>(
		`${base}/dates/:ledgerDate`,
		(request) => {
			admit(simulator, request, salesAccess);
			// Assumption: pageSize is documented for the feed only, but works here too.
			const { cursor, pageSize } = readQuery(request, 'cursor', 'pageSize');
			const date = checkDate(request.params.ledgerDate);
			const size = readPageSize(pageSize, simulator.behaviour.salesPageSize);
			const page = cutPage(salesOf(request), {
				scope: `sales/${request.params.ledgerId}/${date}`,
				date,
				cursor,
				size,
				end: simulator.behaviour.dateEnd,
			});
			// Assumption: as in the Report API, there is no cursor where nothing follows.
			return page.hasMore ? page : { items: page.items, hasMore: false };
		},
	);

	app.get<{ Params: LedgerPath & { reference: string } }>(
		`${base}/references/:reference`,
		(request) => {
			admit(simulator, request, salesAccess);
			readQuery(request);
			const { reference } = request.params;
			return envelope(salesOf(request), (sale) => sale['reference'] === reference);
		},
	);

	app.get<{ Params: LedgerPath & { pspReference: string } }>(
		`${base}/psp-references/:pspReference`,
		(request) => {
			admit(simulator, request, salesAccess);
			readQuery(request);
			const { pspReference } = request.params;
			return envelope(salesOf(request), (sale) => sale['pspReference'] === pspReference);
		},
	);

	/** How found sales are wrapped is not documented, nor what an unknown reference gets: both are options. */
	function envelope(sales: SalesBook | null, matches: (sale: RawEntry) => boolean) {
		const found = sales?.all.filter(matches) ?? [];
		const { referenceEnvelope, unknownReference } = simulator.behaviour;
		if (found.length === 0 && unknownReference === '404') {
			throw problem(404, 'Not Found', 'No sale has that reference');
		}
		// One bare object where there is one; several can only be a list.
		if (referenceEnvelope === 'object' && found.length === 1) return found[0];
		return referenceEnvelope === 'page' ? { items: found } : found;
	}
}
