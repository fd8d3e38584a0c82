import type { FastifyInstance } from 'fastify';
import { admit, findLedger, reportAccess } from '../auth.mts';
import { ApiError, inputError } from '../errors.mts';
import type { Simulator } from '../simulator.mts';
import { checkDate, readBoolean, readQuery } from '../strict.mts';
import type { Book } from '../world/book.mts';
import { personalFields, topics, type RawEntry, type Topic } from '../world/entry.mts';
import { cutPage } from './pages.mts';

interface FeedPath {
	ledgerId: string;
	topic: string;
}

export function reportRoutes(app: FastifyInstance, simulator: Simulator): void {
	app.get<{ Params: FeedPath }>('/report/v2/ledgers/:ledgerId/:topic/feed', (request, reply) => {
		const keyType = admit(simulator, request, reportAccess);
		const query = readQuery(request, 'cursor', 'includeGDPRSensitiveData');
		const topic = checkTopic(request.params.topic);
		const personal = readBoolean('includeGDPRSensitiveData', query.includeGDPRSensitiveData);
		const { behaviour } = simulator;
		const ledger = findLedger(simulator, keyType, request.params.ledgerId);
		const book = ledger?.book(topic) ?? null;
		const { items, cursor, hasMore } = cutPage(book, {
			scope: `report/${request.params.ledgerId}/${topic}`,
			cursor: query.cursor,
			size: behaviour.reportPageSize,
			end: behaviour.feedEnd,
			endCursor: behaviour.endCursor,
		});
		reply.header('vipps-feed-page-size', behaviour.reportPageSize);
		return { items: shown(book, items, personal), cursor, tryLater: !hasMore };
	});

	app.get<{ Params: FeedPath & { ledgerDate: string } }>(
		'/report/v2/ledgers/:ledgerId/:topic/dates/:ledgerDate',
		(request, reply) => {
			const keyType = admit(simulator, request, reportAccess);
			const query = readQuery(request, 'cursor', 'includeGDPRSensitiveData');
			const topic = checkTopic(request.params.topic);
			const date = checkDate(request.params.ledgerDate);
			const personal = readBoolean('includeGDPRSensitiveData', query.includeGDPRSensitiveData);
			const { behaviour, world } = simulator;
			const ledger = findLedger(simulator, keyType, request.params.ledgerId);
			const book = ledger?.book(topic) ?? null;
			const { items, cursor, hasMore } = cutPage(book, {
				scope: `report/${request.params.ledgerId}/${topic}/${date}`,
				date,
				cursor: query.cursor,
				size: behaviour.reportPageSize,
				end: behaviour.dateEnd,
			});
			reply.header('vipps-feed-page-size', behaviour.reportPageSize);
			return {
				items: shown(book, items, personal),
				...(hasMore ? { cursor } : {}),
				hasMore,
				tryLater: ledger !== null && world.isOpen(ledger, date),
			};
		},
	);

	app.get('/report/v1/ledgertransactions', () => {
		throw new ApiError(410, { errorCode: 10002, errorMessage: 'Report v1 is gone; use v2' });
	});
}

function checkTopic(text: string): Topic {
	const topic = topics.find((name) => name === text);
	if (!topic) throw inputError('topic must be funds or fees');
	return topic;
}

/** Entries without their personal data, unless it was asked for. */
function shown(book: Book | null, items: RawEntry[], personal: boolean): RawEntry[] {
	if (personal || !book?.hasPersonalData) return items;
	return items.map((entry) =>
		Object.fromEntries(Object.entries(entry).filter(([name]) => !personalFields.includes(name))),
	);
}
