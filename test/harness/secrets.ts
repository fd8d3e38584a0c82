/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { inspect } from 'node:util';

/**
 * Fails when a secret can be found anywhere in a value: its properties (hidden ones too), its JSON, an
 * error's message, stack and chain of causes.
 * @param secrets the strings that must not occur; also looked for in URL and Base64 form
 */
export function expectNoSecrets(value: unknown, secrets: string[]): void {
	const text = textsOf(value).join('\n');
	const found = secrets.filter(
		(secret) => secret !== '' && formsOf(secret).some((form) => text.includes(form)),
	);
	// The secret itself stays out of the test's own message.
	const shown = found.map((secret) => `${secret.slice(0, 3)}… (${secret.length} characters)`);
	if (shown.length > 0) throw new Error(`Secrets found: ${shown.join(', ')}`);
}

function formsOf(secret: string): string[] {
	const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
	return [secret, encodeURIComponent(secret), base64];
}

function textsOf(value: unknown, seen = new Set<unknown>()): string[] {
	if (seen.has(value)) return [];
	seen.add(value);
	const texts = [
		inspect(value, {
			depth: Infinity,
			showHidden: true,
			maxArrayLength: Infinity,
			maxStringLength: Infinity,
		}),
		asJson(value),
		String(value),
	];
	if (typeof value !== 'object' || value === null) return texts;
	const { message, stack, cause, errorResponse } = value as Record<string, unknown>;
	for (const part of [message, stack]) if (typeof part === 'string') texts.push(part);
	for (const part of [cause, errorResponse]) {
		if (part !== undefined) texts.push(...textsOf(part, seen));
	}
	return texts;
}

function asJson(value: unknown): string {
	const seen = new WeakSet<object>();
	const text: string | undefined = JSON.stringify(value, (_key, part: unknown) => {
		if (typeof part === 'bigint') return String(part);
		if (typeof part !== 'object' || part === null) return part;
		if (seen.has(part)) return undefined;
		seen.add(part);
		return part;
	});
	return text ?? '';
}
