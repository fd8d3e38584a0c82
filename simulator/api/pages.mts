import { makeCursor, readPosition } from '../cursors.mts';
import type { Behaviour } from '../options.mts';
import type { Rows } from '../world/book.mts';

export interface Page<T> {
	items: T[];
	/** Where the next page starts; at the end, the same place as before. */
	cursor: string;
	hasMore: boolean;
}

/** What to cut a page from, and how. */
export interface Cut {
	/** The list that the cursor belongs to. */
	scope: string;
	/** One date only; the whole list when absent. */
	date?: string;
	cursor: string | undefined;
	size: number;
	end: Behaviour['feedEnd'];
	/** What the cursor of the last page leads to; behind it when absent. */
	endCursor?: Behaviour['endCursor'];
}

/**
 * Cuts a page from rows; where there is no access (null), an empty one that leaves the cursor where it is.
 * @throws ApiError 400 for a cursor that is not this list's
 */
export function cutPage<T extends object>(rows: Rows<T> | null, cut: Cut): Page<T> {
	if (!rows) return { items: [], cursor: cut.cursor ?? makeCursor(cut.scope, 0), hasMore: false };
	const count = rows.count(cut.date);
	const start = readPosition(cut.scope, cut.cursor, count);
	const items = rows.slice(start, cut.size, cut.date);
	const next = start + items.length;
	const hasMore = cut.end === 'emptyPage' ? items.length > 0 : next < count;
	const leadsTo = !hasMore && cut.endCursor === 'same' ? start : next;
	return { items, cursor: makeCursor(cut.scope, leadsTo), hasMore };
}
