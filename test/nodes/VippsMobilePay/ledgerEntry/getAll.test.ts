import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { addEntries, addLedger, apiPaths, revokeAccess, truthOf } from '../../../support/simulated';
import { act, merchantKeys } from '../../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator()));

const getAll = async (parameters: INodeParameters, options = {}) =>
	await act(
		simulator,
		{
			resource: 'ledgerEntry',
			operation: 'getAll',
			ledgerId: { __rl: true, mode: 'id', value: '12345' },
			fromDate: '2022-10-01',
			toDate: '2022-10-01',
			returnAll: true,
			...parameters,
		},
		options,
	);

const id = (value: string) => ({ __rl: true, mode: 'id', value });

type Row = [string, string, string, number, number, number];

const rowsOf = (items: IDataObject[]): Row[] =>
	items.map((item) => [
		item.entryType as string,
		item.pspReference as string,
		item.reference as string,
		item.amount as number,
		item.balanceBefore as number,
		item.balanceAfter as number,
	]);

describe('the day that the documentation works through', () => {
	beforeEach(async () => await simulator.reset({ data: 'worked-example' }));

	it('has these six rows on funds and ends at zero', async () => {
		const { json, error } = await getAll({ topic: 'funds' });
		expect(error).toBeUndefined();
		expect(rowsOf(json)).toEqual([
			['capture', '3343121302', 'purchase-12', 10000, 0, 10000],
			['capture', '3334234112', 'purchase-12', 10000, 10000, 20000],
			['capture', '3259823497', 'purchase-14', 20000, 20000, 40000],
			['refund', '1154320987', 'purchase-12', -10000, 40000, 30000],
			['fees-retained', '01H7W7Q6Y5R-3G58CTAZX0MHKV2', '', -1200, 30000, 28800],
			['payout-scheduled', '12345-2000023', 'Vipps utbet. 2000023 Vippsnr 57860', -28800, 28800, 0],
		]);
	});

	it('has these four rows on fees and ends at zero', async () => {
		const { json } = await getAll({ topic: 'fees' });
		expect(rowsOf(json)).toEqual([
			['capture-fee', '3343121302', 'purchase-12', -400, 0, -400],
			['capture-fee', '3334234112', 'purchase-12', -400, -400, -800],
			['capture-fee', '3259823497', 'purchase-14', -400, -800, -1200],
			['fees-retained', '12345-2000321', '', 1200, -1200, 0],
		]);
	});

	it('comes with every field of the API, the topic, the ledger and a key of its own', async () => {
		const { json } = await getAll({ topic: 'funds' });
		expect(json[0]).toEqual({
			pspReference: '3343121302',
			time: '2022-10-01T16:33:00.824993+0200',
			ledgerDate: '2022-10-01',
			entryType: 'capture',
			reference: 'purchase-12',
			currency: 'NOK',
			amount: 10000,
			recipientHandle: 'NO:57860',
			balanceBefore: 0,
			balanceAfter: 10000,
			topic: 'funds',
			ledgerId: '12345',
			dedupeKey: expect.stringMatching(/^funds-12345~./),
		});
		expect(new Set(json.map(({ dedupeKey }) => dedupeKey)).size).toBe(6);
	});

	it('reads the same with merchant keys', async () => {
		const accounting = await getAll({ topic: 'funds' });
		const merchant = await getAll(
			{ topic: 'funds', authentication: 'merchantApi' },
			{ credentials: await merchantKeys(simulator) },
		);
		expect(merchant.json).toEqual(accounting.json);
		expect(merchant.json).toHaveLength(6);
	});

	it('reads the same, keys included, a second time', async () => {
		expect((await getAll({})).json).toEqual((await getAll({})).json);
	});
});

describe('dates', () => {
	beforeEach(async () => await simulator.reset({ data: 'worked-example' }));

	it.each([
		['a date', '2022-10-01'],
		['a date with blanks', ' 2022-10-01 '],
		['a date-time of the date picker', '2022-10-01T00:00:00'],
		['a date-time in UTC, by the date that it names', '2022-10-01T23:59:59.999Z'],
		['a date-time with an offset, by the date that it names', '2022-10-01T00:30:00.000+02:00'],
		['a date-time with a blank', '2022-10-01 16:33:00'],
		[
			'an expression with toISODate()',
			'={{ $now.set({ year: 2022, month: 10, day: 1 }).toISODate() }}',
		],
		['an expression with a Luxon date', '={{ $now.set({ year: 2022, month: 10, day: 1 }) }}'],
		['an expression with an input field', '={{ $json.date }}'],
	])('can be given as %s', async (_name, date) => {
		const { json, error } = await getAll(
			{ fromDate: date, toDate: date },
			{ items: [{ date: '2022-10-01' }] },
		);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(6);
		expect(await apiPaths(simulator)).toEqual(['/report/v2/ledgers/12345/funds/dates/2022-10-01']);
	});

	it.each([
		'2026-02-30',
		'2025-02-29',
		'2026-13-01',
		'2026-00-10',
		'2026-1-1',
		'01.10.2022',
		'20221001',
		'yesterday',
		'2022-10-01/../../..',
		'2022-10-01x',
	])('that do not exist are refused by name before anything is sent: %s', async (date) => {
		const { error, items } = await getAll({ toDate: date });
		expect(error?.message).toContain("'To Date' is no date that exists");
		expect(error?.message).toContain(date);
		expect(items).toEqual([]);
		expect(await apiPaths(simulator)).toEqual([]);
	});

	it.each([12, true, { year: 2022 }])('that are no text are refused: %j', async (date) => {
		const { error } = await getAll({ fromDate: '={{ $json.date }}' }, { items: [{ date }] });
		expect(error?.message).toContain("'From Date' is no date that exists");
	});

	it('in the wrong order are refused', async () => {
		const { error } = await getAll({ fromDate: '2022-10-02', toDate: '2022-10-01' });
		expect(error?.message).toContain("'From Date' (2022-10-02) is after 'To Date' (2022-10-01)");
		expect(await apiPaths(simulator)).toEqual([]);
	});

	it('with a mistyped year are refused and not read day by day', async () => {
		const { error } = await getAll({ fromDate: '0202-10-01' });
		expect(error?.message).toContain('has more than 3660 dates');
		expect(await apiPaths(simulator)).toEqual([]);
	});

	it('of a leap day exist in a leap year', async () => {
		const { error } = await getAll({ fromDate: '2024-02-28', toDate: '2024-03-01' });
		expect(error).toBeUndefined();
		expect((await apiPaths(simulator)).sort()).toEqual(
			['2024-02-28', '2024-02-29', '2024-03-01'].map(
				(date) => `/report/v2/ledgers/12345/funds/dates/${date}`,
			),
		);
	});
});

describe('pages', () => {
	const expected = async () =>
		(await truthOf(simulator)).entries.map((entry) => ({
			...entry,
			dedupeKey: expect.any(String),
		}));

	it.each(['withItems', 'emptyPage'])(
		'of every date are read to the end, in order, when the end comes %s',
		async (dateEnd) => {
			const options = { entriesPerLedger: 200, days: 8, reportPageSize: 10, dateEnd };
			await simulator.reset({ data: 'bulk', options });
			const truth = await expected();
			const { json, error } = await getAll({
				ledgerId: id('400001'),
				fromDate: String((truth[0] as IDataObject).ledgerDate),
				toDate: String((truth[199] as IDataObject).ledgerDate),
			});
			expect(error).toBeUndefined();
			expect(json).toEqual(truth);
			expect(await apiPaths(simulator)).toHaveLength(8 * (dateEnd === 'emptyPage' ? 4 : 3));
		},
	);

	it.each([
		[1, 1],
		[10, 1],
		[25, 1],
		[26, 2],
		[70, 3],
	])('beyond a limit of %d are not asked for', async (limit, dates) => {
		const options = { entriesPerLedger: 200, days: 8, until: '2026-09-30' };
		await simulator.reset({ data: 'bulk', options });
		const { json } = await getAll({
			ledgerId: id('400001'),
			fromDate: '2026-09-23',
			toDate: '2026-09-30',
			returnAll: false,
			limit,
		});
		expect(json).toEqual((await expected()).slice(0, limit));
		expect(await apiPaths(simulator)).toHaveLength(dates);
	});

	it.each([0, -1, 1.5, 'many'])('cannot be limited to %s', async (limit) => {
		await simulator.reset({ data: 'worked-example' });
		const { error } = await getAll(
			{ returnAll: false, limit: '={{ $json.limit }}' },
			{ items: [{ limit }] },
		);
		expect(error?.message).toContain("'Limit' must be a whole number, at least 1");
	});

	it('that come again and again end with a refusal and not with a part', async () => {
		await simulator.reset({ data: 'worked-example' });
		const body = { items: [{ entryType: 'capture' }], cursor: 'same', hasMore: true };
		await simulator.control.post('/faults', { path: '/dates/', status: 200, body, times: 9 });
		const { error, items } = await getAll({});
		expect(error?.message).toContain('the same page of 2022-10-01 twice');
		expect(items).toEqual([]);
		expect(await apiPaths(simulator)).toHaveLength(2);
	});

	it('carry the wish for personal data, every one of them', async () => {
		await simulator.reset({ data: 'demo', options: { reportPageSize: 1 } });
		const query = { ledgerId: id('302321'), fromDate: '2026-05-05', toDate: '2026-05-05' };
		const plain = await getAll(query);
		expect(JSON.stringify(plain.json)).not.toContain('Ada Example');
		await simulator.control.delete('/requests');

		const { json } = await getAll({ ...query, options: { includePersonalData: true } });
		expect(json).toContainEqual(
			expect.objectContaining({
				name: 'Ada Example',
				message: 'Thanks!',
				maskedPhoneNo: 'xxxx 5678',
			}),
		);
		const paths = await apiPaths(simulator);
		expect(paths.length).toBeGreaterThan(3);
		for (const path of paths) expect(path).toContain('includeGDPRSensitiveData=true');
		// The same entries, with and without: no duplicates for those who compare.
		expect(json.map(({ dedupeKey }) => dedupeKey)).toEqual(
			plain.json.map(({ dedupeKey }) => dedupeKey),
		);
	});
});

describe('open dates', () => {
	const period = { ledgerId: id('700001'), fromDate: '2026-06-01', toDate: '2026-06-03' };
	const entry = (ledgerDate: string, pspReference: string) => ({
		pspReference,
		time: `${ledgerDate}T08:00:00.000000Z`,
		ledgerDate,
		entryType: 'capture',
		reference: `order-${pspReference}`,
		currency: 'NOK',
		amount: 100,
		recipientHandle: 'NO:700001',
	});

	beforeEach(async () => {
		// In Oslo it is 2026-06-02, noon: the 2nd and the 3rd are open.
		await simulator.reset({ data: 'empty', now: '2026-06-02T10:00:00Z' });
		await addLedger(simulator, { ledgerId: '700001', frequency: 'never', openDate: '2026-06-02' });
		await addEntries(simulator, '700001', 'funds', [
			entry('2026-06-01', '1'),
			entry('2026-06-02', '2'),
		]);
	});

	const references = (items: IDataObject[]) => items.map(({ pspReference }) => pspReference);

	it('are all named and nothing is given out, unless something else is asked for', async () => {
		const { error, items } = await getAll(period);
		expect(error?.message).toContain('2026-06-02, 2026-06-03 are still open');
		expect(error?.message).toContain('[item 0]');
		expect(error?.description).toContain("'Open Dates' to Include or Skip");
		expect(items).toEqual([]);
	});

	it('are named in the singular when there is one', async () => {
		const { error } = await getAll({ ...period, toDate: '2026-06-02' });
		expect(error?.message).toContain('2026-06-02 is still open');
	});

	it('do not matter when the period ends before them', async () => {
		const { json } = await getAll({ ...period, toDate: '2026-06-01' });
		expect(references(json)).toEqual(['1']);
	});

	it('give what there is so far with Include', async () => {
		const { json } = await getAll({ ...period, options: { openDates: 'include' } });
		expect(references(json)).toEqual(['1', '2']);
	});

	it('are left out with Skip', async () => {
		const { json } = await getAll({ ...period, options: { openDates: 'skip' } });
		expect(references(json)).toEqual(['1']);
	});

	it('are refused with the default limit, too', async () => {
		const { error, items } = await getAll({ ...period, returnAll: false });
		expect(error?.message).toContain('2026-06-02, 2026-06-03 are still open');
		expect(items).toEqual([]);
	});

	it('are open by what the last page says, not the first', async () => {
		const page = (body: object, skip: number) => ({ path: '/dates/2026-06-01', body, skip });
		const pages = [
			{ items: [entry('2026-06-01', '1')], cursor: 'more', hasMore: true, tryLater: true },
			{ items: [entry('2026-06-01', '3')], hasMore: false, tryLater: false },
		];
		for (const [index, body] of pages.entries()) {
			await simulator.control.post('/faults', { status: 200, ...page(body, index) });
		}
		const { json, error } = await getAll({ ...period, toDate: '2026-06-01' });
		expect(error).toBeUndefined();
		expect(references(json)).toEqual(['1', '3']);
	});
});

describe('entries', () => {
	it('of unknown types, with unknown fields, come through untouched', async () => {
		await simulator.reset({ data: 'documented' });
		const { json } = await getAll({
			ledgerId: id('302321'),
			fromDate: '2026-06-01',
			toDate: '2026-06-01',
		});
		const { entries } = await truthOf(simulator);
		const unknown = entries.find(({ entryType }) => entryType === 'loyalty-adjustment');
		expect(unknown).toMatchObject({
			campaign: 'summer',
			details: { points: 15, tags: ['a', 'b'] },
		});
		expect(json).toEqual([{ ...unknown, dedupeKey: expect.any(String) }]);
	});

	it('without a ledger date keep their key whichever way they are read', async () => {
		await simulator.reset({ data: 'documented' });
		const byDate = await getAll({
			ledgerId: id('302321'),
			fromDate: '2023-09-27',
			toDate: '2023-09-27',
		});
		expect(byDate.json.map(({ ledgerDate }) => ledgerDate)).toEqual([undefined, '2023-09-27']);
		const { json } = await act(simulator, {
			resource: 'ledgerEntry',
			operation: 'getFeedPage',
			ledgerId: id('302321'),
		});
		expect(json[0].entries).toEqual(expect.arrayContaining(byDate.json));
	});

	it('that are large numbers of minor units stay exact', async () => {
		await simulator.reset({ data: 'empty', now: '2026-06-02T10:00:00Z' });
		await addLedger(simulator, { ledgerId: '700001', frequency: 'never' });
		const amount = Number.MAX_SAFE_INTEGER;
		await addEntries(simulator, '700001', 'funds', [{ ledgerDate: '2026-06-01', amount }]);
		const { json } = await getAll({
			ledgerId: id('700001'),
			fromDate: '2026-06-01',
			toDate: '2026-06-01',
		});
		expect(json[0].amount).toBe(9007199254740991);
	});

	it('that are not there bring a hint about why', async () => {
		await simulator.reset({ data: 'worked-example' });
		const { json, executionHints } = await getAll({ fromDate: '2022-09-01', toDate: '2022-09-02' });
		expect(json).toEqual([]);
		expect(executionHints).toEqual([
			{ message: expect.stringContaining('No entries were found'), location: 'outputPane' },
		]);
	});

	it('that are there bring no hint', async () => {
		await simulator.reset({ data: 'worked-example' });
		expect((await getAll({})).executionHints).toEqual([]);
	});
});

describe('the ledger', () => {
	beforeEach(async () => await simulator.reset({ data: 'worked-example' }));

	it.each([
		['blanks', '   '],
		['an expression that gives nothing', '={{ $json.nothing }}'],
	])('cannot be %s', async (_name, value) => {
		const { error } = await getAll({ ledgerId: id(value) });
		expect(error?.message).toContain("The parameter 'Ledger' is empty");
		expect(error?.message).toContain('[item 0]');
		expect(await apiPaths(simulator)).toEqual([]);
	});

	it.each([
		['a plain text', '={{ $json.id }}', '12345'],
		['a plain number', '={{ $json.id }}', 12345],
		['a text by ID', id('={{ $json.id }}'), '12345'],
		['a number by ID', id('={{ $json.id }}'), 12345],
		['a text with blanks', id('={{ $json.id }}'), ' 12345 '],
		['a choice from the list', { __rl: true, mode: 'list', value: '12345' }, ''],
	])('can be %s from an expression', async (_name, ledgerId, value) => {
		const { json, error } = await getAll({ ledgerId }, { items: [{ id: value }] });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(6);
		expect(json[0].ledgerId).toBe('12345');
	});

	it.each(['999999', '../fees', '12345/fees?x=', 'æ ø å'])(
		'that does not exist is told from one without entries: %s',
		async (value) => {
			const { error, items } = await getAll({ ledgerId: id(value) });
			expect(error?.message).toContain(
				`This ledger does not exist, or these keys have no access to it (ledger ${value}, funds, 2022-10-01)`,
			);
			expect(error?.description).toContain('No such ledgerId');
			expect(error).toMatchObject({ httpCode: '404' });
			expect(items).toEqual([]);
			const [path] = await apiPaths(simulator);
			expect(path).toBe(`/report/v2/ledgers/${encodeURIComponent(value)}/funds/dates/2022-10-01`);
		},
	);

	it('that is not yours gives the same sentence', async () => {
		await revokeAccess(simulator, '12345');
		const { error } = await getAll({});
		expect(error?.message).toContain('these keys have no access to it (ledger 12345');
		expect(error?.description).toContain('Reports → Accounting partners');
		expect(error).toMatchObject({ failure: { cause: 'configuration-invalid' } });
	});

	it('that is not yours gives the hint where the API answers with an empty list', async () => {
		await simulator.reset({ data: 'worked-example', options: { noAccess: 'empty' } });
		await revokeAccess(simulator, '12345');
		const { json, executionHints } = await getAll({});
		expect(json).toEqual([]);
		expect(executionHints[0].message).toContain('no access to the ledger');
	});
});
