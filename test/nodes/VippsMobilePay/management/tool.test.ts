import type { IDataObject } from 'n8n-workflow';
import { engineLog, expectNoSecrets, startSimulator, type Simulator } from '../../../harness';
import type { ToolCall } from '../../../harness/ai-tools';
import { askAgent } from '../../../support/agent';
import { NEW_ORDER, ORDERS, ordersOf } from '../../../support/manage';
import { apiRequests, disturb, forgetRequests, secretsOf } from '../../../support/simulated';
import { partnerKeys } from '../../../support/vipps';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ data: 'empty' })));

const TOOLS = {
	'List sales units': { resource: 'salesUnit', operation: 'getAll', returnAll: true },
	'Get a sales unit': {
		resource: 'salesUnit',
		operation: 'get',
		merchantSerialNumber: {
			__rl: true,
			mode: 'id',
			value: "={{ $fromAI('number', 'The merchant serial number', 'string') }}",
		},
	},
	'Find a merchant': {
		resource: 'merchant',
		operation: 'get',
		scheme: "={{ $fromAI('scheme', 'For example business:NO:ORG', 'string') }}",
		businessId: "={{ $fromAI('id', 'The number of the company', 'string') }}",
	},
	'Prefill an order': {
		...NEW_ORDER,
		additionalFields: {
			salesUnitName: "={{ $fromAI('name', 'What customers see', 'string') }}",
			hasRecurring: "={{ $fromAI('recurring', 'Whether payments recur', 'boolean') }}",
		},
	},
};

describe.each([
	['the agent', 2],
	['the engine', 3],
] as const)('as a tool that %s runs, the node', (_name, version) => {
	beforeEach(async () => {
		await simulator.reset();
		// A token is at hand, so that faults meet the request itself.
		await ask([{ tool: 'List sales units', args: {} }]);
		await forgetRequests(simulator);
	});

	const ask = async (calls: ToolCall[]) => {
		const credentials = await partnerKeys(simulator);
		return { ...(await askAgent({ tools: TOOLS, version, credentials }, calls)), credentials };
	};

	it('gives all items of a list', async () => {
		const { json, error } = await ask([{ tool: 'List sales units', args: {} }]);
		expect(error).toBeUndefined();
		expect((json[0].answer as IDataObject[]).map(({ msn }) => msn)).toEqual([
			'123456',
			'234567',
			'654321',
			'765432',
			'900001',
		]);
	});

	it('finds what the model names', async () => {
		const { json } = await ask([
			{ tool: 'Get a sales unit', args: { number: '654321' } },
			{ tool: 'Find a merchant', args: { scheme: 'business:FI:Y-tunnus', id: '1234567-1' } },
		]);
		expect(json.map(({ answer }) => answer)).toMatchObject([
			[{ msn: '654321', name: 'Havnens Cykler' }],
			[{ name: 'Saaren Kahvila Oy' }],
		]);
	});

	it('tells the model what is wrong', async () => {
		const { json } = await ask([
			{ tool: 'Get a sales unit', args: { number: '222222' } },
			{ tool: 'Get a sales unit', args: { number: 'the one in Oslo' } },
		]);
		const [[unknown], [impossible]] = json.map(({ answer }) => answer as IDataObject[]);
		expect(unknown.error).toContain('This sales unit was not found');
		expect(impossible.error).toContain("'Sales Unit' is no merchant serial number");
		expect(await apiRequests(simulator)).toHaveLength(1);
	});

	it('makes one order, though the model asks again after an error', async () => {
		await disturb(simulator, { path: '/product-orders', status: 400, body: '', carryOut: true });
		const call = { tool: 'Prefill an order', args: { name: 'Blåbær', recurring: true } };
		const { json } = await ask([call, call]);
		expect(json.map(({ answer }) => (answer as IDataObject[])[0])).toMatchObject([
			{ error: expect.stringContaining('did not accept') },
			{ prefilledOrderId: expect.any(String) },
		]);
		expect(await ordersOf(simulator)).toHaveLength(Object.keys(ORDERS).length + 1);
	});

	it('tells no secret', async () => {
		const { run, credentials } = await ask([
			{ tool: 'List sales units', args: {} },
			{ tool: 'Get a sales unit', args: { number: '999999' } },
		]);
		expectNoSecrets([run, engineLog.lines], await secretsOf(simulator, credentials));
	});
});
