import assert from 'node:assert/strict';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder, findEntry, makeEntry, withLock } from '../lib/cache.mjs';

before(async () => {
	process.env.N8N_VIPPSMOBILEPAY_CACHE = await fs.mkdtemp(path.join(os.tmpdir(), 'cache '));
});

after(async () => await fs.rm(cacheFolder(), { recursive: true, force: true }));

const names = async () => (await fs.readdir(cacheFolder())).sort();

test('an entry is there when it is complete, not before', async () => {
	const making = makeEntry('tool', '1', async (draft) => {
		await fs.writeFile(path.join(draft, 'a'), 'half');
		assert.equal(findEntry('tool', '1'), undefined);
		await sleep(50);
		await fs.writeFile(path.join(draft, 'a'), 'whole');
	});
	const folder = await making;
	assert.equal(findEntry('tool', '1'), folder);
	assert.equal(await fs.readFile(path.join(folder, 'a'), 'utf8'), 'whole');
	assert.equal(findEntry('tool', '2'), undefined);
});

test('what broke off leaves nothing behind and can be tried again', async () => {
	const broken = makeEntry('broken', '1', async (draft) => {
		await fs.writeFile(path.join(draft, 'a'), 'half');
		throw new Error('no network');
	});
	await assert.rejects(broken, /no network/);
	assert.deepEqual(
		(await names()).filter((name) => name.startsWith('broken')),
		[],
	);
	await makeEntry('broken', '1', async () => {});
	assert.ok(findEntry('broken', '1'));
});

test('two at once make it once', async () => {
	let made = 0;
	let waited = 0;
	const make = async () => {
		made += 1;
		await sleep(100);
	};
	const both = [1, 2].map(() => makeEntry('shared', '1', make, () => (waited += 1)));
	const folders = await Promise.all(both);
	assert.deepEqual([made, waited, folders[0]], [1, 1, folders[1]]);
});

test('a half-made entry and the lock of a process that died are cleared away', async () => {
	const draft = path.join(cacheFolder(), 'died-1.4194304-abcd.draft');
	await fs.mkdir(draft);
	// No system gives out a number as high as this.
	await fs.writeFile(path.join(cacheFolder(), 'died-1.lock'), '4194305');
	await makeEntry('died', '1', async () => {});
	assert.deepEqual(
		(await names()).filter((name) => name.startsWith('died')),
		['died-1'],
	);
});

test('a lock whose holder lives is respected', async () => {
	const file = path.join(cacheFolder(), 'held.lock');
	const order = [];
	const first = withLock(file, async () => {
		await sleep(300);
		order.push('first');
	});
	await sleep(50);
	await withLock(file, async () => order.push('second'));
	await first;
	assert.deepEqual(order, ['first', 'second']);
});
