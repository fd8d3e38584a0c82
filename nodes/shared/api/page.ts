import type { DatePage } from '../ledger/feed';
import { isObject } from '../ledger/object';

export { isObject };

/** Anything that the API lists; unknown fields pass through. */
export type ApiObject = Record<string, unknown>;

/**
 * Reads a page `{ items, cursor, … }`. Absent `items` mean an empty page, as long as
 * something else shows that this is a page; anything else is not one.
 */
export function readPage(body: unknown): { items: ApiObject[]; rest: ApiObject } | undefined {
	if (!isObject(body)) return undefined;
	const { items, ...rest } = body;
	if (Array.isArray(items)) return items.every(isObject) ? { items, rest } : undefined;
	const looksLikePage = ['cursor', 'hasMore', 'tryLater'].some((name) => name in rest);
	return (items ?? null) === null && looksLikePage ? { items: [], rest } : undefined;
}

/** A cursor is opaque; an absent or empty one means that there is none. */
export const readCursor = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

/**
 * Reads a page of one date. A page that promises more but gives no way to it is none: what
 * follows cannot be read, and a part of a date must not pass for the whole.
 */
export function readDatePage(body: unknown): DatePage | undefined {
	const page = readPage(body);
	if (!page) return undefined;
	// hasMore together with tryLater means: go on, there is more already.
	const hasMore = page.rest.hasMore === true;
	const cursor = hasMore ? readCursor(page.rest.cursor) : undefined;
	if (hasMore && cursor === undefined) return undefined;
	return { entries: page.items, cursor, open: page.rest.tryLater === true };
}

/** A variable part of a path. */
export const segment = (value: string): string => encodeURIComponent(value);
