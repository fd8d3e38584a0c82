import { createHash } from 'node:crypto';

/** The API takes 50 characters at most. */
const HASH_LENGTH = 40;

/**
 * A key that is the same whenever the same intention is named again, and another for any other:
 * 44 characters, letters, digits and a hyphen.
 *
 * @param intention what makes the request this one; the order counts
 */
export function idempotencyKey(...intention: unknown[]): string {
	const hash = createHash('sha256').update(JSON.stringify(intention)).digest('hex');
	return `n8n-${hash.slice(0, HASH_LENGTH)}`;
}
