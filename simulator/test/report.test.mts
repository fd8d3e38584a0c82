import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { dates, feed, start, type Json } from './helpers.mts';

const simulator = await start({ data: 'worked-example' });
beforeEach(() => simulator.control('/reset', { data: 'worked-example' }));

const inShort = ({ pspReference, time, entryType, reference, ...rest }: Json) =>
	[pspReference, time, entryType, reference, rest.amount, rest.recipientHandle].concat([
		rest.balanceBefore,
		rest.balanceAfter,
	]);

test('the worked day of funds is as documented', async () => {
	const { status, body, headers } = await simulator.get(dates('12345', 'funds', '2022-10-01'));
	assert.equal(status, 200);
	assert.equal(headers.get('vipps-feed-page-size'), '1000');
	const { items, ...flags } = body;
	assert.deepEqual(flags, { hasMore: false, tryLater: false });
	const [day, handle] = ['2022-10-01T', 'NO:57860'];
	const midnight = '2022-10-02T00:00:00.000000+0200';
	const bankText = 'Vipps utbet. 2000023 Vippsnr 57860';
	assert.deepEqual(items.map(inShort), [
		['3343121302', `${day}16:33:00.824993+0200`, 'capture', 'purchase-12', 10000, handle, 0, 10000],
		[
			'3334234112',
			`${day}18:37:55.982497+0200`,
			'capture',
			'purchase-12',
			10000,
			handle,
			10000,
			20000,
		],
		[
			'3259823497',
			`${day}19:12:54.932428+0200`,
			'capture',
			'purchase-14',
			20000,
			handle,
			20000,
			40000,
		],
		[
			'1154320987',
			`${day}23:47:59.984224+0200`,
			'refund',
			'purchase-12',
			-10000,
			handle,
			40000,
			30000,
		],
		['01H7W7Q6Y5R-3G58CTAZX0MHKV2', midnight, 'fees-retained', '', -1200, null, 30000, 28800],
		['12345-2000023', midnight, 'payout-scheduled', bankText, -28800, null, 28800, 0],
	]);
	for (const { currency, ledgerDate } of items) {
		assert.deepEqual([currency, ledgerDate], ['NOK', '2022-10-01']);
	}
});

test('the worked day of fees is as documented', async () => {
	const { body } = await simulator.get(dates('12345', 'fees', '2022-10-01'));
	assert.deepEqual(
		body.items.map(({ pspReference, amount, balanceAfter }: Json) => [
			pspReference,
			amount,
			balanceAfter,
		]),
		[
			['3343121302', -400, -400],
			['3334234112', -400, -800],
			['3259823497', -400, -1200],
			['12345-2000321', 1200, 0],
		],
	);
});

test('a date is open until it is over in the market of the ledger', async () => {
	const openAt = async (now: string, date: string) => {
		await simulator.control('/clock', { now });
		return (await simulator.get(dates('12345', 'funds', date))).body;
	};
	// Midnight in Oslo is 22:00 UTC in summer.
	assert.equal((await openAt('2026-07-01T21:59:59Z', '2026-07-01')).tryLater, true);
	assert.equal((await openAt('2026-07-01T22:00:00Z', '2026-07-01')).tryLater, false);
	assert.equal((await openAt('2026-07-01T22:00:00Z', '2026-07-02')).tryLater, true);
	assert.equal((await openAt('2026-07-01T22:00:00Z', '2026-07-09')).tryLater, true);
	const closed = await openAt('2026-07-01T22:00:00Z', '2026-06-30');
	assert.deepEqual(closed, { items: [], hasMore: false, tryLater: false });
});

async function walk(path: (query: string) => string, hasEnded: (body: Json) => boolean) {
	const pages: Json[] = [];
	let query = '';
	for (;;) {
		const { body } = await simulator.get(path(query));
		pages.push(body);
		if (hasEnded(body)) return pages;
		query = `?cursor=${body.cursor}`;
	}
}

const sizes = (pages: Json[]) => pages.map(({ items }) => items.length);
const worked = (query: string) => feed('12345', 'funds', query);
const workedDate = (query: string) => dates('12345', 'funds', '2022-10-01', query);

test('a feed ends with its last items or on an empty page, and its cursor goes on', async () => {
	const ended = ({ tryLater }: Json) => tryLater;
	for (const [feedEnd, expected] of [
		['withItems', [3, 3]],
		['emptyPage', [3, 3, 0]],
	] as const) {
		await simulator.control('/reset', { options: { reportPageSize: 3, feedEnd } });
		const pages = await walk(worked, ended);
		assert.deepEqual(sizes(pages), expected);
		assert.ok(pages.every((page) => page.cursor && !('hasMore' in page)));
		const end = `?cursor=${pages.at(-1)!.cursor}`;
		const again = await simulator.get(worked(end));
		assert.deepEqual(again.body, { items: [], cursor: pages.at(-1)!.cursor, tryLater: true });
		await simulator.control('/capture', { ledgerId: '12345', amount: 500, reference: 'late' });
		const { body } = await simulator.get(worked(end));
		assert.deepEqual(
			body.items.map((entry: Json) => entry.reference),
			['late'],
		);
	}
});

test('the pages of a date end exactly or on an empty page', async () => {
	const ended = ({ hasMore }: Json) => !hasMore;
	for (const [dateEnd, expected] of [
		['withItems', [3, 3]],
		['emptyPage', [3, 3, 0]],
	] as const) {
		await simulator.control('/reset', { options: { reportPageSize: 3, dateEnd } });
		const pages = await walk(workedDate, ended);
		assert.deepEqual(sizes(pages), expected);
		assert.ok(pages.every((page) => 'cursor' in page === page.hasMore));
	}
});

test('an open date can have more pages and still say try later', async () => {
	await simulator.control('/reset', {
		now: '2022-10-01T12:00:00Z',
		options: { reportPageSize: 3 },
	});
	const { body } = await simulator.get(workedDate(''));
	assert.deepEqual([body.hasMore, body.tryLater], [true, true]);
});

test('ledgers come in pages whose cursors remember the filter', async () => {
	await simulator.control('/reset', {
		data: 'merchants',
		options: { ledgers: 5, days: 1, ledgersPageSize: 2 },
	});
	const path = (query: string) => `/settlement/v1/ledgers${query}`;
	const pages = await walk(path, ({ cursor }) => cursor === '');
	assert.deepEqual(sizes(pages), [2, 2, 1]);
	const handle = pages[1].items[0].settlesForRecipientHandles[0];
	const { body } = await simulator.get(path(`?settlesForRecipientHandles=${handle}`));
	assert.deepEqual([body.items, body.cursor], [[pages[1].items[0]], '']);
});

test('ledgers without access are gone, or empty when the simulator is told so', async () => {
	await simulator.control('/access', { ledgerId: '12345', granted: false });
	assert.deepEqual((await simulator.get('/settlement/v1/ledgers')).body.items, []);
	assert.equal((await simulator.get(worked(''))).status, 404);
	await simulator.control('/reset', { options: { noAccess: 'empty' } });
	const { cursor } = (await simulator.get(worked(''))).body;
	await simulator.control('/access', { ledgerId: '12345', granted: false });
	const left = await simulator.get(worked(`?cursor=${cursor}`));
	assert.deepEqual(left.body, { items: [], cursor, tryLater: true });
	assert.equal((await simulator.get(feed('nowhere', 'funds'))).status, 404);
});

test('personal data is there only when it is asked for, and odd entries pass through', async () => {
	await simulator.control('/reset', { data: 'documented' });
	const plain = await simulator.get(feed('654321', 'funds'));
	assert.ok(!('maskedPhoneNo' in plain.body.items[0]));
	const personal = await simulator.get(feed('654321', 'funds', '?includeGDPRSensitiveData=true'));
	assert.equal(personal.body.items[0].maskedPhoneNo, 'xxxx 5678');
	const odd = await simulator.get(feed('302321', 'funds'));
	const unknown = odd.body.items.find((entry: Json) => entry.entryType === 'loyalty-adjustment');
	assert.deepEqual([unknown.campaign, unknown.recipientHandle], ['summer', null]);
	const undated = odd.body.items.find((entry: Json) => !('ledgerDate' in entry));
	const { body } = await simulator.get(dates('302321', 'funds', '2023-09-27'));
	assert.deepEqual(body.items[0], undated);
});
