import { randomBytes } from 'node:crypto';
import type { KeyType } from './keys.mts';

export type Flow = 'standard' | 'specialized';

export interface Token {
	keyType: KeyType;
	flow: Flow;
	/** Milliseconds, by the simulator's clock. */
	expiresAt: number;
}

/** The tokens that have been given out. Several may be valid at once. */
export class Tokens {
	readonly #tokens = new Map<string, Token>();

	/** @param lifetime seconds */
	issue(keyType: KeyType, flow: Flow, now: number, lifetime: number): string {
		const value = randomBytes(48).toString('base64url');
		this.#tokens.set(value, { keyType, flow, expiresAt: now + lifetime * 1000 });
		return value;
	}

	/** The token behind a value, unless it is unknown or has expired. */
	find(value: string, now: number): Token | undefined {
		const token = this.#tokens.get(value);
		if (token && token.expiresAt > now) return token;
		this.#tokens.delete(value);
		return undefined;
	}

	/** Makes every token invalid at once and says how many there were. */
	expireAll(): number {
		const count = this.#tokens.size;
		this.#tokens.clear();
		return count;
	}
}
