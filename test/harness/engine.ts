/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Container } from '@n8n/di';
import { Cipher, EncryptionKeyProxy, type IEncryptionKeyProvider, type KeyInfo } from 'n8n-core';
import { Expression } from 'n8n-workflow';
import { collectEngineLog } from './engine-log';

let started: Promise<void> | undefined;
let userFolder: string | undefined;

/**
 * Starts what a real n8n starts before it runs a workflow: a settings folder with an encryption key,
 * a key for credentials, and the isolated expression engine that n8n uses by default.
 * Every other function of the harness calls this first; it does its work once per test file.
 */
export async function startEngine(): Promise<void> {
	started ??= start();
	await started;
}

/** Ends what `startEngine` started. The harness calls it after the last test of a file. */
export async function stopEngine(): Promise<void> {
	if (!started) return;
	await started;
	started = undefined;
	await Expression.disposeExpressionEngine();
	if (userFolder) rmSync(userFolder, { recursive: true, force: true });
}

async function start(): Promise<void> {
	userFolder = mkdtempSync(join(tmpdir(), 'n8n-harness-'));
	process.env.N8N_USER_FOLDER = userFolder;
	process.env.N8N_ENCRYPTION_KEY = randomBytes(24).toString('base64');
	collectEngineLog();
	Container.get(EncryptionKeyProxy).setProvider(singleKeyProvider());
	await Expression.initExpressionEngine({
		engine: 'vm',
		poolSize: 1,
		maxCodeCacheSize: 1024,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
		// n8n's own switch: without it every request of a trigger costs an isolate, some 30 ms.
		lazyAcquire: process.env.N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE === 'true',
	});
}

function singleKeyProvider(): IEncryptionKeyProvider {
	const key: KeyInfo = {
		id: 'harness',
		value: Container.get(Cipher).encryptDEKWithInstanceKey(randomBytes(32).toString('hex')),
		algorithm: 'aes-256-gcm',
		format: 'prefixed',
	};
	return {
		getActiveKey: async () => key,
		getKeyById: async (id) => (id === key.id ? key : null),
		getLegacyKey: async () => key,
	};
}
