import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { keys } from '../keys.mts';
import { createSimulator } from '../server.mts';
import { dates, feed, specializedToken, standardToken, start, type Json } from './helpers.mts';

const simulator = await start();
beforeEach(() => simulator.control('/reset', { data: 'demo', seed: 1 }));

const ledgers = '/settlement/v1/ledgers';

test('the simulator tells what it is', async () => {
	const { url, data, seed, clock, keys: told } = await simulator.control('');
	assert.deepEqual([url, data, seed, clock.realTime], [simulator.url, 'demo', 1, true]);
	assert.deepEqual(told, keys);
});

test('answers carry the date of the simulated clock', async () => {
	await simulator.control('/clock', { now: '2026-08-01T12:00:00Z' });
	const { headers } = await simulator.get(ledgers);
	assert.equal(headers.get('date'), 'Sat, 01 Aug 2026 12:00:00 GMT');
	const { realTime, now } = await simulator.control('/clock', { realTime: true });
	assert.equal(realTime, true);
	assert.ok(Date.parse(now) >= Date.parse('2026-08-01T12:00:00Z'));
});

test('a fault strikes after those to skip, as often as it was told, and never the control', async () => {
	await simulator.control('/faults', {
		path: '/settlement/',
		skip: 1,
		times: 2,
		status: 429,
		headers: { 'Retry-After': '7' },
		body: { slow: 'down' },
	});
	await simulator.control('/faults', { path: '/simulator', status: 500 });
	const answers = [];
	for (let count = 0; count < 4; count++) answers.push(await simulator.get(ledgers));
	assert.deepEqual(
		answers.map(({ status }) => status),
		[200, 429, 429, 200],
	);
	assert.equal(answers[1]!.headers.get('retry-after'), '7');
	assert.deepEqual(answers[1]!.body, { slow: 'down' });
	await simulator.control('');
});

test('faults go by method and path, with text bodies and without', async () => {
	await simulator.control('/faults', { method: 'POST', path: '/miami/', status: 503 });
	await simulator.control('/faults', { method: 'DELETE', path: 'ledgers/12345', status: 500 });
	await simulator.control('/faults', {
		method: 'get',
		path: 'ledgers/12345/funds',
		status: 502,
		body: '<h1>Bad Gateway</h1>',
		contentType: 'text/html',
	});
	const token = await simulator.send(...specializedToken());
	assert.deepEqual([token.status, token.body], [503, '']);
	assert.equal((await simulator.get(feed('12345', 'fees'))).status, 200);
	const broken = await simulator.get(feed('12345', 'funds'));
	assert.deepEqual([broken.status, broken.body], [502, '<h1>Bad Gateway</h1>']);
	assert.equal(broken.headers.get('content-type'), 'text/html');
});

test('a fault can delay, reset and truncate', async () => {
	await simulator.control('/faults', { path: '/settlement/', delayMs: 120 });
	const started = performance.now();
	assert.equal((await simulator.get(ledgers)).status, 200);
	assert.ok(performance.now() - started >= 115);
	await simulator.control('/faults', { path: '/settlement/', reset: true });
	await assert.rejects(simulator.get(ledgers));
	await simulator.control('/faults', { path: '/settlement/', truncate: true });
	const { body } = await simulator.send(...specializedToken());
	const response = await fetch(simulator.url + ledgers, {
		headers: { authorization: `Bearer ${body.access_token}` },
	});
	assert.equal(response.status, 200);
	await assert.rejects(response.text());
	assert.equal((await simulator.get(ledgers)).status, 200);
});

test('ordered faults can be called off', async () => {
	await simulator.control('/faults', { path: '.', times: 9, status: 500 });
	await simulator.control('/faults', undefined, 'DELETE');
	assert.equal((await simulator.get(ledgers)).status, 200);
});

test('the log counts, remembers the last requests and holds no secret', async () => {
	await simulator.send(...standardToken());
	await simulator.get(ledgers);
	await simulator.get(feed('1', 'funds'));
	const log = await simulator.control('/requests');
	assert.deepEqual(log.tokenRequests, { standard: 1, specialized: 2 });
	assert.equal(log.byRoute['GET /settlement/v1/ledgers'], 1);
	assert.equal(log.byRoute['GET /report/v2/ledgers/:ledgerId/:topic/feed'], 1);
	assert.equal(log.total, 5);
	assert.equal(log.peakConcurrency, 1);
	assert.deepEqual(
		log.requests.map(({ status }: Json) => status),
		[200, 200, 200, 200, 404],
	);
	assert.equal(log.requests[0].headers.client_secret, 'present');
	assert.equal(log.requests[2].headers.authorization, 'present');
	assert.doesNotMatch(JSON.stringify(log), /simulator-|Bearer|Basic/);
	await simulator.control('/requests', undefined, 'DELETE');
	assert.equal((await simulator.control('/requests')).total, 0);
});

test('the log sees requests side by side, and one that broke off as over', async () => {
	await simulator.control('/faults', { path: '/settlement/', times: 5, delayMs: 100 });
	const { body } = await simulator.send(...specializedToken());
	const headers = { authorization: `Bearer ${body.access_token}` };
	await Promise.all([1, 2, 3, 4, 5].map(() => simulator.send(ledgers, { headers })));
	assert.equal((await simulator.control('/requests')).peakConcurrency, 5);
	await simulator.control('/faults', { path: '/settlement/', reset: true });
	await assert.rejects(simulator.send(ledgers, { headers }));
	await simulator.control('/requests', undefined, 'DELETE');
	await simulator.send(ledgers, { headers });
	assert.equal((await simulator.control('/requests')).peakConcurrency, 1);
});

test('raw entries stay as they are and get the balances they lack', async () => {
	const given = [
		{ entryType: 'payout-aborted', amount: 700, ledgerDate: '2026-05-06', odd: [1] },
		{ entryType: 'correction', amount: -50, ledgerDate: '2026-05-06', balanceBefore: 5 },
	];
	await simulator.control('/entries', { ledgerId: '12345', topic: 'funds', entries: given });
	const { body } = await simulator.get(dates('12345', 'funds', '2026-05-06'));
	assert.deepEqual(body.items.slice(0, 2), [
		{ ...given[0], balanceBefore: 0, balanceAfter: 700 },
		{ ...given[1], balanceBefore: 5, balanceAfter: -45 },
	]);
});

test('raw sales stay as they are', async () => {
	const sale = { entryType: 'capture', time: '2026-05-06T22:30:00Z', amounts: null, odd: true };
	await simulator.control('/sales', { ledgerId: '302321', entries: [sale] });
	const { body } = await simulator.get('/sales/report/v1/ledgers/302321/dates/2026-05-07');
	assert.deepEqual(body.items, [sale]);
});

test('a reset drops tokens, faults and the log; a bad one changes nothing', async () => {
	const { body } = await simulator.send(...specializedToken());
	await simulator.control('/faults', { path: '.', status: 500 });
	await simulator.control('/reset', {});
	const headers = { authorization: `Bearer ${body.access_token}` };
	assert.equal((await simulator.send(ledgers, { headers })).status, 401);
	assert.equal((await simulator.control('/requests')).total, 1);
	for (const bad of [
		{ data: 'nonsense' },
		{ data: 'toString' },
		{ options: { nonsense: 1 } },
		{ options: { feedEnd: 'never' } },
		{ options: { reportPageSize: 0 } },
		{ now: 'soon' },
		{ seed: 'x' },
		{ sede: 1 },
	]) {
		await assert.rejects(simulator.control('/reset', bad), JSON.stringify(bad));
	}
	assert.equal((await simulator.control('')).data, 'demo');
	assert.equal((await simulator.get(ledgers)).body.items.length, 2);
});

test('the control says what is wrong with its input', async () => {
	for (const [path, body, expected] of [
		['/capture', { ledgerId: '1', amount: 100 }, /no ledger/],
		['/capture', { ledgerId: '12345' }, /amount/],
		['/capture', { ledgerId: '12345', amount: 1.5 }, /amount/],
		['/capture', { ledgerId: '12345', amuont: 100 }, /amuont/],
		['/clock', {}, /advanceSeconds/],
		['/ledgers', { ledgerId: '12345' }, /exists/],
		['/ledgers', { ledgerId: '9', market: 'SE' }, /market/],
		['/faults', { path: '(' }, /regular expression/],
		['/entries', { ledgerId: '12345', topic: 'payouts', entries: [] }, /topic/],
	] as const) {
		await assert.rejects(simulator.control(path, body), expected);
	}
});

test('it listens on loopback only and refuses what it does not know', async () => {
	assert.match(simulator.url, /^http:\/\/127\.0\.0\.1:\d+$/);
	await assert.rejects(createSimulator({ data: 'nonsense' }));
});
