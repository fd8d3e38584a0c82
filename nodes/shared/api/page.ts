/** Anything that the API lists; unknown fields pass through. */
export type ApiObject = Record<string, unknown>;

const isObject = (value: unknown): value is ApiObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a page `{ items, cursor, … }`. Absent `items` mean an empty page, as long as
 * something else shows that this is a page; anything else is not one.
 */
export function readPage(body: unknown): { items: ApiObject[]; rest: ApiObject } | undefined {
	if (!isObject(body)) return undefined;
	const { items, ...rest } = body;
	if (Array.isArray(items)) return items.every(isObject) ? { items, rest } : undefined;
	const looksLikePage = ['cursor', 'hasMore', 'tryLater'].some((name) => name in rest);
	return items === undefined || items === null
		? looksLikePage
			? { items: [], rest }
			: undefined
		: undefined;
}

/** A cursor is opaque; an absent or empty one means that there is none. */
export const readCursor = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

/** A variable part of a path. */
export const segment = (value: string): string => encodeURIComponent(value);
