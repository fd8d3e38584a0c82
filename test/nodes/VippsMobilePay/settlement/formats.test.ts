import type { INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../harness';
import { apiRequests, forgetRequests } from '../../../support/simulated';
import { act } from '../../../support/vipps';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ data: 'worked-example' });
});

const create = async (options: INodeParameters, more: INodeParameters = {}) =>
	await act(simulator, {
		resource: 'settlement',
		operation: 'createVouchers',
		ledgerId: { __rl: true, mode: 'id', value: '12345' },
		fromDate: '2022-10-01',
		toDate: '2022-10-01',
		options,
		...more,
	});

it('adds the formats that are chosen, and nothing else', async () => {
	const plain = await create({});
	const { json, error } = await create({ formats: ['csv', 'journal', 'fiken'] });
	expect(error).toBeUndefined();
	const [{ formats, ...voucher }] = json;
	expect(plain.json).toEqual([voucher]);
	expect(formats).toEqual({
		csv: expect.stringMatching(/^voucherKey;/),
		journal: expect.stringMatching(/^2022-10-01 \(12345-2022-10-01\)/),
		fiken: { description: expect.any(String), journalEntries: [expect.any(Object)] },
	});
});

it('makes all of them where accounts are entered by hand', async () => {
	const roles = {
		...{ bank: '11', clearing: '12', fee: '13', interim: '14' },
		...{ receivable: '15', rounding: '16', sales: '17', vat: '18' },
	};
	const formats = ['csv', 'eConomic', 'fiken', 'fortnox', 'journal', 'powerOffice', 'saft', 'sie4'];
	const { json, error } = await create(
		{ formats: [...formats, 'tripletex', 'vismaEAccounting'] },
		{ preset: 'none', accounts: { roles: [roles] } },
	);
	expect(error).toBeUndefined();
	expect(Object.keys(json[0].formats as object)).toHaveLength(10);
	expect(json[0].formats).toMatchObject({
		tripletex: {
			postings: expect.arrayContaining([expect.objectContaining({ account: { id: 12 } })]),
		},
	});
});

it.each<[string, INodeParameters, string, string]>([
	['IDs with a preset', { formats: ['tripletex'] }, 'ids of its own', "Set 'Preset' to None"],
	['VAT within lines', { formats: ['fiken'], vatLines: 'included' }, 'in its own way', 'Separate'],
	['an unknown name', { formats: ['xero'] }, '"xero"', 'csv, dinero'],
])('refuses %s before anything is read', async (_, options, message, advice) => {
	await forgetRequests(simulator);
	const { error } = await create(options);
	expect(error?.message).toContain(message);
	expect(error?.description).toContain(advice);
	expect(await apiRequests(simulator)).toEqual([]);
});

it('takes VAT within lines where the format leaves it as it is', async () => {
	const { error } = await create({ formats: ['csv', 'journal'], vatLines: 'included' });
	expect(error).toBeUndefined();
});

it('refuses a system that would take the amounts for another currency', async () => {
	const { error } = await create({ formats: ['dinero'] });
	expect(error?.message).toContain('Dinero would take the amounts for DKK');
});
