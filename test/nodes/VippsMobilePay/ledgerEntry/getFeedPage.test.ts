import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { apiPaths, revokeAccess, truthOf } from '../../../support/simulated';
import { act } from '../../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator()));

interface Page {
	entries: IDataObject[];
	cursor: string;
	tryLater: boolean;
}

const getPage = async (parameters: INodeParameters, options = {}) =>
	await act(
		simulator,
		{
			resource: 'ledgerEntry',
			operation: 'getFeedPage',
			ledgerId: { __rl: true, mode: 'id', value: '12345' },
			...parameters,
		},
		options,
	);

const pageOf = ({ json }: { json: IDataObject[] }) => json[0] as unknown as Page;

describe('the first page', () => {
	beforeEach(async () => await simulator.reset({ data: 'worked-example' }));

	it.each([
		['without a cursor', {}],
		['with an empty cursor', { cursor: '' }],
		['with a cursor of blanks', { cursor: '  ' }],
		['with an expression that gives nothing', { cursor: '={{ $json.cursor }}' }],
		['with an expression that gives null', { cursor: '={{ null }}' }],
	])('comes %s', async (_name, parameters) => {
		const result = await getPage(parameters);
		expect(result.error).toBeUndefined();
		const page = pageOf(result);
		expect(page.entries).toHaveLength(6);
		expect(page).toEqual({
			entries: expect.any(Array),
			cursor: expect.stringMatching(/./),
			tryLater: true,
		});
		expect(await apiPaths(simulator)).toEqual(['/report/v2/ledgers/12345/funds/feed']);
	});

	it('is of the topic that was chosen', async () => {
		const { entries } = pageOf(await getPage({ topic: 'fees' }));
		expect(entries.map(({ entryType }) => entryType)).toEqual([
			'capture-fee',
			'capture-fee',
			'capture-fee',
			'fees-retained',
		]);
	});

	it('holds entries exactly as reading by date gives them, keys included', async () => {
		const { entries } = pageOf(await getPage({}));
		const { json } = await act(simulator, {
			resource: 'ledgerEntry',
			operation: 'getAll',
			ledgerId: { __rl: true, mode: 'id', value: '12345' },
			fromDate: '2022-10-01',
			toDate: '2022-10-01',
		});
		expect(entries).toEqual(json);
	});

	it('of an empty ledger has no entries, but a cursor', async () => {
		await simulator.reset({ data: 'documented' });
		const page = pageOf(await getPage({ ledgerId: '123456' }));
		expect(page).toEqual({ entries: [], cursor: expect.stringMatching(/./), tryLater: true });
	});
});

describe('the cursor', () => {
	it.each(['withItems', 'emptyPage'])(
		'leads through everything, once and in order, when the end comes %s',
		async (feedEnd) => {
			const options = { ledgers: 1, days: 3, reportPageSize: 7, feedEnd };
			await simulator.reset({ data: 'merchants', options });
			const seen: IDataObject[] = [];
			let cursor = '';
			for (let atEnd = false; !atEnd; ) {
				const result = await getPage({ ledgerId: '300001', cursor });
				const page = pageOf(result);
				expect(page.entries.length).toBeLessThanOrEqual(7);
				seen.push(...page.entries);
				cursor = page.cursor;
				atEnd = page.tryLater;
			}
			const { entries } = await truthOf(simulator);
			const funds = entries.filter(({ topic }) => topic === 'funds');
			expect(funds.length).toBeGreaterThan(20);
			expect(seen).toEqual(funds.map((entry) => ({ ...entry, dedupeKey: expect.any(String) })));
			expect(new Set(seen.map(({ dedupeKey }) => dedupeKey)).size).toBe(seen.length);
		},
	);

	it('at the end stays good, brings nothing twice and later what is new', async () => {
		await simulator.reset({ data: 'worked-example' });
		const { cursor } = pageOf(await getPage({}));
		const again = pageOf(await getPage({ cursor }));
		expect(again).toEqual({ entries: [], cursor, tryLater: true });

		await simulator.control.post('/capture', { ledgerId: '12345', amount: 700 });
		const { entries } = pageOf(await getPage({ cursor }));
		expect(entries).toEqual([expect.objectContaining({ entryType: 'capture', amount: 700 })]);
	});

	it('comes from an input item', async () => {
		await simulator.reset({ data: 'worked-example', options: { reportPageSize: 4 } });
		const { cursor } = pageOf(await getPage({}));
		const result = await getPage({ cursor: '={{ $json.cursor }}' }, { items: [{ cursor }] });
		expect(pageOf(result).entries.map(({ entryType }) => entryType)).toEqual([
			'fees-retained',
			'payout-scheduled',
		]);
	});

	it.each([
		['garbage', async () => 'no such cursor & more=1'],
		['that of another topic', async () => pageOf(await getPage({ topic: 'fees' })).cursor],
	])('that is %s is refused with what to do', async (_name, cursorOf) => {
		await simulator.reset({ data: 'worked-example' });
		const { error, items } = await getPage({ cursor: await cursorOf() });
		expect(error?.message).toContain(
			'Vipps MobilePay did not accept the cursor (ledger 12345, funds)',
		);
		expect(error?.description).toContain('Use the cursor exactly as an earlier page');
		expect(error?.description).toContain('The cursor is not valid');
		expect(error?.description).toContain('Code: 10002');
		expect(error?.description).toMatch(/Trace ID: [\w-]+\./);
		expect(error).toMatchObject({ httpCode: '400', failure: { cause: 'configuration-invalid' } });
		expect(items).toEqual([]);
	});
});

it('a ledger that is not yours is told', async () => {
	await simulator.reset({ data: 'worked-example' });
	await revokeAccess(simulator, '12345');
	const { error } = await getPage({});
	expect(error?.message).toContain('these keys have no access to it (ledger 12345, funds)');
});
