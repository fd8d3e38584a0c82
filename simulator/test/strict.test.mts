import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dates, feed, sales, start } from './helpers.mts';

const simulator = await start();

test('input that does not validate is error 10002', async () => {
	for (const path of [
		feed('12345', 'payouts'),
		feed('12345', 'funds', '?pageSize=10'),
		feed('12345', 'funds', '?cursor=garbage'),
		feed('12345', 'funds', '?cursor='),
		feed('12345', 'funds', '?includeGDPRSensitiveData=yes'),
		dates('12345', 'funds', '2022-02-30'),
		dates('12345', 'funds', '2022-1-1'),
		dates('12345', 'funds', 'today'),
		'/settlement/v1/ledgers?page=2',
		'/settlement/v1/ledgers?cursor=a&cursor=b',
		sales('302321', '?pageSize=0'),
		sales('302321', '?pageSize=1001'),
		sales('302321', '?pageSize=ten'),
		sales('302321', '/dates/2026-13-01'),
		sales('302321', '/references/12500000001?cursor=x'),
	]) {
		const { status, body } = await simulator.get(path);
		assert.equal(status, 400, path);
		assert.equal(body.errorCode, 10002, path);
		assert.ok(body.errorMessage && body.contextId, path);
	}
});

test('a ledger that does not exist is 404, whatever is asked of it', async () => {
	for (const path of [feed('1', 'funds'), dates('1', 'fees', '2022-10-01'), sales('1')]) {
		const { status, body, headers } = await simulator.get(path);
		assert.equal(status, 404);
		assert.equal(body.detail, 'No such ledgerId');
		assert.match(headers.get('content-type')!, /problem\+json/);
	}
});

test('a cursor of another list is refused', async () => {
	const { body } = await simulator.get(feed('12345', 'funds'));
	const query = `?cursor=${body.cursor}`;
	assert.equal((await simulator.get(feed('12345', 'funds', query))).status, 200);
	for (const path of [
		feed('12345', 'fees', query),
		feed('302321', 'funds', query),
		dates('12345', 'funds', '2022-10-01', query),
		sales('302321', query),
		`/settlement/v1/ledgers${query}`,
	]) {
		assert.equal((await simulator.get(path)).status, 400, path);
	}
});

test('an over-long system header is refused by name', async () => {
	const path = '/settlement/v1/ledgers';
	const fits = { 'Vipps-System-Plugin-Name': 'x'.repeat(30) };
	assert.equal((await simulator.get(path, fits)).status, 200);
	const { status, body } = await simulator.get(path, {
		'Vipps-System-Plugin-Name': 'x'.repeat(31),
	});
	assert.equal(status, 400);
	assert.equal(body.extraDetails[0].name, 'vipps-system-plugin-name');
	assert.ok(body.extraDetails[0].reason);
	assert.equal((await simulator.get(path, { 'Merchant-Serial-Number': 'abc' })).status, 400);
});

test('requests without the system headers are answered, and marked in the log', async () => {
	await simulator.control('/requests', undefined, 'DELETE');
	await simulator.get('/settlement/v1/ledgers');
	await simulator.get('/settlement/v1/ledgers', {
		'Vipps-System-Name': 'n8n',
		'Vipps-System-Version': '1',
		'Vipps-System-Plugin-Name': 'test',
		'Vipps-System-Plugin-Version': '1',
	});
	const { requests } = await simulator.control('/requests');
	const marks = requests
		.filter(({ url }: { url: string }) => url === '/settlement/v1/ledgers')
		.map((request: { missingSystemHeaders?: boolean }) => request.missingSystemHeaders ?? false);
	assert.deepEqual(marks, [true, false]);
});

test('what is not there is 404, and the first version of the report is gone', async () => {
	assert.equal((await simulator.get('/report/v2/ledgers')).status, 404);
	assert.equal((await simulator.get('/report/v1/ledgertransactions')).status, 410);
});
