import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { keys } from '../keys.mts';

const cli = fileURLToPath(new URL('../cli.mts', import.meta.url));

async function firstOutput(...args: string[]): Promise<{ text: string; exitCode: number | null }> {
	const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
	const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	const [exitCode] = (await ended) as [number | null];
	return { text: chunk.toString(), exitCode };
}

test('one line of JSON for programs', async () => {
	const { text } = await firstOutput('--port', '0', '--json');
	const told = JSON.parse(text) as { url: string; keys: unknown };
	assert.match(told.url, /^http:\/\/127\.0\.0\.1:\d+$/);
	assert.deepEqual(told.keys, keys);
});

test('address and keys for people, and an orderly end', async () => {
	const { text, exitCode } = await firstOutput('--port', '0', '--data', 'empty');
	const merchant = Object.values(keys.merchant).slice(0, 3);
	const others = [keys.accounting.clientId, keys.partner.clientId, keys.management.clientSecret];
	for (const expected of ['Base URL', 'Custom', ...merchant, ...others]) {
		assert.ok(text.includes(expected), expected);
	}
	assert.equal(exitCode, 0);
});
