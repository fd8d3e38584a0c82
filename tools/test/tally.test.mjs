import assert from 'node:assert/strict';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { inTemporaryFolder } from '../lib/pack.mjs';
import { Tally } from '../lib/tally.mjs';

const tallyOf = async (add, text) =>
	await inTemporaryFolder(async (folder) => {
		const file = path.join(folder, 'result');
		if (text !== undefined) await fs.writeFile(file, text);
		const tally = new Tally();
		await tally[add](file);
		return String(tally);
	});

test("jest's tests are counted, and its files that could not run", async () => {
	const result = { numPassedTests: 7, numFailedTests: 2, numRuntimeErrorTestSuites: 1 };
	assert.equal(await tallyOf('addJest', JSON.stringify(result)), '7 passed, 3 failed');
});

test("the tests of Node.js's runner are counted, those that were cut off as failed", async () => {
	const text = '# Subtest: x\n# pass 99\nok 1\n# tests 6\n# pass 3\n# fail 1\n# cancelled 2\n';
	assert.equal(await tallyOf('addNodeTest', text), '3 passed, 3 failed');
});

test('a run without a result is a failure', async () => {
	assert.equal(await tallyOf('addJest'), '0 passed, 1 failed');
	assert.equal(await tallyOf('addNodeTest'), '0 passed, 1 failed');
	assert.equal(await tallyOf('addNodeTest', 'ok 1 - cut off here'), '0 passed, 1 failed');
});

test('a step that failed without a failed test is a failure, once', () => {
	const tally = new Tally();
	tally.addStatus(0);
	assert.equal(String(tally), '0 passed, 0 failed');
	tally.addStatus(2);
	tally.addStatus(1);
	assert.equal(String(tally), '0 passed, 1 failed');
});
