import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../e2e/lib/killsJudge.mjs';
import { killsTable } from '../../e2e/lib/killsTable.mjs';

const MINUTE = 60_000;
const START = Date.parse('2026-11-21T06:00:00Z');

const entry = (number) => ({ topic: 'funds', ledgerId: '1', pspReference: `p${number}` });
const item = (number) => ({ ...entry(number), dedupeKey: `key-${number}` });
const execution = (minute, ...items) => ({ startedAt: START + minute * MINUTE, items });

/** Entries 1 to 4, one of them after each of the minutes 0, 10, 20 and 30. */
const expected = [1, 2, 3, 4].map(entry);
const addedAt = new Map([1, 2, 3, 4].map((n) => [`p${n}`, START + (n - 1) * 10 * MINUTE]));
const kill = (minute, unstored) => ({ at: START + minute * MINUTE, unstored });

const verdict = (executions, kills = []) => {
	const { repeated, doubled, lost, lostToEngine } = judge({ executions, expected, kills, addedAt });
	const ids = (entries) => entries.map(({ pspReference }) => pspReference);
	return [repeated, doubled, lost, lostToEngine].map(ids);
};

test('each entry once is what is right', () => {
	const executions = [execution(1, item(1), item(2)), execution(31, item(3), item(4))];
	assert.deepEqual(verdict(executions, [kill(15, true)]), [[], [], [], []]);
});

test('the same again is a repetition; with another key or content it is doubled', () => {
	const all = execution(1, ...[1, 2, 3, 4].map(item));
	assert.deepEqual(verdict([all, execution(2, item(2))]), [['p2'], [], [], []]);
	const otherKey = { ...item(2), dedupeKey: 'another' };
	assert.deepEqual(verdict([all, execution(2, otherKey)]), [[], ['p2'], [], []]);
	const otherContent = { ...item(2), amount: 7 };
	assert.deepEqual(verdict([all, execution(2, otherContent)]), [[], ['p2'], [], []]);
});

test('two entries under one key are one lost and one doubled', () => {
	const sameKey = { ...item(4), dedupeKey: item(3).dedupeKey };
	const executions = [execution(31, item(1), item(2), item(3), sameKey)];
	assert.deepEqual(verdict(executions), [[], ['p4'], ['p4'], []]);
});

test('n8n lost it only if it was killed while storing, and only what was due then', () => {
	const executions = [execution(1, item(1)), execution(31, item(4))];
	assert.deepEqual(verdict(executions), [[], [], ['p2', 'p3'], []]);
	assert.deepEqual(verdict(executions, [kill(12, false)]), [[], [], ['p2', 'p3'], []]);
	assert.deepEqual(verdict(executions, [kill(12, true)]), [[], [], ['p3'], ['p2']]);
	const withFirst = [execution(1, item(1)), execution(15, item(2)), execution(31, item(4))];
	assert.deepEqual(verdict(withFirst, [kill(12, true)]), [[], [], ['p3'], []]);
});

test('the table has a column for each engine and adds its servers up', () => {
	const result = (engine, polls) => ({
		engine,
		kills: [{ moment: 'in a poll', unstored: false }],
		polls,
		executions: 1,
		cutOff: 0,
		failed: 0,
		entries: 1,
		repeated: [],
		doubled: [],
		lost: [],
		lostToEngine: [],
		stored: 1,
	});
	const rows = killsTable([result('one', 3), result('other', 5), result('one', 4)]).split('\n');
	const row = (name) =>
		rows
			.find((line) => line.startsWith(name))
			?.trim()
			.split(/ {2,}/);
	assert.deepEqual(rows[0].trim().split(/ +/), ['one', 'other']);
	assert.deepEqual(row('polls'), ['polls', '7', '5']);
	assert.deepEqual(row('kills (SIGKILL)'), ['kills (SIGKILL)', '2', '1']);
});
