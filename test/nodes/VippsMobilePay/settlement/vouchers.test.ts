import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { byId, move, settle } from '../../../support/settle';
import { addLedger, apiPaths, forgetRequests, setClock, truthOf } from '../../../support/simulated';

const ledgerId = '700001';
const ledger = byId(ledgerId);

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

const on = async (date: string) => await setClock(simulator, `${date}T10:00:00Z`);
const capture = async (body: IDataObject) =>
	await move(simulator, 'capture', { ledgerId, ...body });
const refund = async (body: IDataObject) => await move(simulator, 'refund', { ledgerId, ...body });
const other = async (body: IDataObject) => await move(simulator, 'movement', { ledgerId, ...body });

/** A ledger of a Vippsnummer, whose first date is 2026-06-01, a Monday. */
async function open(terms: IDataObject = {}): Promise<void> {
	await simulator.reset({ data: 'empty', now: '2026-06-01T10:00:00Z' });
	await addLedger(simulator, { ledgerId, ...terms });
}

interface Line {
	account: string;
	role: string;
	debit: number;
	credit: number;
	vatCode: string | null;
	vatRate: number | null;
	text: string;
	pspReference: string | null;
	reference: string | null;
}

interface Voucher {
	voucherKey: string;
	date: string;
	lines: Line[];
	totalDebit: number;
	totalCredit: number;
	review: string[];
}

const day = { ledgerId: ledger, fromDate: '2026-06-01', toDate: '2026-06-01' };

async function vouchers(parameters: IDataObject = {}, options = {}): Promise<Voucher[]> {
	const { json, error } = await settle(
		simulator,
		'createVouchers',
		{ ...day, ...parameters },
		options,
	);
	expect(error).toBeUndefined();
	for (const { totalDebit, totalCredit } of json) expect(totalDebit).toBe(totalCredit);
	return json as unknown as Voucher[];
}

const rows = ({ lines }: Voucher) =>
	lines.map(({ role, account, debit, credit }) => [role, account, debit - credit]);

const ownAccounts = {
	roles: [
		{
			clearing: 'CL',
			sales: 'SA',
			fee: 'FE',
			bank: 'BA',
			receivable: 'RE',
			interim: 'IN',
			vat: 'VA',
		},
	],
};

const coffee = { name: 'Coffee', quantity: 1, unitPriceGross: 11_500, vatRate: 1500 };
const mug = { name: 'Mug', quantity: 1, unitPriceGross: 25_000, vatRate: 2500 };

describe('VAT', () => {
	beforeEach(async () => {
		await open({ frequency: 'never' });
		await capture({ articles: [coffee, mug, mug], pspReference: '1', fee: 0 });
		await refund({ articles: [coffee], pspReference: '2' });
	});

	it('is split by rate where the order lines tell it, with the codes of the preset', async () => {
		await on('2026-06-02');
		const [voucher] = await vouchers();
		expect(
			voucher.lines.map(({ role, account, debit, credit, vatCode, vatRate }) => [
				role,
				account,
				debit - credit,
				vatCode,
				vatRate,
			]),
		).toEqual([
			['clearing', '1570', 61_500, null, null],
			['sales', '3000', -10_000, '31', 1500],
			['vat', '2700', -1500, '31', 1500],
			['sales', '3000', -40_000, '3', 2500],
			['vat', '2700', -10_000, '3', 2500],
			['clearing', '1570', -11_500, null, null],
			['sales', '3000', 10_000, '31', 1500],
			['vat', '2700', 1500, '31', 1500],
		]);
		expect(voucher.review).toEqual([]);
	});

	it('stays within the sales for systems that take it out themselves', async () => {
		await on('2026-06-02');
		const [voucher] = await vouchers({ options: { vatLines: 'included' } });
		expect(
			voucher.lines.map(({ role, debit, credit, vatCode }) => [role, debit - credit, vatCode]),
		).toEqual([
			['clearing', 61_500, null],
			['sales', -11_500, '31'],
			['sales', -50_000, '3'],
			['clearing', -11_500, null],
			['sales', 11_500, '31'],
		]);
	});

	it('goes to the accounts and codes of each rate, by the user before the preset', async () => {
		await on('2026-06-02');
		const accounts = {
			...ownAccounts,
			vatRates: [
				{ rate: '25', salesAccount: '3025', code: 'HIGH' },
				{ rate: 15, salesAccount: '3015', code: '' },
			],
		};
		const [voucher] = await vouchers({ accounts });
		const sales = voucher.lines.filter(({ role }) => role === 'sales');
		expect(sales.map(({ account, vatCode }) => [account, vatCode])).toEqual([
			// What is left empty is that of the preset.
			['3015', '31'],
			['3025', 'HIGH'],
			['3015', '31'],
		]);
	});

	it('is not guessed: without order lines, the sale goes gross to one account', async () => {
		await capture({ amount: 999, pspReference: '3', fee: 0 });
		await on('2026-06-02');
		const [voucher] = await vouchers();
		expect(voucher.lines).toContainEqual(
			expect.objectContaining({ role: 'sales', credit: 999, vatCode: null, vatRate: null }),
		);
		expect(voucher.review).toEqual([
			'VAT not split: its sale has no complete order lines (capture 3)',
		]);
	});
});

it('an unreadable VAT rate is refused before anything is read', async () => {
	await open();
	await forgetRequests(simulator);
	const { error } = await settle(simulator, 'createVouchers', {
		...day,
		accounts: { vatRates: [{ rate: '25,555', salesAccount: '1', code: '' }] },
	});
	expect(error?.message).toContain('The VAT rate "25,555" is not a percentage');
	expect(await apiPaths(simulator)).toEqual([]);
});

it.each(['preset', 'groupBy'])(
	'a %s that does not exist is refused with those that do',
	async (name) => {
		const { error } = await settle(simulator, 'createVouchers', {
			...day,
			[name]: '={{ "sweden" }}',
		});
		expect(error?.message).toContain('cannot be "sweden"');
		expect(error?.description).toMatch(/^It is one of /);
	},
);

describe('accounts', () => {
	beforeEach(async () => {
		await open();
		await capture({ amount: 10_000, fee: 100 });
		await on('2026-06-02');
	});

	it.each([
		['norway', ['1570', '3000', '1920', '7770', '2400']],
		['denmark', ['5820', '1010', '5830', '3640', '7440']],
		['finland', ['1763', '3000', '1910', '8570', '2871']],
	])('of the preset %s', async (preset, [clearing, sales, bank, fee, receivable]) => {
		const [voucher] = await vouchers({ preset });
		expect(rows(voucher)).toEqual([
			['clearing', clearing, 10_000],
			['sales', sales, -10_000],
			['clearing', clearing, -100],
			['clearing', clearing, -9900],
			['bank', bank, 9900],
			['receivable', receivable, -100],
			['fee', fee, 100],
			['receivable', receivable, 100],
		]);
	});

	it('of the user, instead of those of the preset', async () => {
		const [voucher] = await vouchers({ accounts: { roles: [{ bank: ' 1921 ', fee: '' }] } });
		expect(rows(voucher)).toContainEqual(['bank', '1921', 9900]);
		expect(rows(voucher)).toContainEqual(['fee', '7770', 100]);
	});

	it('of the user in two parts, of which one leaves empty what the other gives', async () => {
		const roles = [
			{ bank: '1921', fee: '' },
			{ bank: '', fee: '7771' },
		];
		const [voucher] = await vouchers({ accounts: { roles } });
		expect(rows(voucher)).toContainEqual(['bank', '1921', 9900]);
		expect(rows(voucher)).toContainEqual(['fee', '7771', 100]);
	});

	it('that nobody gave are named in review', async () => {
		const [voucher] = await vouchers({
			preset: 'none',
			accounts: { roles: [{ clearing: '1', sales: '2' }] },
		});
		expect(voucher.review.filter((line) => line.startsWith('No account'))).toEqual([
			'No account is given for the role bank',
			'No account is given for the role receivable',
			'No account is given for the role fee',
		]);
	});
});

describe('what somebody has to look at', () => {
	it('goes to the interim account with a line in review each', async () => {
		await open({ frequency: 'never' });
		await capture({ amount: 10_000, fee: 0, pspReference: '1', articles: undefined });
		await other({ entryType: 'retained-disputed-capture' });
		await other({ entryType: 'correction', amount: -20, pspReference: '2' });
		await other({ entryType: 'top-up', amount: 300, pspReference: '3' });
		await other({ entryType: 'credit-note', amount: 7, topic: 'fees', pspReference: '4' });
		await other({ entryType: 'never-heard-of', amount: 5, pspReference: '5' });
		await on('2026-06-02');
		const [voucher] = await vouchers({ preset: 'none', accounts: ownAccounts });
		const interim = voucher.lines.filter(({ role }) => role === 'interim');
		expect(interim.map(({ text, debit, credit }) => [text, debit - credit])).toEqual([
			['Disputed capture, retained', 10_000],
			['Correction', 20],
			['Top-up', -300],
			['Entry of the type never-heard-of', -5],
			['Credit note', -7],
		]);
		expect(voucher.review.slice(1)).toEqual([
			'Disputed capture, retained on the funds ledger went to the interim account (1)',
			'Correction on the funds ledger went to the interim account (2)',
			'Top-up on the funds ledger went to the interim account (3)',
			'Entry of the type never-heard-of on the funds ledger went to the interim account (5)',
			'Credit note on the fees ledger went to the interim account (4)',
		]);
	});

	it('is an aborted payout, which comes back from the bank', async () => {
		await open();
		await capture({ amount: 10_000, fee: 0 });
		await on('2026-06-02');
		await other({ entryType: 'payout-aborted' });
		await on('2026-06-03');
		const [voucher] = await vouchers({ fromDate: '2026-06-02', toDate: '2026-06-02' });
		expect(rows(voucher)).toEqual([
			['clearing', '1570', 10_000],
			['bank', '1920', -10_000],
			['clearing', '1570', -10_000],
			['bank', '1920', 10_000],
		]);
		expect(voucher.review).toEqual(['A payout was taken back (700001-2000101)']);
	});

	it('is an invoice of gross settlement, which stays a debt until it is paid', async () => {
		await open({ settlement: 'gross' });
		await on('2026-06-30');
		await capture({ amount: 10_000, fee: 100 });
		await on('2026-07-01');
		const [voucher] = await vouchers({ fromDate: '2026-06-30', toDate: '2026-06-30' });
		expect(rows(voucher).filter(([role]) => role === 'receivable' || role === 'fee')).toEqual([
			['receivable', '2400', -100],
			['fee', '7770', 100],
			['receivable', '2400', 100],
			['receivable', '2400', -100],
		]);
		expect(voucher.review).toContain('Fees were invoiced: pay 700001-INV-2026-06 from the bank');
	});
});

describe('voucher keys', () => {
	/** Three weeks of one ledger of the settlement data, which has everything in it. */
	const id = '600004';
	const whole = { ledgerId: byId(id), fromDate: '2026-09-01', toDate: '2026-09-21' };
	const halves = [
		{ ...whole, toDate: '2026-09-10' },
		{ ...whole, fromDate: '2026-09-11' },
	];

	beforeAll(async () => {
		await simulator.reset({
			data: 'settlement',
			now: '2026-10-01T10:00:00Z',
			options: { ledgers: 4 },
		});
	});

	it.each(['ledgerDate', 'payout', 'transaction'])(
		'by %s are the same, with the same vouchers, in a second run and in two halves',
		async (groupBy) => {
			const all = await vouchers({ ...whole, groupBy });
			expect(new Set(all.map(({ voucherKey }) => voucherKey)).size).toBe(all.length);
			expect(all.length).toBeGreaterThan(2);
			expect(await vouchers({ ...whole, groupBy })).toEqual(all);
			const inHalves = await Promise.all(
				halves.map(async (half) => await vouchers({ ...half, groupBy })),
			);
			expect(inHalves.flat()).toEqual(all);
		},
	);

	it('of a weekly payout have everything since the payout before, and it ends at nothing', async () => {
		const { entries } = await truthOf(simulator);
		const all = await vouchers({ ...whole, groupBy: 'payout' });
		expect(all.map(({ date }) => date)).toEqual(['2026-09-07', '2026-09-14', '2026-09-21']);
		for (const { voucherKey, lines } of all) {
			const payout = entries.find(
				({ pspReference, entryType }) =>
					entryType === 'payout-scheduled' &&
					voucherKey === String(pspReference).replace('-', '-payout-'),
			);
			expect(lines).toContainEqual(
				expect.objectContaining({ role: 'bank', text: 'Payout', debit: -Number(payout?.amount) }),
			);
			// It began at zero and was paid out to zero.
			const clearing = lines.filter(({ role }) => role === 'clearing');
			expect(clearing.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0);
		}
	});
});

it('with the day still short of a payout, one voucher a payout has nothing yet, and says so', async () => {
	await open({ frequency: 'weekly' });
	await capture({ amount: 10_000 });
	await on('2026-06-02');
	const { json, executionHints } = await settle(simulator, 'createVouchers', {
		...day,
		groupBy: 'payout',
	});
	expect(json).toEqual([]);
	expect(executionHints[0].message).toContain('entries wait for the payout');
});

it('a break in the dates before the period is found, too, where they go into the voucher', async () => {
	await open({ frequency: 'weekly' });
	const row = { entryType: 'capture', currency: 'NOK', recipientHandle: null, reference: '' };
	await simulator.control.post('/entries', {
		ledgerId,
		topic: 'funds',
		entries: [
			{ ...row, ledgerDate: '2026-06-01', pspReference: '1', amount: 100 },
			{ ...row, ledgerDate: '2026-06-02', pspReference: '2', amount: 200, balanceBefore: 150 },
		],
	});
	await on('2026-06-08');
	const { error } = await settle(simulator, 'createVouchers', {
		ledgerId: ledger,
		fromDate: '2026-06-07',
		toDate: '2026-06-07',
		groupBy: 'payout',
	});
	expect(error?.message).toContain('funds 2026-06-02, capture 2: the balance before it is 1.50');
});

it('takes a request a date for both topics and for sales', async () => {
	await open();
	await on('2026-06-05');
	await forgetRequests(simulator);
	await vouchers({ toDate: '2026-06-02' });
	const paths = (await apiPaths(simulator)).filter((path) => path.includes('/dates/'));
	expect(paths).toHaveLength(6);
});
