import type {
	IDataObject,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { loadPackage, startSimulator, type Simulator } from '../../harness';
import { apiPaths, apiRequests, revokeAccess, truthOf } from '../../support/simulated';
import { act, ACTION, merchantKeys } from '../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator()));

const sale = async (operation: string, parameters: INodeParameters, options = {}) =>
	await act(
		simulator,
		{
			resource: 'sale',
			operation,
			simplify: false,
			ledgerId: { __rl: true, mode: 'id', value: '302321' },
			...parameters,
		},
		options,
	);

const days = { fromDate: '2026-05-04', toDate: '2026-05-05' };

/** What the simulator knows of a ledger's sales, with what the node adds. */
const marked = async (matches: (sale: IDataObject) => boolean = () => true) =>
	(await truthOf(simulator)).sales
		.filter(matches)
		.map((one) => ({ ...one, topic: 'sales', dedupeKey: expect.stringMatching(/^sales-\d+~./) }));

describe('sales of dates', () => {
	it('come in order, as the API gives them, with topic, ledger and key', async () => {
		await simulator.reset({ data: 'demo' });
		const { json, error } = await sale('getAll', { ...days, returnAll: true });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(8);
		expect(json).toEqual(await marked());
		expect(new Set(json.map(({ dedupeKey }) => dedupeKey)).size).toBe(8);
	});

	it('of cash have no PSP reference and a key all the same', async () => {
		await simulator.reset({ data: 'demo' });
		const { json } = await sale('getAll', { ...days, returnAll: true });
		const cash = json.filter(({ paymentType }) => paymentType === 'CASH');
		expect(cash).toEqual([
			expect.objectContaining({
				pspReference: null,
				reference: '12500000004',
				amounts: { gross: 9000, net: 7826, vat: 1174 },
				dedupeKey: expect.stringMatching(/^sales-302321~./),
			}),
		]);
	});

	it.each(['withItems', 'emptyPage'])(
		'are read to the end when the end comes %s',
		async (dateEnd) => {
			await simulator.reset({ data: 'demo', options: { salesPageSize: 2, dateEnd } });
			const { json } = await sale('getAll', { ...days, returnAll: true });
			expect(json).toEqual(await marked());
			expect((await apiPaths(simulator)).length).toBeGreaterThanOrEqual(4);
		},
	);

	it.each([
		[1, 1],
		[4, 1],
		[5, 2],
	])('beyond a limit of %d are not asked for', async (limit, dates) => {
		await simulator.reset({ data: 'demo' });
		const { json } = await sale('getAll', { ...days, limit });
		expect(json).toEqual((await marked()).slice(0, limit));
		expect(await apiPaths(simulator)).toHaveLength(dates);
	});

	it('are those of yesterday in the market of the ledger when no date is given', async () => {
		await simulator.reset({ data: 'demo', now: '2026-05-05T22:00:00Z' });
		await sale('getAll', {});
		expect((await apiPaths(simulator)).at(-1)).toBe(
			'/sales/report/v1/ledgers/302321/dates/2026-05-05',
		);
	});

	it('that are not there bring a hint about what the Sales API covers', async () => {
		await simulator.reset({ data: 'demo' });
		const { json, executionHints } = await sale('getAll', {
			fromDate: '2020-01-01',
			toDate: '2020-01-01',
		});
		expect(json).toEqual([]);
		expect(executionHints[0].message).toContain('ePayment or Recurring');
	});
});

describe('a page of the feed', () => {
	it.each(['withItems', 'emptyPage'])(
		'leads to the next until everything has come, when the end comes %s',
		async (feedEnd) => {
			await simulator.reset({ data: 'demo', options: { feedEnd } });
			const seen: IDataObject[] = [];
			let cursor: string | undefined;
			for (let more = true; more; ) {
				const { json } = await sale(
					'getFeedPage',
					{ cursor: '={{ $json.cursor }}', pageSize: 3 },
					{ items: [{ cursor }] },
				);
				const page = json[0] as { entries: IDataObject[]; cursor: string; hasMore: boolean };
				expect(Object.keys(page).sort()).toEqual(['cursor', 'entries', 'hasMore']);
				expect(page.entries.length).toBeLessThanOrEqual(3);
				seen.push(...page.entries);
				cursor = page.cursor;
				more = page.hasMore;
			}
			expect(seen).toEqual(await marked());
			const { json } = await sale('getAll', { ...days, returnAll: true });
			expect(seen).toEqual(json);

			await simulator.control.post('/sale', { ledgerId: '302321', amount: 500 });
			const later = await sale('getFeedPage', { cursor: cursor ?? '' });
			expect(later.json[0].entries).toEqual([
				expect.objectContaining({ amounts: expect.objectContaining({ gross: 500 }) }),
			]);
		},
	);

	it.each([
		[1, 1],
		[1000, 8],
		['={{ "4" }}', 4],
	])('holds at most so many sales: %s', async (pageSize, count) => {
		await simulator.reset({ data: 'demo' });
		const { json, error } = await sale('getFeedPage', { pageSize });
		expect(error).toBeUndefined();
		expect(json[0].entries).toHaveLength(count);
	});

	it('holds 100 when nothing is said', async () => {
		await simulator.reset({ data: 'demo' });
		await sale('getFeedPage', {});
		expect(await apiPaths(simulator)).toEqual(['/sales/report/v1/ledgers/302321?pageSize=100']);
	});

	it.each([0, -5, 1001, 2.5, '={{ "many" }}', '={{ $json.none }}'])(
		'of an impossible size is refused before anything is sent: %s',
		async (pageSize) => {
			await simulator.reset({ data: 'demo' });
			const { error } = await sale('getFeedPage', { pageSize });
			expect(error?.message).toContain("'Page Size' must be a whole number, 1 to 1000");
			expect(await apiPaths(simulator)).toEqual([]);
		},
	);

	it('with a cursor that is none is refused with what to do', async () => {
		await simulator.reset({ data: 'demo' });
		const { error } = await sale('getFeedPage', { cursor: 'garbage' });
		expect(error?.message).toContain(
			'Vipps MobilePay did not accept the cursor (ledger 302321, sales)',
		);
		expect(error?.description).toContain('leave it empty to start from the beginning');
	});
});

describe.each(['page', 'array', 'object'])(
	'looked up where the API answers with a %s',
	(envelope) => {
		beforeEach(
			async () => await simulator.reset({ data: 'demo', options: { referenceEnvelope: envelope } }),
		);

		it('by reference, an order has its capture and its refund', async () => {
			const { json } = await sale('getByReference', { reference: ' 12500000001 ' });
			expect(json.map(({ entryType }) => entryType)).toEqual(['capture', 'refund']);
			expect(json).toEqual(await marked(({ reference }) => reference === '12500000001'));
		});

		it('by reference, cash is found', async () => {
			const { json } = await sale('getByReference', { reference: '12500000004' });
			expect(json).toEqual([expect.objectContaining({ paymentType: 'CASH', pspReference: null })]);
		});

		it('by PSP reference, a transaction is one sale with the key that it has in the feed', async () => {
			const { json } = await sale('getByPspReference', { pspReference: '={{ 35060010002 }}' });
			expect(json).toEqual(await marked(({ pspReference }) => pspReference === '35060010002'));
			const feed = await sale('getFeedPage', {});
			expect(feed.json[0].entries).toContainEqual(json[0]);
		});

		it.each([
			['getByReference', 'reference'],
			['getByPspReference', 'pspReference'],
		])('what %s does not find brings a hint', async (operation, name) => {
			const { json, error, executionHints } = await sale(operation, { [name]: 'unknown' });
			expect(error).toBeUndefined();
			expect(json).toEqual([]);
			expect(executionHints[0].message).toContain('No sale was found under this');
		});
	},
);

describe('looked up', () => {
	it.each([
		['getByReference', 'reference'],
		['getByPspReference', 'pspReference'],
	])('%s says what to do where the API answers 404', async (operation, name) => {
		await simulator.reset({ data: 'demo', options: { unknownReference: '404' } });
		const { error } = await sale(operation, { [name]: 'unknown' });
		expect(error?.message).toContain('No sale was found under this reference (ledger 302321');
		expect(error?.description).toContain('Check the reference and the ledger');
	});

	it.each([
		['getByReference', 'reference', "'Reference' is empty"],
		['getByPspReference', 'pspReference', "'PSP Reference' is empty"],
	])('%s wants something to look for', async (operation, name, message) => {
		await simulator.reset({ data: 'demo' });
		const { error } = await sale(operation, { [name]: '={{ $json.none }}' });
		expect(error?.message).toContain(message);
		expect(await apiPaths(simulator)).toEqual([]);
	});

	it('a reference with signs of its own is found', async () => {
		await simulator.reset({ data: 'demo' });
		const reference = 'ordre 1/2?x=å&b#c%20..';
		await simulator.control.post('/sale', { ledgerId: '302321', amount: 500, reference });
		const { json } = await sale('getByReference', { reference });
		expect(json).toEqual([expect.objectContaining({ reference })]);
	});
});

describe('the keys', () => {
	const authentication = async () => {
		const { nodes } = await loadPackage();
		const { description } = nodes[ACTION] as { description: { properties: INodeProperties[] } };
		return description.properties.filter(({ name }) => name === 'authentication');
	};

	it('for sales are accounting keys; others are not offered', async () => {
		const [{ options = [] }] = await authentication();
		const offered = (options as INodePropertyOptions[])
			.filter(({ displayOptions }) => !displayOptions?.hide?.resource?.includes('sale'))
			.map(({ value }) => value);
		expect(offered).toEqual(['accountingApi']);
	});

	it('are one field that depends on no other, as the editor would hide the other field', async () => {
		const fields = await authentication();
		expect(fields.map(({ displayOptions }) => displayOptions)).toEqual([undefined]);
	});

	it('of a merchant are refused with what to do, before anything is sent', async () => {
		await simulator.reset({ data: 'demo' });
		const { error } = await sale(
			'getAll',
			{ ...days, fromDate: '2026-05-05', authentication: 'merchantApi' },
			{ credentials: await merchantKeys(simulator) },
		);
		expect(error?.message).toContain('accounting keys only');
		expect(error?.description).toContain("'Vipps MobilePay Accounting API' credential");
		expect(await apiRequests(simulator)).toHaveLength(0);
	});

	it.each([
		['getAll', days],
		['getFeedPage', {}],
	])('without access to the ledger are told so by %s', async (operation, parameters) => {
		await simulator.reset({ data: 'demo' });
		await revokeAccess(simulator, '302321');
		const { error } = await sale(operation, parameters);
		expect(error?.message).toContain('these keys have no access to it (ledger 302321, sales');
	});
});
