import { createHash } from 'node:crypto';
import { inputError } from './errors.mts';

/**
 * Makes an opaque cursor that is good for one list only. It outlives restarts and resets, as the real ones must.
 * @param scope the list, for example API, ledger and topic
 */
export function makeCursor(scope: string, position: string | number): string {
	return Buffer.from(`${checksum(scope, String(position))}${position}`).toString('base64url');
}

/**
 * Reads a cursor made for the same scope.
 * @throws ApiError 400 for anything else, a cursor of another list included
 */
export function readCursor(scope: string, cursor: string): string {
	const text = Buffer.from(cursor, 'base64url').toString();
	const position = text.slice(8);
	if (text.slice(0, 8) !== checksum(scope, position) || makeCursor(scope, position) !== cursor) {
		throw inputError('The cursor is not valid');
	}
	return position;
}

/** Reads a cursor that counts rows; without a cursor, the start. */
export function readPosition(scope: string, cursor: string | undefined, rows: number): number {
	if (cursor === undefined) return 0;
	const position = Number(readCursor(scope, cursor));
	// Only possible when the data set has been replaced by a smaller one.
	if (position > rows) throw inputError('The cursor is not valid');
	return position;
}

function checksum(scope: string, position: string): string {
	return createHash('sha1').update(`${scope}|${position}`).digest('hex').slice(0, 8);
}
